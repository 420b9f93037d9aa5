using System.Xml.Linq;

namespace Platform.EndToEnd.Tests;

/// <summary>Projects by their path, which the host builds, and launch profiles.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ProjectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-project-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Projects_that_are_added_by_their_path_are_built_and_run()
    {
        var greeter = Write("greeter", """Console.WriteLine("built and run"); Thread.Sleep(Timeout.Infinite);""");
        var other = Write("other", """Console.WriteLine("this one too"); Thread.Sleep(Timeout.Infinite);""");
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddProject("greeter", greeter);
            builder.AddProject("other", Path.GetDirectoryName(other) ?? "");
        });

        await app.LineAsync("greeter", "built and run");
        await app.LineAsync("other", "this one too");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_project_that_does_not_build_shows_the_compilers_errors()
    {
        var broken = Write("broken", "Console.WriteLine(nothing);");

        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => Applications.StartAsync(builder => builder.AddProject("broken", broken)));

        Assert.Equal(
            $"""
            error HST104: The project of 'broken' does not build.
              at  resources.broken
                | {Path.GetDirectoryName(broken)}/Program.cs(1,19): error CS0103: The name 'nothing' does not exist in the current context
              fix Correct the errors above and start again.   see docs/errors.md#hst104

            """,
            problem.Message);
        Assert.Equal(3, problem.ExitCode);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task The_first_launch_profile_is_honoured_and_the_model_has_the_last_word()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddProject<Projects.Service>("service").WithHttpHealthCheck("/health").WithEnvironment("SAID_TWICE", "model"));
        await app.HealthyAsync("service");

        var variables = await app.EnvironmentAsync("service");

        Assert.Equal(("first", "model", "first"), (variables["FROM_PROFILE"], variables["SAID_TWICE"], variables["DOTNET_LAUNCH_PROFILE"]));
        Assert.Equal(["--greeting", "good day"], await app.AskAsync<string[]>("service", "args"));
        Assert.Contains(app.Snapshot("service").Properties, property => property is { Name: "project.launchProfile", Value: "first" });
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Another_launch_profile_can_be_named_and_arguments_of_the_model_replace_its_own()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddProject<Projects.Service>("service", launchProfileName: "second").WithHttpHealthCheck("/health");
            builder.AddProject<Projects.Service>("other").WithHttpHealthCheck("/health").WithArgs("--mine");
        });
        await app.HealthyAsync("service");
        await app.HealthyAsync("other");

        var arguments = await app.AskAsync<string[]>("service", "args");
        Assert.Equal("second", (await app.EnvironmentAsync("service"))["FROM_PROFILE"]);
        Assert.Empty(arguments);
        Assert.Equal(["--mine"], await app.AskAsync<string[]>("other", "args"));
        Assert.EndsWith("/env", Assert.Single(app.Snapshot("service").Urls).Url, StringComparison.Ordinal);
    }

    // Beside the repository's own settings, so that neither its analyzers nor its central versions apply.
    private string Write(string name, string code)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var project = Path.Combine(folder, $"{name}.csproj");
        File.WriteAllText(
            project,
            new XElement(
                "Project",
                new XAttribute("Sdk", "Microsoft.NET.Sdk"),
                new XElement(
                    "PropertyGroup",
                    new XElement("OutputType", "Exe"),
                    new XElement("TargetFramework", "net10.0"),
                    new XElement("ImplicitUsings", "enable"))).ToString());
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);
        return project;
    }
}
