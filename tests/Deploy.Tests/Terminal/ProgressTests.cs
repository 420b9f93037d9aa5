using Microsoft.Extensions.Time.Testing;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Terminal;

public sealed class ProgressTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public void A_pipe_gets_a_line_and_a_sign_of_life_every_half_minute()
    {
        using (var progress = Progress.Start(Screen(live: false), _time, "Running the AppHost"))
        {
            _time.Advance(TimeSpan.FromSeconds(29));
            progress.Say("Building…\n");
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("Running the AppHost\nRunning the AppHost: 30 s, Building…\nRunning the AppHost: 60 s, Building…\n", _error.ToString());
    }

    [Fact]
    public void A_terminal_gets_one_line_that_goes_away()
    {
        using (var progress = Progress.Start(Screen(live: true), _time, "Running the AppHost"))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Say(new string('x', 100));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal($"\r\e[KRunning the AppHost: 1 s\r\e[KRunning the AppHost: 2 s, {new string('x', 13)}\r\e[K", _error.ToString());
    }

    private Screen Screen(bool live) => new(TextWriter.Null, _error) { Tables = live, Live = live, Colours = false, Width = 40 };
}
