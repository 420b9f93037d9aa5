using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Binding;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("redis", "docker.io/library/redis:latest")]
    [InlineData("redis:7.4", "docker.io/library/redis:7.4")]
    [InlineData("valkey/valkey:8", "docker.io/valkey/valkey:8")]
    [InlineData("index.docker.io/library/redis:7", "docker.io/library/redis:7")]
    [InlineData("ghcr.io/some/deep/name:v1.0_x-y", "ghcr.io/some/deep/name:v1.0_x-y")]
    [InlineData("localhost/x:1", "localhost/x:1")]
    [InlineData("localhost:5000/x", "localhost:5000/x:latest")]
    [InlineData("Registry.Example.com/x:1", "Registry.Example.com/x:1")]
    [InlineData("redis@" + Digest, "docker.io/library/redis@" + Digest)]
    [InlineData("redis:7@" + Digest, "docker.io/library/redis:7@" + Digest)]
    public void A_name_is_completed(string written, string expected)
    {
        var reference = ImageReference.Parse(written);

        Assert.Equal(expected, reference?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Redis")]
    [InlineData("a b")]
    [InlineData("a//b")]
    [InlineData("-a")]
    [InlineData("a:")]
    [InlineData("a:.x")]
    [InlineData("a@sha256:12")]
    [InlineData("a@" + Digest + "@" + Digest)]
    public void Other_texts_are_no_names(string written)
    {
        Assert.Null(ImageReference.Parse(written));
    }

    [Theory]
    [InlineData("redis", true)]
    [InlineData("redis:latest", true)]
    [InlineData("redis:7", false)]
    [InlineData("redis@" + Digest, false)]
    [InlineData("redis:latest@" + Digest, false)]
    public void Without_a_version_an_image_may_change_by_itself(string written, bool expected)
    {
        Assert.Equal(expected, ImageReference.Parse(written)?.IsMoving);
    }
}
