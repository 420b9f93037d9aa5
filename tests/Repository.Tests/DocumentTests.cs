using System.Text.RegularExpressions;

namespace Platform.RepositoryRules.Tests;

public sealed partial class DocumentTests
{
    // Made by a build or a test run, so named in documents without being committed.
    private static readonly string[] Generated = ["artifacts/", "tools/aspire/.home", "tools/aspire/node_modules", "tools/checks/node_modules", "BenchmarkDotNet.Artifacts/"];

    [Fact]
    public void Every_path_that_a_document_names_exists() =>
        Findings.None(
            from document in TrackedFiles.Named(".md")
            from Match code in BackQuoted().Matches(TrackedFiles.Text(document))
            let path = code.Groups[1].Value.Split('#')[0].TrimEnd('/')
            where LooksLikeOurs(path) && !Exists(path) && !Exists(Path.Combine(Path.GetDirectoryName(document) ?? "", path))
            select $"{document}: {path}",
            "Documents name what is not there:");

    [Fact]
    public void Every_link_of_a_document_leads_somewhere() =>
        Findings.None(
            from document in TrackedFiles.Named(".md")
            from Match link in Link().Matches(TrackedFiles.Text(document))
            let target = link.Groups[1].Value
            let path = Path.Combine(Path.GetDirectoryName(document) ?? "", target.Split('#')[0])
            where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#') && !Exists(path)
            select $"{document}: {target}",
            "Links to nowhere:");

    [Fact]
    public void Every_code_of_a_problem_has_its_section_and_every_section_its_code()
    {
        var codes = TrackedFiles.Named(".cs", ".mjs", ".targets").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => ProblemCode().Matches(TrackedFiles.Text(path)).Select(match => match.Groups[1].Value)).ToHashSet();
        var sections = Section().Matches(TrackedFiles.Text("docs/errors.md")).Select(match => match.Groups[1].Value).ToHashSet();

        Findings.None(codes.Except(sections).Order(), "Codes without a section '## CODE' in docs/errors.md:");
        Findings.None(sections.Except(codes).Order(), "Sections of docs/errors.md whose code is used nowhere:");
    }

    [Fact]
    public void Every_code_of_a_problem_means_one_thing()
    {
        var uses = from path in TrackedFiles.Named(".cs")
                   where !path.StartsWith("tests/", StringComparison.Ordinal)
                   from Match match in ProblemCode().Matches(TrackedFiles.Text(path))
                   select (Code: match.Groups[1].Value, Path: path);

        var twice = from use in uses
                    group use.Path by use.Code into places
                    where places.Count() > 1
                    select $"{places.Key}: {string.Join(", ", places)}";

        Findings.None(twice, "A code is made in one place, by the method of its problem:");
    }

    [Fact]
    public void Every_problem_with_AWS_is_shown_by_a_golden_file()
    {
        var codes = TrackedFiles.Named(".cs").Where(path => path.StartsWith("Deploy/", StringComparison.Ordinal))
            .SelectMany(path => ProblemCode().Matches(TrackedFiles.Text(path)).Select(match => match.Groups[1].Value)).Where(code => code[3] is '3' or '4').ToHashSet();
        var shown = string.Concat(TrackedFiles.Named(".txt", ".json", ".jsonl").Where(path => path.Contains("/Golden/", StringComparison.Ordinal)).Select(TrackedFiles.Text));

        Findings.None(codes.Where(code => !shown.Contains(code, StringComparison.Ordinal)).Order(), "Problems that no golden file shows as the user sees them:");
    }

    private static bool LooksLikeOurs(string path) =>
        path.Contains('/', StringComparison.Ordinal)
        && !Generated.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
        && (Exists(path.Split('/')[0]) || SourceFile().IsMatch(path));

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"`(\.?\w[\w./-]*(?:#[\w-]+)?)`")]
    private static partial Regex BackQuoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\.(cs|csproj|md|sh|mjs|yml|targets|props)$")]
    private static partial Regex SourceFile();

    [GeneratedRegex("""["']((?:HST|DEP|SIM)\d{3})["']""")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(@"^## ((?:HST|DEP|SIM)\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex Section();
}
