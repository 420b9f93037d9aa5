using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Images;

/// <summary>A web project with a package and a library, in a repository of its own, with the manifest and settings that the tool reads.</summary>
internal sealed class SampleApplication : IDisposable
{
    private const int FileMiB = 50;
    private int _line;

    public SampleApplication(string baseImage)
    {
        Folder = Directory.CreateTempSubdirectory("platform-images-").FullName;
        // The SDK wants the platforms in the project; ours must not depend on it. Compiled ahead as a property of the call, or without the
        // condition, it publishes for this machine's platform alone.
        Write("Web/Web.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <RuntimeIdentifiers Condition="'$(ContainerRepository)' != ''">linux-x64;linux-arm64</RuntimeIdentifiers>
                <PublishReadyToRun Condition="'$(ContainerRepository)' != '' and '$(RuntimeIdentifier)' != ''">true</PublishReadyToRun>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Greetings/Greetings.csproj" />
                <PackageReference Include="OpenTelemetry.Api" Version="1.20.1" />
                <Content Include="data/**" CopyToPublishDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        Write("Greetings/Greetings.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        Write("Web/Program.cs", """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/", () => Greetings.Greeting.Text);
            app.MapGet("/health", () => "Healthy");
            app.Run();
            """);
        Write("AppHost/aspire-manifest.json", """
            { "resources": { "web": { "type": "project.v0", "path": "../Web/Web.csproj", "bindings": { "http": { "scheme": "http", "protocol": "tcp", "transport": "http" } } } } }
            """);
        Write("AppHost/environments/dev.json", $$"""{ "application": "shop", "images": { "baseImage": "{{baseImage}}" } }""");
        Write(".gitignore", "bin/\nobj/\nimages.lock.json\ndata/\n");
        ChangeLine();
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=Ann", "-c", "user.email=ann@example.test", "commit", "-q", "-m", "Begin");
    }

    public string Folder { get; }

    public string Manifest => Path.Combine(Folder, "AppHost", "aspire-manifest.json");

    /// <summary>Another text in the library.</summary>
    public void ChangeLine() =>
        Write("Greetings/Greeting.cs", string.Create(CultureInfo.InvariantCulture, $"namespace Greetings;\npublic static class Greeting {{ public const string Text = \"Hello {++_line}\"; }}\n"));

    /// <summary>Adds files that no compression makes smaller.</summary>
    public void AddFiles(int mebibytes)
    {
        var folder = Path.Combine(Folder, "Web", "data");
        Directory.CreateDirectory(folder);
        var content = new byte[FileMiB << 20];
        var random = new Random(1);
        for (var file = 0; file < mebibytes / FileMiB; file++)
        {
#pragma warning disable CA5394 // Nothing here is secret.
            random.NextBytes(content);
#pragma warning restore CA5394
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{file}.bin")), content);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Folder);
        File.WriteAllText(file, text);
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder }) ?? throw new InvalidOperationException("git did not start.");
        git.WaitForExit();
    }
}
