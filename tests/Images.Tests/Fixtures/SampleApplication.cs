using System.Collections.Immutable;
using System.Diagnostics;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>
/// A small application in a repository of its own: a web project with a package, a library that it refers to, and a folder for the manifest.
/// </summary>
internal sealed class SampleApplication : IDisposable
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../Greetings/Greetings.csproj" />
            <PackageReference Include="OpenTelemetry.Api" Version="1.20.1" />
          </ItemGroup>
        </Project>
        """;

    private const string Library =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
        </Project>
        """;

    private const string Program =
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => Greetings.Greeting.Text);
        app.MapGet("/health", () => "Healthy");
        app.MapGet("/slow", async () => { await Task.Delay(2000); return "done"; });
        app.Run();
        """;

    private const string Manifest =
        """
        {
          "resources": {
            "web": {
              "type": "project.v0",
              "path": "../Web/Web.csproj",
              "env": { "HTTP_PORTS": "{web.bindings.http.targetPort}" },
              "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true } }
            }
          }
        }
        """;

    private readonly bool _owned;

    private SampleApplication(string root, bool owned)
    {
        Root = root;
        _owned = owned;
    }

    public string Root { get; }

    public string LockFile => Path.Combine(Root, "Deploy", ImageLock.FileName);

    /// <summary>Committed once, by a fixed author at a fixed time, and tagged v1.4.0; with the digest of the base locked.</summary>
    public static SampleApplication Create(BaseRegistry bases)
    {
        var sample = new SampleApplication(Temporary.Folder(), owned: true);
        sample.Write("Web/Web.csproj", Project);
        sample.Write("Web/Program.cs", Program);
        sample.Write("Web/wwwroot/site.css", "body { color: #223344 }\n");
        sample.Write("Greetings/Greetings.csproj", Library);
        sample.Write("Greetings/Greeting.cs", "namespace Greetings;\npublic static class Greeting { public const string Text = \"Hello\"; }\n");
        sample.Write("AppHost/aspire-manifest.json", Manifest);
        foreach (var environment in new[] { "dev", "staging", "production" })
        {
            sample.Write($"Deploy/environments/{environment}.json", $$"""{ "application": "shop", "edge": { "allowHttp": true }, "images": { "baseImage": "{{bases.BaseImage}}" } }""");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(sample.LockFile)!);
        ImageLock.Empty.With(bases.BaseImage, bases.Digest).Write(sample.LockFile);
        sample.Write(".gitignore", "bin/\nobj/\n");
        sample.Git("init", "-q", "-b", "main");
        sample.Commit("Begin", "2026-02-03T04:05:06Z");
        sample.Git("tag", "v1.4.0");
        return sample;
    }

    public SampleApplication Clone(string into)
    {
        Run("git", Path.GetTempPath(), "clone", "-q", Root, into);
        return new SampleApplication(into, owned: false);
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Commit(string message, string time)
    {
        Git("add", "-A");
        Run("git", Root, [("GIT_AUTHOR_DATE", time), ("GIT_COMMITTER_DATE", time)], "-c", "user.name=Ann", "-c", "user.email=ann@example.test", "commit", "-q", "-m", message);
    }

    public string Git(params string[] arguments) => Run("git", Root, arguments);

    public ImageOrder Order(string baseImage) => new()
    {
        Images = [new ImageModel("web", "shop/web", new ImageSource.Project("../Web/Web.csproj")) { LogicalId = "WebRepository" }],
        Folder = Path.Combine(Root, "AppHost"),
        LockFile = LockFile,
        Locked = false,
        Settings = new ImageSettings { BaseImage = baseImage, GateImage = "", Publishing = Publishing.FrameworkDependent, ReadyToRun = true, SeverityGate = SeverityGate.None, Mirror = false },
        Architectures = [Architecture.Arm64, Architecture.Amd64],
        GitHubRepository = null,
        Tag = null,
    };

    public void Dispose()
    {
        if (_owned)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static string Run(string program, string folder, params string[] arguments) => Run(program, folder, [], arguments);

    private static string Run(string program, string folder, ImmutableArray<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result}");
    }
}
