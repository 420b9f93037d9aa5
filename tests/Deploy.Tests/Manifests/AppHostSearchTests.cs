using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;
using Platform.Deploy.Tests.Sources;

namespace Platform.Deploy.Tests.Manifests;

public sealed class AppHostSearchTests : IDisposable
{
    private const string AppHost = "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>";
    private const string Library = "<Project Sdk=\"Microsoft.NET.Sdk\" />";

    private readonly SourceFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData("<Project><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>", true)]
    [InlineData("<Project><PropertyGroup><IsAspireHost> True </IsAspireHost></PropertyGroup></Project>", true)]
    [InlineData("<Project Sdk=\"Aspire.AppHost.Sdk/13.5.4\" />", true)]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><Sdk Name=\"Aspire.AppHost.Sdk\" Version=\"9.0.0\" /></Project>", true)]
    [InlineData("<Project><Import Project=\"Sdk.props\" Sdk=\"Aspire.AppHost.Sdk\" /></Project>", true)]
    [InlineData("<Project><ItemGroup><PackageReference Include=\"Aspire.Hosting.AppHost\" /></ItemGroup></Project>", true)]
    [InlineData("<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\"><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>", true)]
    [InlineData("<Project><PropertyGroup><IsAspireHost>false</IsAspireHost></PropertyGroup></Project>", false)]
    [InlineData("<Project><PropertyGroup><IsAspireHost /></PropertyGroup></Project>", false)]
    [InlineData("<Project><!-- <IsAspireHost>true</IsAspireHost> --></Project>", false)]
    [InlineData("<Project><ItemGroup><ProjectReference Include=\"../Hosting/Hosting.csproj\" /></ItemGroup></Project>", false)]
    [InlineData("<Project><PropertyGroup>", false)]
    [InlineData("<!DOCTYPE Project [ <!ENTITY a \"b\"> ]><Project><IsAspireHost>true</IsAspireHost></Project>", false)]
    [InlineData("", false)]
    public void A_project_file_says_whether_it_is_an_AppHost(string content, bool expected) =>
        Assert.Equal(expected, AppHostSearch.IsAppHost(_source.Add("a/a.csproj", content)));

    [Fact]
    public void The_AppHost_of_the_solution_is_found_from_anywhere_in_it()
    {
        _source.Add("src/Shop.sln", "");
        var expected = _source.Add("src/AppHost/AppHost.csproj", AppHost);
        _source.Add("src/Web/Web.csproj", Library);
        _source.Add("src/AppHost/bin/Copy/Copy.csproj", AppHost);
        _source.Add("src/.cache/Copy.csproj", AppHost);
        _source.Add("elsewhere/Other.csproj", AppHost);

        string[] folders = ["src", "src/Web", "src/AppHost", "src/AppHost/bin"];
        var found = folders.Select(folder => AppHostSearch.Around(Path.Combine(_source.Root, folder)));

        Assert.Equal([expected, expected, expected, expected], found);
    }

    [Fact]
    public void Of_several_the_one_around_the_folder_is_meant()
    {
        _source.Add("Shop.slnx", "");
        _source.Add("a/A.AppHost.csproj", AppHost);
        var expected = _source.Add("b/B.AppHost.csproj", AppHost);

        Assert.Equal(expected, AppHostSearch.Around(Path.GetDirectoryName(_source.Add("b/Models/Order.cs", "")) ?? ""));
    }

    [Fact]
    public void Several_in_a_solution_are_listed()
    {
        _source.Add("b/B.AppHost.csproj", AppHost);
        _source.Add("a/A.AppHost.fsproj", AppHost);
        _source.Link("c", "b");

        Assert.Equal(
            $"""
            error DEP032: There are several AppHosts in '{_source.Root}': a/A.AppHost.fsproj, b/B.AppHost.csproj.
              fix Name the folder of one by --app-host DIR.

            """,
            Problems(() => AppHostSearch.Around(_source.Root)));
    }

    [Fact]
    public void A_solution_without_one_is_told()
    {
        _source.Add("src/Web/Web.csproj", Library);

        Assert.Equal(
            $"error DEP031: There is no AppHost in '{_source.Root}' and below.\n  fix Name its folder by --app-host DIR, or a manifest by --manifest FILE.\n",
            Problems(() => AppHostSearch.Around(Path.Combine(_source.Root, "src"))));
    }

    [Fact]
    public void A_folder_of_no_solution_is_searched_two_levels_deep()
    {
        Directory.Delete(Path.Combine(_source.Root, ".git"));
        var expected = _source.Add("a/b/B.csproj", AppHost);
        _source.Add("a/b/c/C.csproj", AppHost);

        Assert.Equal(expected, AppHostSearch.Around(_source.Root));
    }

    [Theory]
    [InlineData("one", "one/A.csproj")]
    [InlineData("one/A.csproj", "one/A.csproj")]
    [InlineData("two", "two/B.csproj")]
    public void A_project_is_named_by_its_file_or_its_folder(string path, string expected)
    {
        _source.Add("one/A.csproj", Library);
        _source.Add("two/A.csproj", Library);
        _source.Add("two/B.csproj", AppHost);

        Assert.Equal(Path.Combine(_source.Root, expected), AppHostSearch.At(Path.Combine(_source.Root, path)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("missing")]
    [InlineData("none/readme.md")]
    public void What_names_no_project_is_told(string name)
    {
        _source.Add("none/readme.md", "");
        var path = Path.Combine(_source.Root, name);

        Assert.Equal($"error DEP029: '{path}' is no project and no folder with one.\n  fix Name the AppHost's project or its folder.\n", Problems(() => AppHostSearch.At(path)));
    }

    [Fact]
    public void A_folder_with_several_projects_is_told()
    {
        _source.Add("several/A.csproj", Library);
        _source.Add("several/B.csproj", Library);
        var path = Path.Combine(_source.Root, "several");

        Assert.Equal(
            $"error DEP029: '{path}' has several projects, and none or more than one of them is an AppHost: A.csproj, B.csproj.\n  fix Name the project file itself.\n",
            Problems(() => AppHostSearch.At(path)));
    }

    private static string Problems(Func<string> find) => Dump.Of(Assert.Throws<DeployException>(find).Problems);
}
