using System.Text;
using Platform.Deploy.Images;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Images;

public sealed class LockedPackagesTests : IDisposable
{
    private const string Locked =
        """
        { "version": 2, "dependencies": { "net10.0": {
          "A": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "aaa" },
          "B": { "type": "CentralTransitive", "resolved": "2.0.0", "contentHash": "bbb" },
          "library": { "type": "Project" }
        } } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Platforms_and_what_the_SDK_adds_for_them_make_no_difference()
    {
        const string restored =
            """
            { "version": 2, "dependencies": {
              "net10.0": {
                "a": { "type": "Direct", "resolved": "1.0.0", "contentHash": "aaa" },
                "B": { "type": "Transitive", "resolved": "2.0.0", "contentHash": "bbb" },
                "Microsoft.DotNet.ILCompiler": { "type": "Direct", "resolved": "10.0.12", "contentHash": "x" },
                "library": { "type": "Project" } },
              "net10.0/linux-x64": { "runtime.linux-x64.A": { "type": "Transitive", "resolved": "1.0.0", "contentHash": "y" } } } }
            """;

        var differences = LockedPackages.Differences(Encoding.UTF8.GetBytes(Locked), Encoding.UTF8.GetBytes(restored));

        Assert.Empty(differences);
    }

    [Fact]
    public void Every_package_that_is_another_is_named()
    {
        const string restored =
            """
            { "version": 2, "dependencies": {
              "net10.0": {
                "A": { "type": "Direct", "resolved": "1.0.0", "contentHash": "changed" },
                "C": { "type": "Transitive", "resolved": "3.0.0", "contentHash": "ccc" } },
              "net10.0/linux-x64": { "B": { "type": "Transitive", "resolved": "2.1.0", "contentHash": "b21" } } } }
            """;

        var differences = LockedPackages.Differences(Encoding.UTF8.GetBytes(Locked), Encoding.UTF8.GetBytes(restored));

        Assert.Equal(
            [
                "A 1.0.0: other content is locked than was restored",
                "B: 2.0.0 is locked and was not restored",
                "B: 2.0.0 is locked, 2.1.0 was restored",
                "C: 3.0.0 was restored and is not locked",
            ],
            differences);
    }

    [Fact]
    public void A_project_that_is_not_as_locked_has_its_problem()
    {
        _folder.Write("Web/packages.lock.json", Locked);
        var restored = _folder.Write("restored.json", Locked.Replace("1.0.0\", \"c", "1.0.1\", \"c", StringComparison.Ordinal));

        var problem = LockedPackages.Check(_folder.File("Web/Web.csproj"), restored);

        Assert.Equal(
            new Problem("DEP246", "The packages of 'Web.csproj' are not those of its packages.lock.json.", "Run 'dotnet restore --force-evaluate' for the project and commit the file.", ExitCode.Input)
            {
                Subject = _folder.File("Web/Web.csproj"),
                Detail = "A: 1.0.0 is locked, 1.0.1 was restored",
            },
            problem);
    }

    [Fact]
    public void A_project_without_a_file_of_its_own_has_none()
    {
        var restored = _folder.Write("restored.json", Locked);

        var problem = LockedPackages.Check(_folder.File("Web/Web.csproj"), restored);

        Assert.Null(problem);
    }

    [Fact]
    public void A_file_that_is_none_is_no_way_around_it()
    {
        _folder.Write("Web/packages.lock.json", "[]");
        var restored = _folder.Write("restored.json", Locked);

        var problem = LockedPackages.Check(_folder.File("Web/Web.csproj"), restored);

        Assert.Equal(("DEP246", "It is no packages.lock.json."), (problem?.Code, problem?.Detail));
    }
}
