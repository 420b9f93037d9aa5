using System.Diagnostics;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

[Trait("Category", "Dcp")]
public sealed class DcpSessionTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_session_leaves_neither_process_nor_folder()
    {
        await using var session = RealDcp.Launch();
        var client = await session.ReadyAsync(Token);
        await client.CreateAsync(new DcpService { Metadata = new() { Name = "web" }, Spec = new() { Protocol = "TCP" } }, Token);
        await client.CreateAsync(Sleep("sleep"), Token);
        var pid = await PidAsync(client, "sleep");

        await session.StopAsync(Token);

        Assert.False(Directory.Exists(session.Folder));
        Assert.False(session.Died.IsCompleted);
        Assert.Null(ProcessIdentity.Find((int)pid));
        await Eventually.TrueAsync(() => RealDcp.ProcessesOf(session.Folder).Count == 0, Deadline, "the end of all processes of DCP");
    }

    [Fact]
    public async Task A_session_stopped_at_once_leaves_neither_process_nor_folder()
    {
        await using var session = RealDcp.Launch();

        await session.StopAsync(Token);

        Assert.False(Directory.Exists(session.Folder));
        await Eventually.TrueAsync(() => RealDcp.ProcessesOf(session.Folder).Count == 0, Deadline, "the end of all processes of DCP");
    }

    [Fact]
    public async Task Two_sessions_run_side_by_side()
    {
        await using var one = RealDcp.Launch();
        await using var other = RealDcp.Launch();

        await (await one.ReadyAsync(Token)).CreateAsync(Sleep("same"), Token);
        await (await other.ReadyAsync(Token)).CreateAsync(Sleep("same"), Token);
        await one.StopAsync(Token);

        Assert.NotNull(await (await other.ReadyAsync(Token)).GetAsync<DcpExecutable>("same", Token));
    }

    [Theory]
    [InlineData("start-apiserver")]
    [InlineData("run-controllers")]
    public async Task A_killed_DCP_is_noticed_and_its_folder_removed(string role)
    {
        await using var session = RealDcp.Launch();
        var client = await session.ReadyAsync(Token);
        await client.CreateAsync(Sleep("sleep"), Token);
        var pid = await PidAsync(client, "sleep");

        RealDcp.Kill(Assert.Single(RealDcp.ProcessesOf(session.Folder)[role]));
        var problem = await session.Died.WaitAsync(Deadline, Token);
        await session.StopAsync(Token);

        Assert.Equal(DcpProblems.Died(), problem);
        Assert.False(Directory.Exists(session.Folder));
        await Eventually.TrueAsync(() => ProcessIdentity.Find((int)pid) is null, Deadline, "the end of the executable");
        await Eventually.TrueAsync(() => RealDcp.ProcessesOf(session.Folder).Count == 0, Deadline, "the end of all processes of DCP");
    }

    [Fact]
    public async Task A_killed_host_takes_its_DCP_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the host is 'sleep'");
        var settings = new DcpSessionSettings { DcpPath = RealDcp.Path() };
        using var host = Process.Start("sleep", "600");
        var folder = SessionFolder.Create(settings.TempDirectory, ProcessIdentity.Find(host.Id)!);
        var certificate = DcpCertificate.Create(DateTimeOffset.UtcNow);
        await File.WriteAllTextAsync(DcpLauncher.CertificateFile(folder), certificate.Certificate, Token);
        await File.WriteAllTextAsync(DcpLauncher.KeyFile(folder), certificate.Key, Token);
        using var launcher = DcpLauncher.Start(settings, folder, ProcessIdentity.Find(host.Id)!);
        await Eventually.TrueAsync(() => File.Exists(DcpLauncher.KubeconfigFile(folder)), Deadline, "DCP");

        host.Kill();
        await host.WaitForExitAsync(Token);

        await Eventually.TrueAsync(() => !Directory.Exists(folder), Deadline, "the session folder to go");
        await Eventually.TrueAsync(() => RealDcp.ProcessesOf(folder).Count == 0, Deadline, "the end of all processes of DCP");
    }

    private static DcpExecutable Sleep(string name) =>
        new() { Metadata = new() { Name = name }, Spec = new() { ExecutablePath = "sleep", Args = ["600"] } };

    private static async Task<long> PidAsync(DcpClient client, string name)
    {
        var running = await Eventually.ValueAsync(
            async token => await client.GetAsync<DcpExecutable>(name, token) is { Status.State: DcpExecutableState.Running } item ? item : null, Deadline, "the executable to run");
        return running.Status!.Pid!.Value;
    }
}
