using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Platform.Deploy.Manifests;
using Platform.Deploy.Sources;
using Platform.Deploy.Tests.Sources;

namespace Platform.Deploy.Tests.Manifests;

public sealed class MountedFilesTests : IDisposable
{
    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void A_file_and_a_folder_are_read_whole()
    {
        _source.Add("src/AppHost/redis.conf", "save 60 1\n");
        _source.Add("src/grafana/grafana.ini", "[server]\n");
        _source.Add("src/grafana/dashboards/b.json", "{}");
        _source.Add("src/grafana/dashboards/a.json", "[]");
        _source.Add("src/grafana/.hidden", "");

        var mounted = Read("redis.conf", "../grafana", "../grafana/dashboards/a.json");

        Assert.Equal(
            """
            ../grafana: folder
              .hidden = 
              dashboards/a.json = []
              dashboards/b.json = {}
              grafana.ini = [server]

            ../grafana/dashboards/a.json: []
            redis.conf: save 60 1


            """,
            mounted);
    }

    [Fact]
    public void Nothing_outside_is_read()
    {
        _source.Link("src/AppHost/link", _source.Outside);
        _source.Link("src/AppHost/folder/inner/link", Path.Combine(_source.Outside, "secret.txt"));
        _source.Add("src/AppHost/folder/a", "a");

        var mounted = Read("/var/run/docker.sock", "../../../outside/secret.txt", "link/secret.txt", "folder", "C:/secret.txt");

        Assert.Equal(
            """
            ../../../outside/secret.txt: unreadable: lies outside of the application's source
              Move it into the folder that holds the application's '.git' or solution.
            /var/run/docker.sock: unreadable: is an absolute path, and only files of the application's source are read
              Move it into the application's source and name it by a relative path.
            C:/secret.txt: unreadable: is an absolute path, and only files of the application's source are read
              Move it into the application's source and name it by a relative path.
            folder: unreadable: holds 'inner/link', which leads outside of the application's source by a link
              Put the file itself in the link's place.
            link/secret.txt: unreadable: leads outside of the application's source by a link
              Put the file itself in the link's place.

            """,
            mounted);
    }

    [Fact]
    public void Links_inside_are_read_as_what_they_lead_to()
    {
        _source.Add("shared/a.conf", "a");
        _source.Link("src/AppHost/config/one.conf", "../../../shared/a.conf");
        _source.Link("src/AppHost/config/all", "../../../shared");

        var mounted = Read("config");

        Assert.Equal("config: folder\n  all/a.conf = a\n  one.conf = a\n", mounted);
    }

    [Fact]
    public void What_a_ConfigMap_cannot_hold_is_unreadable()
    {
        _source.Add("src/AppHost/just/fits", new string('x', 1024 * 1024));
        _source.Add("src/AppHost/large/a", new string('x', 1024 * 1024));
        _source.Add("src/AppHost/large/b", "x");
        foreach (var i in Enumerable.Range(0, 501))
        {
            _source.Add($"src/AppHost/many/{i}", "x");
        }

        _source.Add("src/AppHost/deep/" + string.Concat(Enumerable.Repeat("d/", 32)) + "file", "");
        var fits = new string('x', 1024 * 1024);

        var mounted = Read("just", "large", "many", "deep");

        Assert.Equal(
            $"""
            deep: unreadable: is nested deeper than 32 folders
              Mount the folder that is needed.
            just: folder
              fits = {fits}
            large: unreadable: holds more than 1 MiB, the most that a ConfigMap can
              Put the files into an image instead: a Dockerfile with COPY.
            many: unreadable: holds more than 500 files
              Mount the files that are needed, or put them into an image: a Dockerfile with COPY.

            """,
            mounted);
    }

    [Fact]
    public void What_is_no_file_is_never_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs pipes and sockets in folders.");
        _source.Link("src/AppHost/dangling/link", "nothing");
        _source.Link("src/AppHost/circle/again", "../circle");
        using (var made = Process.Start("mkfifo", Path.Combine(_source.AppHost, "pipe")))
        {
            made.WaitForExit();
        }

        Directory.CreateDirectory(Path.Combine(_source.AppHost, "run"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_source.AppHost, "run", "s")));

        var mounted = Read("pipe", "run", "missing", "dangling", "circle");

        Assert.Equal(
            """
            circle: unreadable: is nested deeper than 32 folders
              Mount the folder that is needed.
            dangling: unreadable: holds 'link', a link to what is not there
              Remove the link, or restore what it leads to.
            missing: unreadable: is not there
              Correct the path, or write the manifest anew where the application's source is.
            pipe: unreadable: is a device, a socket or a pipe, which a pod cannot have
              Remove the mount, or leave the resource out where the application is deployed.
            run: unreadable: holds 's', a device, a socket or a pipe, which a pod cannot have
              Remove the mount, or leave the resource out where the application is deployed.

            """,
            mounted);
    }

    private string Read(params string[] sources)
    {
        ImmutableArray<ManifestBindMount> mounts = [.. sources.Concat(sources).Select(source => new ManifestBindMount(source, "/target", ReadOnly: true))];
        var container = new ManifestResource.Workload
        {
            Name = "container",
            Type = "container.v0",
            Source = new WorkloadSource.Image(new ManifestText([])),
            BindMounts = mounts,
        };
        var manifest = new Manifest(_source.AppHost, [container], ImmutableSortedDictionary<string, ResourceHints>.Empty);

        var text = new StringBuilder();
        foreach (var (source, mounted) in MountedFiles.Read(manifest, SourceRoot.Around(_source.AppHost)).Sources)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{source}: {Shown(mounted)}\n");
        }

        return text.ToString();
    }

    private static string Shown(MountedSource source) => source switch
    {
        MountedSource.File file => Encoding.UTF8.GetString(file.Content.AsSpan()),
        MountedSource.Folder folder => "folder\n" + string.Join('\n', folder.Files.Select(file => $"  {file.Key} = {Encoding.UTF8.GetString(file.Value.AsSpan())}")),
        MountedSource.Unreadable unreadable => $"unreadable: {unreadable.Reason}\n  {unreadable.Cure}",
        _ => source.ToString(),
    };
}
