using Platform.Deploy.Problems;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Tests.Rendering;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_files_are_written_with_the_marker_that_lists_them()
    {
        Write("out", ("b/c.txt", "two\n"), ("a.txt", "one\n"));

        Assert.Equal(
            ".platform-render.json: {\n  \"format\": 1,\n  \"files\": [\n    \"a.txt\",\n    \"b/c.txt\"\n  ]\n}\n\na.txt: one\n\nb/c.txt: two\n",
            _folder.Listing("out"));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void Nothing_of_the_last_rendering_stays()
    {
        Write("out", ("old/gone.txt", "old"), ("kept.txt", "old"));

        Write("out", ("kept.txt", "new"));

        Assert.Equal([".platform-render.json", "kept.txt"], Files("out"));
        Assert.Equal("new", File.ReadAllText(_folder.File("out/kept.txt")));
        Assert.False(Directory.Exists(_folder.File("out/old")));
    }

    [Fact]
    public void An_empty_folder_is_taken()
    {
        Directory.CreateDirectory(_folder.File("out"));

        Write("out", ("a.txt", "one"));

        Assert.Equal([".platform-render.json", "a.txt"], Files("out"));
    }

    [Fact]
    public void Folders_around_the_output_are_made()
    {
        Write("some/where/out", ("a.txt", "one"));

        Assert.Equal([".platform-render.json", "a.txt"], Files("some/where/out"));
    }

    [Fact]
    public void A_folder_with_files_of_somebody_else_is_refused_and_left_alone()
    {
        _folder.Write("out/notes.txt", "mine");

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.ForeignFiles("out", ["notes.txt"]), problem);
        Assert.Equal("notes.txt: mine", _folder.Listing("out"));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void A_file_that_somebody_put_beside_ours_is_refused()
    {
        Write("out", ("a.txt", "one"));
        _folder.Write("out/sub/notes.txt", "mine");

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.ForeignFiles("out", ["sub/notes.txt"]), problem);
    }

    [Fact]
    public void Of_many_foreign_files_some_are_named()
    {
        foreach (var name in "abcdefg")
        {
            _folder.Write($"out/{name}", "");
        }

        var problem = Refused("out");

        Assert.Equal("The output folder 'out' holds 7 files that no rendering wrote: a, b, c, d, e, ….", problem.Summary);
    }

    [Fact]
    public void A_link_in_the_output_is_somebody_elses_even_under_the_name_of_our_file()
    {
        Write("out", ("a.txt", "one"));
        var outside = _folder.Write("outside.txt", "outside");
        File.Delete(_folder.File("out/a.txt"));
        File.CreateSymbolicLink(_folder.File("out/a.txt"), outside);

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.ForeignFiles("out", ["a.txt/"]), problem);
        Assert.Equal("outside", File.ReadAllText(outside));
    }

    [Fact]
    public void A_marker_that_is_a_link_is_no_marker()
    {
        Write("other", ("a.txt", "one"));
        Directory.CreateDirectory(_folder.File("out"));
        File.CreateSymbolicLink(_folder.File("out/.platform-render.json"), _folder.File("other/.platform-render.json"));

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.ForeignFiles("out", [".platform-render.json/"]), problem);
    }

    [Fact]
    public void A_broken_marker_is_told()
    {
        _folder.Write("out/.platform-render.json", "{ \"files\": 1 }");

        var problem = Refused("out");

        Assert.Equal(("DEP108", $"'{_folder.File("out/.platform-render.json")}' says which files a rendering wrote, and it cannot be read."), (problem.Code, problem.Summary));
    }

    [Fact]
    public void A_linked_output_folder_is_written_where_it_leads()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("out"), _folder.File("real"));

        Write("out", ("a.txt", "one"));

        Assert.Equal(_folder.File("real"), new DirectoryInfo(_folder.File("out")).LinkTarget);
        Assert.Equal([".platform-render.json", "a.txt"], Files("real"));
    }

    [Fact]
    public void A_file_under_the_name_of_the_output_is_refused()
    {
        _folder.Write("out", "a file");

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.NoFolder("out"), problem);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/")]
    public void The_working_directory_is_not_replaced(string output)
    {
        var problem = Refused(output);

        Assert.Equal(RenderingProblems.FolderInUse(output), problem);
    }

    [Fact]
    public void What_a_killed_run_left_behind_goes_away()
    {
        Write("out", ("a.txt", "old"));
        _folder.Write(".out.platform-new/half.txt", "ha");
        _folder.Write(".out.platform-old/a.txt", "older");
        _folder.Write(".out.platform-lock", "");

        Write("out", ("a.txt", "new"));

        Assert.Equal("new", File.ReadAllText(_folder.File("out/a.txt")));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void A_run_that_was_killed_while_the_folders_changed_places_loses_nothing()
    {
        Write("out", ("a.txt", "old"));
        Directory.Move(_folder.File("out"), _folder.File(".out.platform-old"));

        Assert.Throws<InvalidOperationException>(() => OutputFolder.Write("out", _folder.Path, ArtifactTree.Of([Failing()]), TestContext.Current.CancellationToken));

        Assert.Equal("old", File.ReadAllText(_folder.File("out/a.txt")));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void Two_runs_into_one_folder_do_not_meet()
    {
        using var other = new FileStream(_folder.File(".out.platform-lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        var problem = Refused("out");

        Assert.Equal(RenderingProblems.Busy("out"), problem);
    }

    [Fact]
    public void A_cancelled_run_leaves_the_last_rendering()
    {
        Write("out", ("a.txt", "old"));

        Assert.ThrowsAny<OperationCanceledException>(() => OutputFolder.Write("out", _folder.Path, ArtifactTree.Of([Artifact.OfText("a.txt", "new")]), new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(_folder.File("out/a.txt")));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_told()
    {
        var problem = Refused("out", new Artifact("a.txt", () => throw new UnauthorizedAccessException("Access to the path is denied.")));

        Assert.Equal(RenderingProblems.NotAllowed("out", "Access to the path is denied."), problem);
        Assert.Empty(Siblings());
    }

    [Fact]
    public void Another_failure_of_the_system_is_told()
    {
        var problem = Refused("out", new Artifact("a.txt", () => throw new IOException("Device or resource busy", 16)));

        Assert.Equal(RenderingProblems.CannotWrite("out", "Device or resource busy"), problem);
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_the_last_rendering()
    {
        Write("out", ("a.txt", "old"));

        var problem = Refused("out", new Artifact("a.txt", () => throw new IOException("No space left on device", 28)));

        Assert.Equal(RenderingProblems.DiskFull("out", "No space left on device"), problem);
        Assert.Equal("old", File.ReadAllText(_folder.File("out/a.txt")));
        Assert.Equal(["out"], Siblings());
    }

    [Fact]
    public void Two_files_of_one_name_are_a_bug()
    {
        Assert.Throws<InvalidOperationException>(() => ArtifactTree.Of([Artifact.OfText("a/B.yaml", ""), Artifact.OfText("a/b.yaml", "")]));
    }

    [Fact]
    public void A_folder_that_the_system_cannot_look_into_is_a_problem_before_long_work_too()
    {
        File.CreateSymbolicLink(_folder.File("circle"), _folder.File("circle"));

        var problem = Assert.Single(OutputFolder.Check("circle", _folder.Path));

        Assert.Equal(("DEP105", ExitCode.Environment), (problem.Code, problem.ExitCode));
    }

    private static Artifact Failing() => new("a.txt", () => throw new InvalidOperationException("a bug"));

    private void Write(string output, params (string Path, string Text)[] files) =>
        OutputFolder.Write(output, _folder.Path, ArtifactTree.Of(files.Select(file => Artifact.OfText(file.Path, file.Text))), TestContext.Current.CancellationToken);

    private Problem Refused(string output) => Refused(output, Artifact.OfText("a.txt", "new"));

    private Problem Refused(string output, Artifact file) =>
        Assert.Single(Assert.Throws<DeployException>(() => OutputFolder.Write(output, _folder.Path, ArtifactTree.Of([file]), TestContext.Current.CancellationToken)).Problems);

    private IEnumerable<string> Files(string output) =>
        new DirectoryInfo(_folder.File(output)).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.File(output), file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private IEnumerable<string> Siblings() => Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
