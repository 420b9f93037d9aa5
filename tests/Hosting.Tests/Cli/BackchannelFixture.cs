using Platform.Hosting.Cli;
using Platform.Hosting.Tests.Dashboard;

namespace Platform.Hosting.Tests.Cli;

/// <summary>A backchannel of a fake application in a home directory of its own, and the other end of the wire.</summary>
internal sealed class BackchannelFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private BackchannelFixture(DirectoryInfo home, FakeApplication application, int processId, DateTimeOffset startedAt, Action stop)
    {
        Home = home;
        Application = application;
        AppHostPath = Path.Combine(home.FullName, "Shop", "AppHost.csproj");
        Backchannel = Backchannel.Open(new BackchannelContext
        {
            AppHostPath = AppHostPath,
            HomeDirectory = home.FullName,
            ProcessId = processId,
            StartedAt = startedAt,
            Notifications = application.Notifications,
            Loggers = application.Loggers,
            Commands = application.Commands,
            Dashboard = new BackchannelDashboard(new Uri("http://localhost:18888"), new Uri("http://localhost:18888/login?t=abc"), "key"),
            Stop = stop,
        }) ?? throw new InvalidOperationException("No backchannel.");
    }

    public DirectoryInfo Home { get; }

    public FakeApplication Application { get; }

    public string AppHostPath { get; }

    public Backchannel Backchannel { get; }

    public static BackchannelFixture Open() => Open(Environment.ProcessId, Noon, () => { });

    public static BackchannelFixture Open(int processId, DateTimeOffset startedAt, Action stop)
    {
        var home = Directory.CreateTempSubdirectory("bch");
        Directory.CreateDirectory(Path.Combine(home.FullName, "Shop"));
        File.WriteAllText(Path.Combine(home.FullName, "Shop", "AppHost.csproj"), "<Project />");
        return new BackchannelFixture(home, new FakeApplication(), processId, startedAt, stop);
    }

    /// <summary>Calls a method on a connection of its own; returns its result, or its error.</summary>
    public async Task<string> CallAsync(string method, object? question)
    {
        using var client = new BackchannelClient(Backchannel.Path);
        return (await client.CallAsync(method, question)).GetRawText();
    }

    public async ValueTask DisposeAsync()
    {
        await Backchannel.DisposeAsync();
        Home.Delete(recursive: true);
    }
}
