using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Sources;
using Platform.Deploy.Tests.Sources;

namespace Platform.Deploy.Tests.Manifests;

public sealed class BuildPathsTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Everything_that_images_are_built_from_has_to_lie_inside_and_be_there()
    {
        _source.Add("src/Web/Web.csproj", "");
        _source.Add("src/frontend/Dockerfile", "");
        _source.Add("src/frontend/npmrc", "");
        _source.Link("src/frontend/link", _source.Outside);
        var manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(
            """
            { "resources": {
                "web": { "type": "project.v0", "path": "../Web/Web.csproj" },
                "gone": { "type": "project.v0", "path": "../Gone/Gone.csproj" },
                "far": { "type": "project.v0", "path": "../../../outside/Far.csproj" },
                "frontend": { "type": "container.v1", "build": { "context": "../frontend", "dockerfile": "../frontend/Dockerfile", "secrets": {
                  "npmrc": { "type": "file", "source": "../frontend/npmrc" }, "key": { "type": "file", "source": "../frontend/link/secret.txt" } } } },
                "old": { "type": "dockerfile.v0", "context": "/", "path": "../frontend/Dockerfile.old" },
                "cache": { "type": "container.v0", "image": "redis", "bindMounts": [ { "source": "/etc", "target": "/etc", "readOnly": true } ] } } }
            """), _source.AppHost).Manifest;

        var problems = BuildPaths.Check(manifest, SourceRoot.Around(_source.AppHost));

        Assert.Equal(
            """
            error DEP039: '../Gone/Gone.csproj' is not there.
              at  resources.gone.path
              fix Correct the path, or write the manifest anew where the application's source is.
            error DEP038: '../../../outside/Far.csproj' lies outside of the application's source.
              at  resources.far.path
              fix Move it into the folder that holds the application's '.git' or solution.
            error DEP038: '../frontend/link/secret.txt' leads outside of the application's source by a link.
              at  resources.frontend.build.secrets.key.source
              fix Put the file itself in the link's place.
            error DEP038: '/' is an absolute path, and only files of the application's source are read.
              at  resources.old.context
              fix Move it into the application's source and name it by a relative path.
            error DEP039: '../frontend/Dockerfile.old' is not there.
              at  resources.old.path
              fix Correct the path, or write the manifest anew where the application's source is.

            """,
            Dump.Of(problems));
    }
}
