using System.Text.RegularExpressions;

namespace Platform.RepositoryRules.Tests;

/// <summary>Inside a project data goes one way: a folder uses itself and the folders that its row names. The table is the architecture.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> Hosting = new()
    {
        ["Problems"] = [],
        ["Model"] = ["Problems"],
        ["Manifests"] = ["Model", "Problems"],
        ["Bundles"] = ["Model", "Problems"],
        ["Dcp"] = ["Model", "Problems"],
        ["Prompts"] = ["Model", "Problems"],
        ["Dashboard"] = ["Prompts", "Bundles", "Dcp", "Model", "Problems"],
        ["Cli"] = ["Dashboard", "Prompts", "Bundles", "Dcp", "Model", "Problems"],
        ["Run"] = ["Cli", "Dashboard", "Prompts", "Manifests", "Bundles", "Dcp", "Model", "Problems"],
        ["Testing"] = ["Run", "Cli", "Dashboard", "Prompts", "Manifests", "Bundles", "Dcp", "Model", "Problems"],
    };

    private static readonly Dictionary<string, string[]> Deploy = new()
    {
        ["Problems"] = [],
        ["Settings"] = ["Problems"],
        ["Sources"] = ["Problems"],
        ["Manifests"] = ["Sources", "Problems"],
        ["Model"] = ["Manifests", "Settings", "Problems"],
        ["Oci"] = ["Problems"],
        ["Registries"] = ["Oci", "Model", "Problems"],
        ["Images"] = ["Registries", "Oci", "Sources", "Model", "Settings", "Problems"],
        ["Aws"] = ["Model", "Settings", "Problems"],
        ["Infrastructure"] = ["Model", "Settings", "Problems"],
        ["KubernetesObjects"] = ["Model", "Settings", "Problems"],
        ["Rendering"] = ["Infrastructure", "KubernetesObjects", "Model", "Settings", "Problems"],
        ["Planning"] = ["Aws", "Infrastructure", "KubernetesObjects", "Images", "Registries", "Oci", "Model", "Settings", "Problems"],
        ["Apply"] = ["Planning", "Aws", "Infrastructure", "KubernetesObjects", "Images", "Registries", "Oci", "Model", "Settings", "Problems"],
        ["Terminal"] = ["Apply", "Planning", "Aws", "Rendering", "Images", "Registries", "Oci", "Model", "Settings", "Problems"],
        ["Commands"] = ["Apply", "Planning", "Aws", "Terminal", "Rendering", "KubernetesObjects", "Infrastructure", "Images", "Registries", "Oci", "Model", "Manifests", "Sources", "Settings", "Problems"],
    };

    private static readonly Dictionary<string, string[]> Simulator = new()
    {
        ["Faults"] = [],
        ["Accounts"] = ["Faults"],
        ["Protocols"] = ["Accounts", "Faults"],
        ["Resources"] = ["Accounts", "Faults"],
        ["CloudFormation"] = ["Apis", "Resources", "Protocols", "Accounts", "Faults"],
        ["Apis"] = ["Resources", "Protocols", "Accounts", "Faults"],
        ["Registry"] = ["Protocols", "Accounts", "Faults"],
        ["Server"] = ["Registry", "Apis", "CloudFormation", "Resources", "Protocols", "Accounts", "Faults"],
    };

    [Fact]
    public void Every_folder_of_Hosting_has_its_row() => Findings.None(FoldersWithoutRow("Hosting", Hosting), "Folders that the table does not know:");

    [Fact]
    public void Every_folder_of_Deploy_has_its_row() => Findings.None(FoldersWithoutRow("Deploy", Deploy), "Folders that the table does not know:");

    [Fact]
    public void Every_folder_of_Simulator_has_its_row() => Findings.None(FoldersWithoutRow("Simulator", Simulator), "Folders that the table does not know:");

    [Fact]
    public void A_folder_of_Hosting_uses_only_folders_upstream() => Findings.None(UsesAgainstTheStream("Hosting", Hosting), "Data goes one way:");

    [Fact]
    public void A_folder_of_Deploy_uses_only_folders_upstream() => Findings.None(NamespacesAgainstTheStream("Deploy", Deploy), "Data goes one way:");

    [Fact]
    public void A_folder_of_Simulator_uses_only_folders_upstream() => Findings.None(NamespacesAgainstTheStream("Simulator", Simulator), "Data goes one way:");

    [Fact]
    public void A_folder_of_Deploy_is_a_namespace() =>
        Findings.None(FilesOutsideTheirNamespace("Deploy"), "The layers are read from the using directives, so a file of Deploy has its folder's namespace:");

    [Fact]
    public void A_folder_of_Simulator_is_a_namespace() =>
        Findings.None(FilesOutsideTheirNamespace("Simulator"), "The layers are read from the using directives, so a file of Simulator has its folder's namespace:");

    private static IEnumerable<string> NamespacesAgainstTheStream(string project, Dictionary<string, string[]> table) =>
        from path in TrackedFiles.Named(".cs")
        where path.StartsWith(project + "/", StringComparison.Ordinal) && FolderOf(path).Length > 0
        let mayUse = table.GetValueOrDefault(FolderOf(path), [])
        from Match used in Namespace().Matches(TrackedFiles.Text(path))
        let folder = used.Groups[2].Value
        where used.Groups[1].Value == project && folder != FolderOf(path) && !mayUse.Contains(folder)
        select $"{path} uses {folder}";

    private static IEnumerable<string> FilesOutsideTheirNamespace(string project) =>
        from path in TrackedFiles.Named(".cs")
        where path.StartsWith(project + "/", StringComparison.Ordinal) && FolderOf(path).Length > 0
        where !TrackedFiles.Text(path).Contains($"\nnamespace Platform.{project}.{FolderOf(path)};", StringComparison.Ordinal)
            && !TrackedFiles.Text(path).StartsWith($"namespace Platform.{project}.{FolderOf(path)};", StringComparison.Ordinal)
        select path;

    private static IEnumerable<string> FoldersWithoutRow(string project, Dictionary<string, string[]> table) =>
        SourcesOf(project).Select(source => source.Folder).Where(folder => folder.Length > 0).Distinct().Except(table.Keys);

    // By the names of types: files of one folder may stand in several namespaces, as Aspire's public API has them.
    private static IEnumerable<string> UsesAgainstTheStream(string project, Dictionary<string, string[]> mayUse)
    {
        var sources = SourcesOf(project).ToList();
        var homes = sources.SelectMany(source => Declaration().Matches(source.Code).Select(match => (Type: match.Groups[1].Value, source.Folder)))
            .Distinct().ToLookup(declared => declared.Type, declared => declared.Folder);

        return from source in sources
               where source.Folder.Length > 0
               from type in Word().Matches(source.Code).Select(match => match.Value).Distinct()
               let home = homes[type].Count() == 1 ? homes[type].Single() : ""
               where home.Length > 0 && home != source.Folder && !mayUse.GetValueOrDefault(source.Folder, []).Contains(home)
               select $"{source.Path} uses {home}: {type}";
    }

    private static IEnumerable<Source> SourcesOf(string project) =>
        from path in TrackedFiles.Named(".cs")
        where path.StartsWith(project + "/", StringComparison.Ordinal)
        select new Source(path, FolderOf(path), CommentOrText().Replace(TrackedFiles.Text(path), ""));

    // The files beside the project file compose the stages: they may use all, and all may use them.
    private static string FolderOf(string path) => path.Split('/') is [_, var folder, _, ..] ? folder : "";

    [GeneratedRegex("""//.*|"(\\.|[^"\\\n])*"|^using .*""", RegexOptions.Multiline)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"\bPlatform\.(Deploy|Simulator)\.([A-Z]\w+)\b")]
    private static partial Regex Namespace();

    // A nested type belongs to the one around it.
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|record|interface|enum)\s+([A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();

    private sealed record Source(string Path, string Folder, string Code);
}
