using System.Text.RegularExpressions;

namespace Platform.RepositoryRules.Tests;

public sealed partial class FileTests
{
    private const int MostLines = 400;
    private const int MostAgentLines = 120;
    private const string ThisFile = "tests/Repository.Tests/FileTests.cs";

    [Fact]
    public void No_file_is_binary() =>
        Findings.None(
            TrackedFiles.All.Where(path => File.ReadAllBytes(Path.Combine(Repository.Root, path)).Contains((byte)0)),
            "Binary files are made by a build, not committed:");

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() =>
        Findings.None(LinesThat(MachinePath()), "Paths of one machine:");

    [Fact]
    public void No_file_names_the_host_of_a_package_registry() =>
        Findings.None(LinesThat(RegistryHost()), "Where packages come from is configured outside the repository:");

    [Fact]
    public void No_lock_file_holds_a_download_address() =>
        Findings.None(
            TrackedFiles.Named("package-lock.json", "packages.lock.json").Where(path => TrackedFiles.Text(path).Contains("\"resolved\": \"http", StringComparison.Ordinal)),
            "Install with omit-lockfile-registry-resolved=true:");

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Findings.None(
            TrackedFiles.Named(".cs").Select(path => (path, TrackedFiles.Lines(path).Length)).Where(file => file.Length > MostLines).Select(file => $"{file.path}: {file.Length}"),
            "One topic a file:");

    [Fact]
    public void No_file_or_folder_is_named_after_a_kind() =>
        Findings.None(TrackedFiles.Named(".cs").Where(path => KindName().IsMatch(path)), "Name the topic, not the kind (docs: folder = stage or feature):");

    [Fact]
    public void Every_package_version_is_central() =>
        Findings.None(
            TrackedFiles.Named(".csproj").Where(path => OwnVersion().IsMatch(TrackedFiles.Text(path))),
            "Versions are in Directory.Packages.props:");

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Findings.None(
            TrackedFiles.Named(".csproj").Where(path => !File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(path) ?? "", "packages.lock.json"))),
            "Projects without packages.lock.json:");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = TrackedFiles.Text("Platform.sln").Replace('\\', '/');

        var missing = TrackedFiles.Named(".csproj").Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));

        Findings.None(missing, "Add with 'dotnet sln Platform.sln add':");
    }

    [Fact]
    public void The_instructions_for_agents_stay_short() =>
        Findings.None(
            TrackedFiles.All.Where(path => path == "AGENTS.md" && TrackedFiles.Lines(path).Length > MostAgentLines),
            $"AGENTS.md has at most {MostAgentLines} lines:");

    private static IEnumerable<string> LinesThat(Regex match) =>
        from path in TrackedFiles.All
        where path != ThisFile
        from line in TrackedFiles.Lines(path).Index()
        where match.IsMatch(line.Item)
        select $"{path}:{line.Index + 1}: {line.Item.Trim()}";

    // The home of the user 'app' is a folder inside images.
    [GeneratedRegex(@"(?<![\w.]|\b[A-Z]:)/(work|root|opt/nuget|Users/\w+|home/(?!app\b)\w+)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"registry\.npmjs|api\.nuget\.org|nuget\.org/api|(deb|security|snapshot|ftp)\.debian\.org|pypi\.org|^\s*registry\s*=\s*http")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(^|/)(Interfaces|Models|Services|Utils|Common|Shared|Core|Helpers)/|(Manager|Helper|Utils?|Processor|Impl|Wrapper)\.cs$")]
    private static partial Regex KindName();

    [GeneratedRegex(@"<PackageReference[^>]*\bVersion(Override)?=")]
    private static partial Regex OwnVersion();
}
