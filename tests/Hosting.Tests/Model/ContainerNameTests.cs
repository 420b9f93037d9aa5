using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class ContainerNameTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("redis", null, "redis", null, null)]
    [InlineData("redis:8", null, "redis", "8", null)]
    [InlineData("library/redis:8.6-alpine", null, "library/redis", "8.6-alpine", null)]
    [InlineData("docker.io/library/redis", "docker.io", "library/redis", null, null)]
    [InlineData("localhost/app", "localhost", "app", null, null)]
    [InlineData("localhost:5000/team/app:1", "localhost:5000", "team/app", "1", null)]
    [InlineData("host:5000/app", "host:5000", "app", null, null)]
    [InlineData("ghcr.io/a/b@sha256:abc", "ghcr.io", "a/b", null, "abc")]
    [InlineData("ghcr.io/a/b:1.2@sha256:abc", "ghcr.io", "a/b", null, "abc")]
    public void The_text_of_an_image_is_taken_apart(string text, string? registry, string image, string? tag, string? digest)
    {
        var parsed = ImageReference.Parse(text);

        Assert.Equal((registry, image, tag, digest), (parsed.Registry, parsed.Image, parsed.Tag, parsed.SHA256));
    }

    [Theory]
    [InlineData("redis", "redis:latest")]
    [InlineData("docker.io/library/redis:8.6", "docker.io/library/redis:8.6")]
    [InlineData("localhost:5000/a/b@sha256:abc", "localhost:5000/a/b@sha256:abc")]
    public void An_image_is_put_together_again(string text, string expected) => Assert.Equal(expected, ImageReference.Parse(text).Reference);

    [Fact]
    public void Parts_of_an_image_can_be_changed()
    {
        var builder = _folder.ForRun();

        var tagged = builder.AddContainer("a", "ghcr.io/a/b@sha256:abc").WithImageTag("2").WithImageRegistry("mirror.example");
        var pinned = builder.AddContainer("b", "redis", "8").WithImageSHA256("def").WithImageRegistry(null);

        Assert.Equal(("mirror.example/a/b:2", "redis@sha256:def"), (ReferenceOf(tagged), ReferenceOf(pinned)));
    }

    [Theory]
    [InlineData("redis", "8", "/data")]
    [InlineData("docker.io/valkey/valkey", "8", "/data")]
    [InlineData("postgres", "17.2", "/var/lib/postgresql/data")]
    [InlineData("postgres", "18", "/var/lib/postgresql")]
    [InlineData("postgres", "latest", "/var/lib/postgresql/data")]
    [InlineData("mcr.microsoft.com/mssql/server", "2022-latest", "/var/opt/mssql")]
    [InlineData("mysql", "9", "/var/lib/mysql")]
    [InlineData("mongo", "8", "/data/db")]
    public void The_data_directories_of_known_images_are_known(string image, string tag, string directory)
    {
        var container = _folder.ForRun().AddContainer("store", image, tag).WithDataVolume("data", isReadOnly: true);

        var mount = container.Resource.Annotations.OfType<ContainerMountAnnotation>().Single();
        Assert.Equal(("data", directory, ContainerMountType.Volume, true), (mount.Source, mount.Target, mount.Type, mount.IsReadOnly));
    }

    [Theory]
    [InlineData("My App.Host", "my-app.host-cache-data")]
    [InlineData("_.AppHost", "apphost-cache-data")]
    [InlineData("Äpp", "pp-cache-data")]
    public void A_volume_is_called_after_the_application_and_the_resource(string folder, string expected)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_folder.Root, folder)).FullName;
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = directory });

        Assert.Equal(expected, VolumeNameGenerator.Generate(builder.AddContainer("Cache", "redis"), "data"));
    }

    private static string ReferenceOf(IResourceBuilder<ContainerResource> container) =>
        container.Resource.Annotations.OfType<ContainerImageAnnotation>().Single().Reference;
}
