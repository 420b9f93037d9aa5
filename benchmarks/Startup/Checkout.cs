using System.Diagnostics;

namespace Platform.Benchmarks.Startup;

/// <summary>A checkout of this repository, and the commands that a person would give in it.</summary>
internal sealed record Checkout(string Root)
{
    private const string AppHost = "AppHost";

    /// <summary>The one that this program was built in.</summary>
    public static Checkout Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                return new Checkout(folder.FullName);
            }
        }

        throw new BenchmarkException("This program does not lie in a checkout of the repository.");
    }

    public Task BuildAsync(string configuration, CancellationToken cancellationToken) =>
        RunAsync(Command("dotnet", "build", AppHost, "-c", configuration, "-v", "quiet", "-nologo"), cancellationToken);

    /// <summary>The built AppHost, in the environment that its launch profile would give it.</summary>
    public ProcessStartInfo Start(string configuration, params string[] arguments)
    {
        var start = Command("dotnet", [Path.Combine(Root, AppHost, "bin", configuration, "net10.0", "AppHost.dll"), .. arguments]);
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return start;
    }

    public ProcessStartInfo Run() => Command("dotnet", "run", "--project", AppHost);

    public async Task<Checkout> CloneAsync(string folder, CancellationToken cancellationToken)
    {
        await RunAsync(Command("git", "clone", "--quiet", Root, folder), cancellationToken);
        return new Checkout(folder);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start) ?? throw new BenchmarkException($"'{start.FileName}' did not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new BenchmarkException($"'{start.FileName} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}.\n{output}{await errors}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo Command(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };
}
