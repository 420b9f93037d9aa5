using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Apply;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Terminal;

public sealed class RunProgressTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
    private static readonly RunHeading Heading = new("Deploying shop-production to eu-central-1", Began, TimeSpan.FromMinutes(14));

    private static readonly (int Second, RunEvent Event)[] Run =
    [
        (0, new RunEvent.Planned(
        [
            new RunStep("bootstrap", "shop-bootstrap", null),
            new RunStep("registry", "shop-registry", TimeSpan.FromSeconds(40)),
            new RunStep("network", "shop-production-network", TimeSpan.FromMinutes(3)),
            new RunStep("identity", "shop-production-identity", TimeSpan.FromSeconds(40)),
            new RunStep("cluster", "shop-production-cluster", TimeSpan.FromMinutes(10)),
            new RunStep("edge", "shop-production-edge", TimeSpan.FromMinutes(4)),
            new RunStep("images", "3 images", null),
        ])),
        (0, new RunEvent.Started("bootstrap")),
        (1, new RunEvent.Finished("bootstrap", StepOutcome.Unchanged, "")),
        (1, new RunEvent.Started("registry")),
        (1, new RunEvent.Started("network")),
        (1, new RunEvent.Started("identity")),
        (2, new RunEvent.Started("edge")),
        (20, new RunEvent.Resource("network", "Vpc", "AWS::EC2::VPC", "CREATE_COMPLETE", null, null)),
        (35, new RunEvent.Finished("registry", StepOutcome.Done, "4 created")),
        (35, new RunEvent.Started("images")),
        (44, new RunEvent.Finished("identity", StepOutcome.Done, "11 created, 2 changed")),
        (60, new RunEvent.Progressed("images", "publishing api, web")),
        (170, new RunEvent.Uploaded("images", 31_000_000, 96_000_000)),
        (180, new RunEvent.Finished("network", StepOutcome.Done, "33 created")),
        (181, new RunEvent.Started("cluster")),
        (190, new RunEvent.Resource("cluster", "Cluster", "AWS::EKS::Cluster", "CREATE_IN_PROGRESS", null, null)),
        (310, new RunEvent.Waiting("edge", "The certificate of shop.example.com still waits for its domain. Add where the domain is kept: _a.shop.example.com CNAME _b.acm-validations.aws.")),
        (320, new RunEvent.Resource("edge", "WebAcl", "AWS::WAFv2::WebACL", "CREATE_FAILED", "The quota of web ACLs is reached.", null)),
        (322, new RunEvent.Failed("edge", [new Problem("DEP452", "The stack 'shop-production-edge' could not be created.", "Run again.", ExitCode.ApplyFailed)])),
        (323, new RunEvent.Abandoned("cluster", "left as it is; the next run goes on from there")),
        (323, new RunEvent.Notice(null, "The lock of the environment could not be given back.")),
    ];

    [Theory]
    [InlineData(200, 100)]
    [InlineData(200, 80)]
    [InlineData(200, 50)]
    [InlineData(330, 100)]
    public void A_terminal_shows_each_step_on_a_line(int second, int width)
    {
        var board = Run.Where(one => one.Second <= second).Aggregate(RunBoard.Empty, (before, one) => before.After(one.Event, Began.AddSeconds(one.Second)));

        var lines = LiveTree.Render(board, Heading, Began.AddSeconds(second), frame: 3, ScreenOf(width));

        Assert.All(lines, line => Assert.InRange(line.Length, 1, width - 1));
        Golden.Matches(string.Join('\n', lines) + "\n", string.Create(CultureInfo.InvariantCulture, $"Terminal/run-{second}s-{width}.txt"));
    }

    [Fact]
    public void What_is_over_and_what_has_not_begun_is_counted_where_there_are_many_stacks()
    {
        var board = RunBoard.Empty.After(new RunEvent.Planned([.. Enumerable.Range(1, 300).Select(n => new RunStep($"identity-{n}", $"shop-production-identity-{n}", TimeSpan.FromMinutes(1)))]), Began);
        foreach (var n in Enumerable.Range(1, 120))
        {
            board = board.After(new RunEvent.Started($"identity-{n}"), Began);
            board = n <= 112 ? board.After(new RunEvent.Finished($"identity-{n}", n % 2 == 0 ? StepOutcome.Unchanged : StepOutcome.Done, "2 created"), Began.AddSeconds(30)) : board;
        }

        Golden.Matches(string.Join('\n', LiveTree.Render(board, Heading, Began.AddSeconds(40), frame: 0, ScreenOf(100))) + "\n", "Terminal/run-many.txt");
    }

    [Theory]
    [InlineData(RunForm.Plain, "run-plain.txt")]
    [InlineData(RunForm.Json, "run.jsonl")]
    public void A_pipe_gets_lines(object form, string golden)
    {
        var time = new FakeTimeProvider(Began);
        using var error = new StringWriter { NewLine = "\n" };

        using (var progress = new RunProgress(ScreenOf(100) with { Error = error }, (RunForm)form, Heading, time, log: null))
        {
            foreach (var (second, happened) in Run)
            {
                time.SetUtcNow(Began.AddSeconds(second));
                progress.Report(happened);
            }
        }

        Golden.Matches(error.ToString(), $"Terminal/{golden}");
    }

    [Fact]
    public void A_pipe_gets_a_sign_of_life()
    {
        var board = Run.Where(one => one.Second <= 200).Aggregate(RunBoard.Empty, (before, one) => before.After(one.Event, Began.AddSeconds(one.Second)));

        var line = PlainLines.SignOfLife(board, Heading, Began.AddSeconds(200));

        Assert.Equal("   3:20  still at work: shop-production-cluster 0:19 (Cluster create in progress); shop-production-edge 3:18; 3 images 2:45 (publishing api, web)", line);
    }

    private static Screen ScreenOf(int width) => new(TextWriter.Null, TextWriter.Null) { Tables = false, Live = true, Colours = false, Width = width };
}
