using System.Diagnostics;
using Platform.Simulator;
using Platform.Simulator.Accounts;

namespace Platform.Benchmarks.Plan;

/// <summary>A simulated account in this process, and an application that the built tool plans and deploys there.</summary>
internal sealed class PlannedAccount : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-plan-").FullName;
    private readonly BuiltTool _tool;
    private readonly SimulatedCloud _cloud;

    private PlannedAccount(BuiltTool tool, SimulatedCloud cloud)
    {
        _tool = tool;
        _cloud = cloud;
        Directory.CreateDirectory(Path.Combine(_folder, "environments"));
        File.WriteAllText(Path.Combine(_folder, "environments", "production.json"), """
            { "application": "shop", "region": "us-east-1", "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }
            """);
        File.WriteAllText(Path.Combine(_folder, "aspire-manifest.json"), """
            {
              "resources": {
                "web": {
                  "type": "project.v0",
                  "path": "Web/Web.csproj",
                  "env": { "HTTP_PORTS": "{web.bindings.http.targetPort}", "ConnectionStrings__cache": "{cache.connectionString}" },
                  "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true } }
                },
                "cache": {
                  "type": "container.v0",
                  "image": "docker.io/library/redis:7.4",
                  "connectionString": "{cache.bindings.tcp.host}:{cache.bindings.tcp.port}",
                  "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } }
                }
              }
            }
            """);
    }

    public static async Task<PlannedAccount> StartAsync(BuiltTool tool, CancellationToken cancellationToken) =>
        new(tool, await SimulatedCloud.StartAsync(new SimulatorOptions { Speed = ClockSpeed.Max }, cancellationToken));

    /// <param name="words">Behind <c>platform aws</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<ProcessFigures> RunAsync(string[] words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_tool.Program, ["aws", .. words, "--manifest", "aspire-manifest.json", "--environment", "production"]) { WorkingDirectory = _folder };
        start.Environment["AWS_ENDPOINT_URL"] = _cloud.Endpoint.ToString();
        start.Environment["AWS_ACCESS_KEY_ID"] = _cloud.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = _cloud.SecretAccessKey;
        start.Environment["AWS_REGION"] = _cloud.Region;
        start.Environment["PLATFORM_CLOCK_SPEED"] = "max";
        start.Environment["XDG_STATE_HOME"] = Path.Combine(_folder, "state");
        return ProcessFigures.MeasureAsync(start, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
