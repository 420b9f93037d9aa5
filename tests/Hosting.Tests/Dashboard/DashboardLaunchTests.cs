using System.Text;
using Platform.Hosting.Dashboard;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class DashboardLaunchTests
{
    [Fact]
    public void Every_way_to_authenticate_is_said()
    {
        var launch = DashboardLaunch.Render(new DashboardSettings
        {
            ProgramPath = "/bundle/managed/aspire-managed",
            FrontendListenUrl = """http://localhost:{{- portForServing "dashboard-http" -}}""",
            FrontendUrl = new Uri("http://localhost:18888"),
            OtlpListenUrl = """http://localhost:{{- portForServing "dashboard-otlp" -}}""",
            OtlpApiKey = "otlp-key",
            BrowserToken = "browser-token",
            TelemetryApiKey = "telemetry-key",
            ResourceServiceUrl = new Uri("http://127.0.0.1:40000"),
            ResourceServiceApiKey = "resource-key",
            OwnerProcessId = 4711,
        });

        var text = new StringBuilder($"{launch.Program} {string.Join(' ', launch.Arguments)}\nin {launch.WorkingDirectory}\n");
        foreach (var (name, value) in launch.Environment)
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        Golden.Matches(text.ToString(), "dashboard-launch.txt");
    }

    [Fact]
    public void A_token_is_128_random_bits()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => Tokens.New()).ToList();

        Assert.Distinct(tokens);
        Assert.All(tokens, token => Assert.Matches("^[0-9a-f]{32}$", token));
    }
}
