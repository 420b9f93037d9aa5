using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests.Registries;

namespace Platform.Deploy.Tests.Images;

/// <summary>What was just pushed is waited for until its scan says something.</summary>
public sealed class ScanGateTests : IDisposable
{
    private static readonly PushedImage Image = new("web", new RepositoryAddress("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "shop/web"), "1.0", Samples.Image("web").Manifest.Digest);
    private static readonly ScanFindings? Begun = new("IN_PROGRESS", ImmutableSortedDictionary<string, int>.Empty);
    private static readonly ScanFindings? Bad = new("COMPLETE", ImmutableSortedDictionary<string, int>.Empty.Add("CRITICAL", 2));
    private readonly ImageTestbed _bed = new(new FakeRegistry());
    private readonly PromptTime _time = new();
    private int _asked;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task A_scan_that_ends_with_findings_refuses_the_image()
    {
        var problem = await RegistrySession.ProblemAsync(() => PassAsync(null, Begun, Begun, Bad));

        Assert.Equal(("DEP240", "The image of 'web' has known vulnerabilities: 2 critical."), (problem.Code, problem.Summary));
        Assert.Equal([new ImageEvent.Scanning(Image)], _bed.Events);
        Assert.Equal(3, _time.Pauses.Count);
    }

    [Fact]
    public async Task A_scan_that_has_ended_without_findings_lets_it_through_at_once()
    {
        await PassAsync(Bad! with { BySeverity = ImmutableSortedDictionary<string, int>.Empty });

        Assert.Empty(_time.Pauses);
        Assert.Empty(_bed.Events);
    }

    [Fact]
    public async Task Where_no_scan_begins_that_is_said()
    {
        await PassAsync((ScanFindings?)null);

        Assert.Equal(new ImageEvent.NotScanned(Image, "the repository does not scan"), _bed.Events.Last());
        Assert.Equal(TimeSpan.FromSeconds(30), Sum(_time.Pauses));
    }

    [Fact]
    public async Task What_ECR_cannot_scan_is_said()
    {
        await PassAsync(Begun! with { Status = "UNSUPPORTED_IMAGE" });

        Assert.Equal(new ImageEvent.NotScanned(Image, "not known (unsupported image)"), Assert.Single(_bed.Events));
    }

    [Fact]
    public async Task What_is_known_counts_also_where_the_scan_of_another_platform_has_no_result()
    {
        var problem = await RegistrySession.ProblemAsync(() => PassAsync(Bad! with { Status = "FAILED" }));

        Assert.Equal(("DEP240", "The image of 'web' has known vulnerabilities: 2 critical (failed)."), (problem.Code, problem.Summary));
    }

    [Theory]
    [InlineData("COMPLETE:2 COMPLETE:3", "COMPLETE:3")]
    [InlineData("COMPLETE:2 FAILED:0", "FAILED:2")]
    [InlineData("UNSUPPORTED_IMAGE:0 COMPLETE:2 IN_PROGRESS:0", "IN_PROGRESS:2")]
    [InlineData("COMPLETE:2 -", "PENDING:2")]
    [InlineData("- -", null)]
    [InlineData("", null)]
    public void An_image_has_what_the_worst_of_its_platforms_has(string platforms, string? worst)
    {
        var found = ScanFindings.Worst([.. platforms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)]);

        Assert.Equal(worst, found is null ? null : $"{found.Status}:{found.BySeverity["CRITICAL"]}");

        static ScanFindings? Read(string text) =>
            text == "-" ? null : new ScanFindings(text.Split(':')[0], ImmutableSortedDictionary<string, int>.Empty.Add("CRITICAL", text[^1] - '0'));
    }

    [Fact]
    public async Task Images_are_waited_for_side_by_side()
    {
        await new ScanGate(_bed.Tools with { Time = _time }, (_, _) => Task.FromResult<ScanFindings?>(null), SeverityGate.Critical)
            .PassAsync([Image, Image with { Resource = "api" }, Image with { Resource = "worker" }], TestContext.Current.CancellationToken);

        Assert.InRange(_time.Pauses.Count, 10, 20);
        Assert.Equal(3, _bed.Events.OfType<ImageEvent.NotScanned>().Count());
    }

    [Fact]
    public async Task A_scan_that_does_not_end_is_a_problem()
    {
        var problem = await RegistrySession.ProblemAsync(() => PassAsync(Begun));

        Assert.Equal(("DEP248", ExitCode.ApplyFailed), (problem.Code, problem.ExitCode));
        Assert.Equal(TimeSpan.FromMinutes(10), Sum(_time.Pauses));
    }

    [Fact]
    public async Task Without_a_gate_nobody_waits()
    {
        await PassAsync(SeverityGate.None, Image, Bad);

        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task A_registry_that_is_not_ECR_is_not_asked()
    {
        await PassAsync(SeverityGate.Critical, Image with { Repository = new RepositoryAddress("ghcr.io", "owner/web") }, Bad);

        Assert.Equal(0, _asked);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> pauses) => pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);

    private Task PassAsync(params ScanFindings?[] found) => PassAsync(SeverityGate.Critical, Image, found);

    // The last answer stays.
    private Task PassAsync(SeverityGate gate, PushedImage image, params ScanFindings?[] found) => new ScanGate(
        _bed.Tools with { Time = _time },
        (_, _) => Task.FromResult(found[Math.Min(_asked++, found.Length - 1)]),
        gate).PassAsync([image], TestContext.Current.CancellationToken);
}
