using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpLauncherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("launcher-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_meant_for_the_AppHost_is_not_inherited()
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "x",
            ["ASPNETCORE_ENVIRONMENT"] = "x",
            ["DOTNET_ENVIRONMENT"] = "x",
            ["DOTNET_LAUNCH_PROFILE"] = "x",
            ["ASPIRE_LOGLEVEL"] = "x",
            ["DOTNET_ROOT"] = "x",
            ["PATH"] = "x",
        };

        DcpLauncher.CleanEnvironment(environment);

        Assert.Equal(["DOTNET_ROOT", "PATH"], environment.Keys.Order());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_problem()
    {
        await using var session = Launch(Path.Combine(_folder, "dcp"), TimeSpan.FromMinutes(1));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => session.ReadyAsync(TestContext.Current.CancellationToken));

        Assert.Equal("HST250", Assert.Single(error.Problems).Code);
    }

    [Fact]
    public async Task A_program_that_fails_is_a_problem_with_its_words()
    {
        await using var session = Launch(Script("echo on stdout; echo no disk >&2; exit 3"), TimeSpan.FromMinutes(1));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => session.ReadyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(DcpProblems.NotStarted(Path.Combine(_folder, "dcp"), "no disk\non stdout"), Assert.Single(error.Problems));
    }

    [Fact]
    public async Task A_server_that_never_comes_is_a_problem_and_leaves_no_folder()
    {
        await using var session = Launch(Script("exit 0"), TimeSpan.Zero);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => session.ReadyAsync(TestContext.Current.CancellationToken));
        await session.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(DcpProblems.NoAnswer(TimeSpan.Zero, ""), Assert.Single(error.Problems));
        Assert.False(Directory.Exists(session.Folder));
    }

    [Fact]
    public async Task A_program_that_neither_ends_nor_serves_is_a_problem()
    {
        await using var session = Launch(Script("echo starting >&2; sleep 1000; echo never"), TimeSpan.FromMilliseconds(500));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => session.ReadyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(DcpProblems.NoAnswer(TimeSpan.FromMilliseconds(500), "starting"), Assert.Single(error.Problems));
    }

    private static DcpSession Launch(string path, TimeSpan deadline) =>
        DcpSession.Launch(new DcpSessionSettings { DcpPath = path, ReadyDeadline = deadline });

    private string Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for DCP is a shell script");
        var path = Path.Combine(_folder, "dcp");
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
