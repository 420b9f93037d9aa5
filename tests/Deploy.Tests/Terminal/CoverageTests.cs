using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Model;
using Platform.Deploy.Rendering;
using Platform.Deploy.Terminal;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Platform.Deploy.Tests.Terminal;

public sealed class CoverageTests
{
    private static readonly CoverageEntry Web = new("webapp", "project.v0", CoverageOutcome.Becomes, "Deployment, Service, Ingress, autoscaling 3 to 30")
    {
        Notes = ["Probes by convention: /health and /alive.", "The binding 'https' is what stands in front of it: TLS ends there."],
    };

    private static readonly CoverageEntry DevWeb = Web with { Becomes = "Deployment, Service, Ingress, autoscaling 1 to 3" };

    private static readonly ImmutableArray<CoverageEntry> Others =
    [
        new("postgres", "container.v0", CoverageOutcome.Becomes, "StatefulSet of 1, Service, 1 volume of 10 GiB"),
        new("blobs", "azure.bicep.v0", CoverageOutcome.Substituted, "the connection string in the secret shop/production/blobs"),
        new("pubsub", "dapr.component.v0", CoverageOutcome.Refused, "Dapr's sidecar is not deployed.") { Cure = "Set resources.pubsub.substitute, or leave it out with --allow-missing pubsub." },
        new("dapr", "dapr.v0", CoverageOutcome.Missing, "Dapr's sidecar is not deployed."),
    ];

    private static readonly ImmutableArray<CoverageRow> Rows =
        CoverageRow.Of([new EnvironmentCoverage("dev", [DevWeb, .. Others]), new EnvironmentCoverage("production", [Web, .. Others])]);

    [Fact]
    public void A_resource_has_a_row_for_each_outcome_that_it_has()
    {
        var refused = Others[2] with { Resource = "webapp" };

        var rows = CoverageRow.Of([new EnvironmentCoverage("dev", [Web]), new EnvironmentCoverage("staging", [refused]), new EnvironmentCoverage("production", [Web])]);

        Assert.Equal(
            ["webapp becomes in dev production: Deployment, Service, Ingress, autoscaling 3 to 30", "webapp refused in staging: Dapr's sidecar is not deployed."],
            rows.Select(row => $"{row.Resource} {CoverageReport.Word(row.Outcome)} in {string.Join(' ', row.Environments)}: {row.Becomes.Single()}"));
    }

    [Fact]
    public void A_pipe_gets_a_line_a_resource() => Golden.Matches(CoverageText.Render(Rows), "Terminal/coverage-pipe.txt");

    [Theory]
    [InlineData(80)]
    [InlineData(130)]
    public void A_terminal_gets_a_table_of_its_width(int width)
    {
        using var console = new TestConsole();
        _ = console.Width(width);

        CoverageTable.Write(Rows, console);

        Golden.Matches(console.Output, $"Terminal/coverage-{width}.txt");
    }

    [Fact]
    public void Colours_and_signs_tell_the_outcomes_apart()
    {
        using var console = new TestConsole();
        _ = console.Width(100).Colors(ColorSystem.Standard).EmitAnsiSequences();

        CoverageTable.Write(Rows, console);

        Golden.Matches(console.Output.Replace("\e", "ESC", StringComparison.Ordinal), "Terminal/coverage-colours.txt");
    }

    [Fact]
    public void Where_a_table_has_no_room_for_all_the_refused_ones_are_shown()
    {
        using var console = new TestConsole();
        _ = console.Width(80);
        var many = Enumerable.Range(1, 200).Select(number => new CoverageRow($"web{number}", "project.v0", CoverageOutcome.Becomes, null, [], ["Deployment"], []));

        CoverageTable.Write([.. many, .. Rows], console);

        Assert.Contains("pubsub", console.Output, StringComparison.Ordinal);
        Assert.Contains("205 resources, 1 substituted, 1 refused, 1 missing\n  100 rows shown; coverage.md has all\n", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coverage.md")]
    [InlineData("coverage.json")]
    public void The_output_holds_the_coverage(string file)
    {
        var files = CoverageReport.Files([new EnvironmentCoverage("dev", [DevWeb, .. Others]), new EnvironmentCoverage("production", [Web, .. Others])]);

        Golden.Matches(Encoding.UTF8.GetString(files.Single(found => found.Path == file).Write().Span), $"Rendering/{file}");
    }
}
