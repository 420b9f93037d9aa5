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

    private static ArtifactTree Tree(params (string Path, string Text)[] files) => ArtifactTree.Of(files.Select(file => Artifact.OfText(file.Path, file.Text)));
}
