using Platform.Deploy.Images;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Images;

public sealed class ImageNamesTests
{
    private static readonly Digest Content = Digest.Of([]);

    [Theory]
    [InlineData("1.4.0", false, "1.4.0-0ff0ad27dff8")]
    [InlineData("1.4.0", true, "1.4.0-0ff0ad27dff8-dirty")]
    [InlineData("1.4.0+build.7", false, "1.4.0-build.7-0ff0ad27dff8")]
    [InlineData("release/2", false, "release-2-0ff0ad27dff8")]
    [InlineData("-.1", false, "1-0ff0ad27dff8")]
    public void A_tag_is_version_commit_and_whether_there_was_more(string version, bool dirty, string expected)
    {
        var revision = new SourceRevision("0ff0ad27dff8" + new string('0', 28), DateTimeOffset.UnixEpoch, dirty);

        var tag = ImageTag.Of(version, revision, Content);

        Assert.Equal(expected, tag);
    }

    [Fact]
    public void Outside_of_a_repository_the_content_stands_in_for_the_commit()
    {
        var tag = ImageTag.Of("1.0.0", revision: null, Content);

        Assert.Equal("1.0.0-e3b0c44298fc", tag);
    }

    [Fact]
    public void A_tag_has_room_for_the_content_behind_it()
    {
        var revision = new SourceRevision(new string('a', 40), DateTimeOffset.UnixEpoch, Dirty: true);

        var tag = ImageTag.Distinct(ImageTag.Of(new string('9', 500), revision, Content), Content);

        Assert.Equal(128, tag.Length);
        Assert.EndsWith("-aaaaaaaaaaaa-dirty-e3b0c44298fc", tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.4.0", true)]
    [InlineData("v2", true)]
    [InlineData("latest", false)]
    [InlineData("", false)]
    [InlineData(".1", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    public void Some_texts_cannot_take_the_place_of_the_version(string text, bool expected)
    {
        var isVersion = ImageTag.IsVersion(text);

        Assert.Equal(expected, isVersion);
    }

    [Theory]
    [InlineData("redis", "docker.io/library/redis", "latest", false)]
    [InlineData("bitnami/redis:7", "docker.io/bitnami/redis", "7", false)]
    [InlineData("localhost:5000/a/b:1", "localhost:5000/a/b", "1", false)]
    [InlineData("ghcr.io/a/b:1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ghcr.io/a/b", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    public void The_name_of_somebody_else_s_image_is_read(string text, string repository, string target, bool hasDigest)
    {
        var image = RemoteImage.Read(text, subject: null);

        Assert.Equal((repository, target, hasDigest), (image.Repository.ToString(), image.Target, image.Digest is not null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("UPPER/case")]
    [InlineData("a//b")]
    [InlineData("a:b:c")]
    [InlineData("a@sha256:12")]
    public void What_is_no_name_of_an_image_is_a_problem(string text)
    {
        var failure = Assert.Throws<DeployException>(() => RemoteImage.Read(text, "images.baseImage"));

        Assert.Equal(("DEP212", $"'{text}' is not the name of an image.", "images.baseImage"), (failure.Problems[0].Code, failure.Problems[0].Summary, failure.Problems[0].Subject));
    }

    [Theory]
    [InlineData("ghcr.io/owner", "ghcr.io/owner/shop/web")]
    [InlineData("ghcr.io/owner/", "ghcr.io/owner/shop/web")]
    [InlineData("localhost:5000", "localhost:5000/shop/web")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web")]
    public void A_registry_is_a_host_and_a_path(string text, string expected)
    {
        var prefix = RegistryPrefix.Read(text, "--registry");

        var repository = prefix.Repository("shop/web");

        Assert.Equal((expected, "shop/web"), (repository.ToString(), prefix.NameOf(repository)));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("owner/name")]
    [InlineData("https://ghcr.io")]
    [InlineData("ghcr.io/Owner")]
    [InlineData("")]
    public void What_is_no_registry_is_a_problem(string text)
    {
        var failure = Assert.Throws<DeployException>(() => RegistryPrefix.Read(text, "--registry"));

        Assert.Equal(("DEP238", $"'{text}' is not the address of a registry.", 2), (failure.Problems[0].Code, failure.Problems[0].Summary, failure.ExitCode));
    }
}
