using System.Globalization;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class ConsoleLogTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Both_streams_arrive_and_the_errors_are_marked()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        await app.HealthyAsync("service");

        await app.LineAsync("service", "out: it listens");
        await app.LineAsync("service", "err: it listens");

        var lines = app.LogOf("service").Where(line => line.Content.Contains("it listens", StringComparison.Ordinal))
            .Select(line => (Text: line.Content[^15..], line.IsErrorMessage)).Order();
        Assert.Equal([("err: it listens", true), ("out: it listens", false)], lines);
        Assert.All(app.LogOf("service"), line => Assert.True(DateTimeOffset.TryParse(line.Content.Split(' ')[0], CultureInfo.InvariantCulture, out _), line.Content));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task What_is_said_later_arrives_unchanged()
    {
        const string text = "{{.Name}} ünïcode \u001b[31mred\u001b[0m  two  blanks";
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        await app.HealthyAsync("service");

        await app.AskAsync<string>("service", $"say/out/{Uri.EscapeDataString(text)}");

        await app.LineAsync("service", text);
        Assert.Contains(text, app.Lines("service"));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_log_goes_on_after_a_restart()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("service"));
        await app.HealthyAsync("service");
        await app.LineAsync("service", "out: it listens");

        await app.CommandAsync("service", "restart");
        await app.HealthyAsync("service");
        await app.AskAsync<string>("service", "say/err/after");

        await app.LineAsync("service", "after");
        await app.LineAsync("service", "asked to stop");
        Assert.Equal(2, app.Lines("service").Count(line => line == "out: it listens"));
        Assert.Equal(Enumerable.Range(1, app.LogOf("service").Count), app.LogOf("service").Select(line => line.LineNumber));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Ten_thousand_lines_arrive_in_their_order()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddShell("many", "seq 1 9000; exec sleep 1000"));

        await app.LineAsync("many", "9000");

        var tail = app.Lines("many");
        Assert.Equal(Enumerable.Range(8001, 1000).Select(number => number.ToString(CultureInfo.InvariantCulture)), tail.TakeLast(1000));
    }
}
