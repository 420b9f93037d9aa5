using Platform.Deploy.Commands;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;
using Platform.Deploy.Tests;

namespace Platform.Deploy.Simulated.Tests.Fixtures;

/// <summary>Someone at a terminal who types answers: the command line inside this process, where no terminal has to be played.</summary>
/// <remarks>Variables are of the whole process: one at a time, and beside it only tests that hand theirs to processes of their own.</remarks>
internal sealed class Person : IDisposable
{
    private const int Columns = 100;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _before = new(StringComparer.Ordinal);

    public Person(SimulatorProcess simulator)
    {
        _folder.Write("manifest.json", """{ "resources": { "cache": { "type": "container.v0", "image": "docker.io/library/redis:8.2" } } }""");
        _folder.Write("environments/dev.json", """{ "application": "shop", "region": "us-east-1" }""");
        Set("XDG_STATE_HOME", _folder.File("state"));
        Set("AWS_CONFIG_FILE", _folder.File("no-config"));
        Set("AWS_SHARED_CREDENTIALS_FILE", _folder.File("no-credentials"));
        foreach (var (name, value) in simulator.Exports)
        {
            Set(name, value);
        }
    }

    /// <param name="answer">What is typed, with its newline; null: nobody is there. Empty: the end of the input.</param>
    /// <param name="arguments">After <c>platform aws</c>.</param>
    public async Task<Ended> RunAsync(string? answer, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var typed = new StringReader(answer ?? "");
        var screen = new Screen(output, error) { In = answer is null ? null : typed, Tables = false, Live = false, Colours = false, Width = Columns };
        string[] words = ["aws", .. arguments, "--manifest", _folder.File("manifest.json"), "--settings", _folder.File("environments")];
        try
        {
            return new Ended(await CommandLine.RunAsync(words, screen, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
        }
        catch (DeployException exception)
        {
            await error.WriteAsync(ProblemText.Render(exception.Problems, new Palette(Colours: false)));
            return new Ended(exception.ExitCode, output.ToString(), error.ToString());
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _folder.Dispose();
    }

    private void Set(string name, string value)
    {
        _before[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
