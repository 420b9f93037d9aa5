using Platform.Deploy.Problems;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Tests.Rendering;

public sealed class RenderingDiffTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_equal_rendering_has_no_changes()
    {
        var tree = Tree(("a.txt", "one\n"));
        OutputFolder.Write("out", _folder.Path, tree, TestContext.Current.CancellationToken);

        var changes = RenderingDiff.Compare("out", _folder.Path, tree);

        Assert.Empty(changes);
    }

    [Fact]
    public void Added_changed_and_removed_files_are_listed_with_their_lines()
    {
        OutputFolder.Write("out", _folder.Path, Tree(("changed.txt", "one\ntwo\n"), ("removed.txt", "gone\n"), ("same.txt", "same\n")), TestContext.Current.CancellationToken);

        var changes = RenderingDiff.Compare("out", _folder.Path, Tree(("added.txt", "new\n"), ("changed.txt", "one\nthree\n"), ("same.txt", "same\n")));

        Assert.Equal(
            [
                "Added added.txt @@ -0,0 +1,1 @@ | +new",
                "Changed changed.txt @@ -1,2 +1,2 @@ |  one | -two | +three",
                "Removed removed.txt @@ -1,1 +0,0 @@ | -gone",
            ],
            changes.Select(change => $"{change.Kind} {change.Path} {string.Join(" | ", change.Lines)}"));
    }

    [Fact]
    public void Files_of_somebody_else_are_not_looked_at()
    {
        var tree = Tree(("a.txt", "one\n"));
        OutputFolder.Write("out", _folder.Path, tree, TestContext.Current.CancellationToken);
        _folder.Write("out/notes.txt", "mine");

        var changes = RenderingDiff.Compare("out", _folder.Path, tree);

        Assert.Empty(changes);
    }

    [Fact]
    public void A_folder_without_a_rendering_is_refused()
    {
        _folder.Write("out/notes.txt", "mine");

        var exception = Assert.Throws<DeployException>(() => RenderingDiff.Compare("out", _folder.Path, Tree()));

        Assert.Equal([RenderingProblems.NothingToCompareWith("out")], exception.Problems);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("a/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/secret.txt")]
    [InlineData("a\\\\..\\\\..\\\\secret.txt")]
    [InlineData("")]
    public void A_marker_that_names_what_lies_outside_is_refused(string path)
    {
        _folder.Write("secret.txt", "mine");
        _folder.Write("out/.platform-render.json", $$"""{ "format": 1, "files": [ "{{path}}" ] }""");

        var exception = Assert.Throws<DeployException>(() => RenderingDiff.Compare("out", _folder.Path, Tree()));

        var problem = Assert.Single(exception.Problems);
        Assert.Equal(("DEP108", ExitCode.Input), (problem.Code, problem.ExitCode));
    }

    [Theory]
    [InlineData("linked.txt")]
    [InlineData("linked/a.txt")]
    public void A_link_is_not_followed(string path)
    {
        _folder.Write("elsewhere/a.txt", "mine");
        OutputFolder.Write("out", _folder.Path, Tree((path, "one\n")), TestContext.Current.CancellationToken);
        var link = _folder.File($"out/{path.Split('/')[0]}");
        if (path.Contains('/', StringComparison.Ordinal))
        {
            Directory.Delete(link, recursive: true);
        }

        File.Delete(link);
        File.CreateSymbolicLink(link, _folder.File(path.Contains('/', StringComparison.Ordinal) ? "elsewhere" : "elsewhere/a.txt"));

        var exception = Assert.Throws<DeployException>(() => RenderingDiff.Compare("out", _folder.Path, Tree()));

        Assert.Equal([RenderingProblems.LinkInside("out", path)], exception.Problems);
    }

    [Fact]
    public void What_the_system_does_not_let_one_read_is_a_problem()
    {
        var tree = Tree(("a.txt", "one\n"));
        OutputFolder.Write("out", _folder.Path, tree, TestContext.Current.CancellationToken);
        using var taken = new FileStream(_folder.File("out/a.txt"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var exception = Assert.Throws<DeployException>(() => RenderingDiff.Compare("out", _folder.Path, tree));

        var problem = Assert.Single(exception.Problems);
        Assert.Equal(("DEP110", "The rendering in 'out' cannot be read.", ExitCode.Environment), (problem.Code, problem.Summary, problem.ExitCode));
    }

    private static ArtifactTree Tree(params (string Path, string Text)[] files) => ArtifactTree.Of(files.Select(file => Artifact.OfText(file.Path, file.Text)));
}
