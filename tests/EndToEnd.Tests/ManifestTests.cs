using System.Collections.Concurrent;
using Platform.Deploy.Manifests;
using Platform.Deploy.Tests.Manifests;

namespace Platform.EndToEnd.Tests;

/// <summary>From the AppHost of this repository to what Deploy knows of it, by the real SDK.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ManifestTests
{
    // In a Release run the AppHost is built here for the first time.
    [Fact(Timeout = 300_000)]
    public async Task The_AppHost_of_this_solution_is_found_built_run_and_read()
    {
        var said = new ConcurrentQueue<string>();
        var project = AppHostSearch.Around(Path.Combine(Repository.Root, "WebApp"));

        var input = await ManifestSource.FromAppHostAsync(new AppHostRun(project) { Said = said.Enqueue }, TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(Repository.Root, "AppHost"), input.Folder);
        Assert.Contains(said, line => line.Contains("AppHost.dll", StringComparison.Ordinal));
        Golden.Matches(Dump.Of(ManifestReader.Read(input)), "manifest-of-the-apphost.txt");
        Assert.False(Directory.Exists(Path.Combine(Repository.Root, "AppHost", "obj", "platform")));
    }
}
