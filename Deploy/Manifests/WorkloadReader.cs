using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>Reads what runs: projects, containers, Dockerfiles, executables.</summary>
internal sealed class WorkloadReader(ManifestTextParser texts, ReadingFindings findings)
{
    // 'deployment' and 'deployments' are Azure's.
    private static readonly MemberNames Project = new(
        "A project", ["type", "path", "deployment", "deployments", "connectionString", "containerFiles", "args", "env", "bindings"]);

    private static readonly MemberNames Container = new(
        "A container",
        ["type", "image", "build", "deployment", "deployments", "connectionString", "entrypoint", "args", "containerFiles", "bindMounts", "volumes", "env", "bindings"]);

    private static readonly MemberNames Dockerfile = new(
        "A 'dockerfile.v0'", ["type", "path", "context", "buildArgs", "connectionString", "containerFiles", "args", "env", "bindings"]);

    private static readonly MemberNames Executable = new(
        "An executable", ["type", "command", "workingDirectory", "connectionString", "containerFiles", "args", "env", "bindings"]);

    private static readonly MemberNames Volume = new("A volume", ["name", "target", "readOnly"]);
    private static readonly MemberNames BindMount = new("A bind mount", ["source", "target", "readOnly"]);
    private static readonly MemberNames ContainerFiles = new("An entry of 'containerFiles'", ["destination", "sources"]);

    private readonly BuildReader _builds = new(texts, findings);
    private readonly BindingReader _bindings = new(findings);

    public ManifestResource ReadProject(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Project, findings);
        return Read(name, type, members, new WorkloadSource.Project(members.PathText("path")));
    }

    public ManifestResource ReadContainer(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Container, findings);
        return Read(name, type, members, _builds.ReadImageOrBuild(members)) with
        {
            Entrypoint = Parsed(members.Text("entrypoint")),
            Volumes = [.. members.List("volumes").Select(volume => ReadVolume(volume.Value, volume.Place)).OfType<ManifestVolume>()],
            BindMounts = [.. members.List("bindMounts").Select(mount => ReadBindMount(mount.Value, mount.Place)).OfType<ManifestBindMount>()],
        };
    }

    public ManifestResource ReadDockerfile(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Dockerfile, findings);
        return Read(name, type, members, _builds.ReadDockerfile(members));
    }

    public ManifestResource ReadExecutable(string name, string type, JsonElement entry, Place place)
    {
        var members = Members.OfObject(entry, place, Executable, findings);
        return Read(name, type, members, new WorkloadSource.Executable(members.FilledText("command", Members.Missing), members.PathText("workingDirectory")));
    }

    private ManifestResource.Workload Read(string name, string type, Members members, WorkloadSource source) => new()
    {
        Name = name,
        Type = type,
        Source = source,
        ConnectionString = Parsed(members.Text("connectionString")),
        Args = [.. members.List("args").Select(argument => texts.Parse(Members.TextOf(argument.Value, argument.Place, findings)))],
        Env = members.Map("env", StringComparer.Ordinal).ToImmutableSortedDictionary(
            variable => variable.Name, variable => texts.Parse(Members.TextOf(variable.Value, variable.Place, findings)), StringComparer.Ordinal),
        Bindings = _bindings.Read(members),
        ContainerFiles = [.. members.Map("containerFiles", StringComparer.OrdinalIgnoreCase)
            .Select(files => ReadContainerFiles(files.Name, files.Value, files.Place)).OfType<ManifestContainerFiles>()],
    };

    private ManifestVolume? ReadVolume(JsonElement element, Place place) =>
        Members.Of(element, place, Volume, findings) is not { } volume
            ? null
            // Aspire leaves the name of an anonymous volume out.
            : new ManifestVolume(volume.Text("name") ?? "", volume.FilledText("target", "/missing"), volume.Flag("readOnly", whenAbsent: false));

    private ManifestBindMount? ReadBindMount(JsonElement element, Place place) =>
        Members.Of(element, place, BindMount, findings) is not { } mount
            ? null
            : new ManifestBindMount(mount.PathText("source"), mount.FilledText("target", "/missing"), mount.Flag("readOnly", whenAbsent: false));

    private ManifestContainerFiles? ReadContainerFiles(string resource, JsonElement element, Place place) =>
        Members.Of(element, place, ContainerFiles, findings) is not { } files
            ? null
            : new ManifestContainerFiles(
                resource, files.FilledText("destination", "/missing"), [.. files.List("sources").Select(source => Members.TextOf(source.Value, source.Place, findings))]);

    private ManifestText? Parsed(string? text) => text is null ? null : texts.Parse(text);
}
