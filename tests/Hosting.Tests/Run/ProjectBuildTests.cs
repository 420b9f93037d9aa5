using Platform.Hosting.Run;
using Platform.Hosting.Tests.Model;

namespace Platform.Hosting.Tests.Run;

public sealed class ProjectBuildTests
{
    [Fact]
    public void The_errors_of_a_build_are_shown_once_and_without_the_project()
    {
        const string output = """
            /src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context [/src/web/web.csproj]
            /src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context [/src/web/web.csproj]
            /src/web/Program.cs(4,1): warning CS0168: The variable 'y' is declared but never used [/src/web/web.csproj]
            Build FAILED.
            """;

        Assert.Equal("/src/web/Program.cs(3,1): error CS0103: The name 'x' does not exist in the current context", ProjectBuild.Errors(output));
    }

    [Fact]
    public void A_build_that_fails_without_an_error_line_shows_its_last_lines() =>
        Assert.Equal("one\nBuild FAILED.", ProjectBuild.Errors("one\nBuild FAILED."));

    [Fact]
    public async Task A_project_that_was_added_by_its_path_is_built()
    {
        using var folder = new ModelFolder();
        folder.AddFile("Directory.Build.props", "<Project />");
        folder.AddFile("tool/Program.cs", "#warning this is {no} JSON\nSystem.Console.WriteLine();");
        var path = folder.AddFile("tool/tool.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        var tool = folder.ForRun().AddProject("tool", path).Resource;

        var outputs = await ProjectBuild.RunAsync([tool], TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(folder.Root, "tool", "bin", "Debug", "net10.0", "tool.dll"), outputs.AssemblyOf(tool));
        Assert.True(File.Exists(outputs.AssemblyOf(tool)));
    }
}
