using System.Diagnostics;
using System.Xml.Linq;

namespace Platform.Hosting.Tests.Build;

/// <summary>A folder with an AppHost of its own and the projects that it refers to, built by the real SDK with the repository's targets.</summary>
public sealed class AppHostFixture : IDisposable
{
    private static readonly string Targets = Path.Combine(Repository.Root, "Hosting", "build", "Platform.Hosting.targets");

    public AppHostFixture() =>
        Write(
            "AppHost/Program.cs",
            """
            using System;
            foreach (var type in typeof(Projects.AppHost).Assembly.GetExportedTypes())
            {
                Console.WriteLine(type.FullName);
            }

            namespace Platform.Hosting
            {
                public interface IBuiltProjectMetadata
                {
                    string ProjectPath { get; }

                    string AssemblyPath { get; }
                }
            }
            """);

    public string Root { get; } = Directory.CreateTempSubdirectory("platform-apphost-").FullName;

    public string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The generated source, with the folder replaced by ROOT.</summary>
    public string Generated => File.ReadAllText(PathOf("AppHost/obj/Debug/net10.0/Projects.g.cs")).Replace(Root, "ROOT", StringComparison.Ordinal);

    public DateTime Built => File.GetLastWriteTimeUtc(PathOf("AppHost/bin/Debug/net10.0/AppHost.dll"));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void AddAppHost(params XElement[] references) =>
        Write("AppHost/AppHost.csproj", Project(new("OutputType", "Exe"), references, new XElement("Import", new XAttribute("Project", Targets))));

    public void AddProgram(string path, string frameworks = "TargetFramework")
    {
        Write(path, Project(new("OutputType", "Exe"), [], frameworks: frameworks));
        Write(Path.Combine(Path.GetDirectoryName(path) ?? "", "Program.cs"), "return;");
    }

    public void AddLibrary(string path) => Write(path, Project(new("OutputType", "Library"), []));

    public static XElement Reference(string path, params XAttribute[] more) => new("ProjectReference", new XAttribute("Include", path), more);

    /// <summary>Builds the AppHost; the lines with errors, without where the project lies.</summary>
    public async Task<(int ExitCode, string Errors)> BuildAsync(string arguments = "-restore")
    {
        var start = new ProcessStartInfo("dotnet", $"msbuild {arguments} AppHost/AppHost.csproj -nologo -v:q -nr:false -p:PlatformRestoreBundle=false")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = new Process { StartInfo = start };
        process.Start();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Replace(Root, "ROOT", StringComparison.Ordinal).Trim());
    }

    private void Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Root);
        File.WriteAllText(path, text);
    }

    private static string Project(XElement outputType, XElement[] references, XElement? last = null, string frameworks = "TargetFramework") =>
        new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup", outputType, new XElement(frameworks, "net10.0")),
            new XElement("ItemGroup", references),
            last).ToString();
}
