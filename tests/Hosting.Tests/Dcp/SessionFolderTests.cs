using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class SessionFolderTests : IDisposable
{
    private static readonly ProcessIdentity Dead = new(int.MaxValue, 1);

    private readonly string _temp = Directory.CreateTempSubdirectory("sweep-").FullName;

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    [Fact]
    public void A_folder_is_named_after_its_host_and_closed_to_others()
    {
        var folder = SessionFolder.Create(_temp, Dead);

        Assert.Equal(Dead, SessionFolder.OwnerOf(folder));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) is (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task The_folder_of_a_dead_host_whose_DCP_is_dead_is_removed()
    {
        var folder = SessionFolder.Create(_temp, Dead);
        WriteKubeconfig(folder, FreePort());

        await SweepAsync(DateTimeOffset.UtcNow);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task The_folder_of_a_host_whose_id_was_given_to_another_is_removed()
    {
        var folder = SessionFolder.Create(_temp, ProcessIdentity.Current() with { Started = 1 });
        WriteKubeconfig(folder, FreePort());

        await SweepAsync(DateTimeOffset.UtcNow);

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task The_folder_of_a_living_host_is_spared()
    {
        var folder = SessionFolder.Create(_temp, ProcessIdentity.Current());
        WriteKubeconfig(folder, FreePort());

        await SweepAsync(DateTimeOffset.UtcNow);

        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_whose_DCP_still_cleans_up_is_spared()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var folder = SessionFolder.Create(_temp, Dead);
        WriteKubeconfig(folder, ((IPEndPoint)listener.LocalEndpoint).Port);

        await SweepAsync(DateTimeOffset.UtcNow);

        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_in_which_nothing_ever_answered_is_removed_after_a_while()
    {
        var folder = SessionFolder.Create(_temp, Dead);

        await SweepAsync(DateTimeOffset.UtcNow);
        var young = Directory.Exists(folder);
        await SweepAsync(DateTimeOffset.UtcNow.AddMinutes(2));

        Assert.Equal((true, false), (young, Directory.Exists(folder)));
    }

    [Fact]
    public async Task Other_folders_are_none_of_its_business()
    {
        var other = Directory.CreateDirectory(Path.Combine(_temp, "platform-dcp-mine")).FullName;

        await SweepAsync(DateTimeOffset.UtcNow.AddDays(1));

        Assert.True(Directory.Exists(other));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void WriteKubeconfig(string folder, int port)
    {
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(DcpCertificate.Create(DateTimeOffset.UnixEpoch).Certificate));
        File.WriteAllText(DcpLauncher.KubeconfigFile(folder), $"certificate-authority-data: {authority}\nserver: https://127.0.0.1:{port}\ntoken: t\n");
    }

    private Task SweepAsync(DateTimeOffset now) => SessionFolder.SweepAsync(_temp, now, TestContext.Current.CancellationToken);
}
