namespace Platform.Hosting.Problems;

/// <summary>What can be wrong with the model that <c>AppHost/Program.cs</c> builds: HST001 to HST049.</summary>
internal static class ModelProblems
{
    public static Problem DuplicateName(string first, string firstType, string second, string secondType) => Input(
        "HST001",
        first == second
            ? $"Two resources are called '{first}': a {firstType} and a {secondType}."
            : $"The resources '{first}' ({firstType}) and '{second}' ({secondType}) differ in upper and lower case only.",
        "Give one of them another name.",
        $"resources.{second}");

    public static Problem InvalidName(string name, string why) => Input(
        "HST002",
        $"'{name}' is no name for a resource: {why}.",
        "Use ASCII letters, digits and single hyphens, start with a letter, end with a letter or a digit, and use at most 64 characters.",
        $"resources.{name}");

    public static Problem WaitCycle(IReadOnlyList<string> cycle) => Input(
        "HST003",
        $"These resources wait for each other, so none would ever start: {string.Join(" → ", cycle)}.",
        $"Remove one WaitFor, for example that of '{cycle[0]}' for '{cycle[1]}'.",
        $"resources.{cycle[0]}");

    public static Problem ValueCycle(IReadOnlyList<string> cycle) => Input(
        "HST004",
        $"These values are made of each other, so none would ever be known: {string.Join(" → ", cycle)}.",
        $"Make '{cycle[0]}' without '{cycle[1]}'.",
        $"resources.{cycle[0]}");

    public static Problem UnknownResource(string user, string place, string missing, string? closest) => Input(
        "HST005",
        $"'{user}' refers to '{missing}', which is not part of the application.",
        Suggest(closest, $"Add '{missing}' to this builder, or remove the reference."),
        $"resources.{user}.{place}");

    public static Problem UnknownEndpoint(string user, string place, string owner, string endpoint, IEnumerable<string> known)
    {
        var names = known.ToList();
        var has = names.Count == 0 ? "it has none" : $"it has {string.Join(", ", names.Select(name => $"'{name}'"))}";
        return Input(
            "HST006",
            $"'{user}' refers to the endpoint '{endpoint}' of '{owner}', which has no such endpoint: {has}.",
            Suggest(ClosestName.Among(names, endpoint), $"Add it: {owner}.WithHttpEndpoint(name: \"{endpoint}\")."),
            $"resources.{user}.{place}");
    }

    public static Problem PortClash(int port, string first, string firstEndpoint, string second, string secondEndpoint) => Input(
        "HST007",
        $"Port {port} is wanted twice: by the endpoint '{firstEndpoint}' of '{first}' and by '{secondEndpoint}' of '{second}'.",
        "Give one of them another port, or none: then a free one is taken.",
        $"resources.{second}.bindings.{secondEndpoint}");

    public static Problem DuplicateEndpoint(string resource, string endpoint) => Input(
        "HST008",
        $"'{resource}' has two endpoints called '{endpoint}'.",
        "Give one of them another name: WithHttpEndpoint(name: …).",
        $"resources.{resource}.bindings.{endpoint}");

    public static Problem InvalidPort(string resource, string endpoint, int port) => Input(
        "HST009",
        $"{port} is no port: the endpoint '{endpoint}' of '{resource}' asks for it.",
        "Use a number from 1 to 65535, or none: then a free port is taken.",
        $"resources.{resource}.bindings.{endpoint}");

    public static Problem ReplicasShareAPort(string resource, string endpoint, int replicas, string why) => Input(
        "HST010",
        $"{replicas} replicas of '{resource}' cannot listen on the same port: its endpoint '{endpoint}' {why}.",
        "Leave the target port open and the endpoint proxied, or run one replica.",
        $"resources.{resource}.bindings.{endpoint}");

    public static Problem InvalidReplicas(string resource, int replicas) => Input(
        "HST011", $"'{resource}' cannot have {replicas} replicas.", "Use 1 or more.", $"resources.{resource}");

    public static Problem UnknownHealthCheck(string resource, string key, IEnumerable<string> known) => Input(
        "HST012",
        $"'{resource}' is checked by '{key}', but no health check of that name was added.",
        Suggest(ClosestName.Among(known, key), $"Add it: builder.Services.AddHealthChecks().AddCheck(\"{key}\", …)."),
        $"resources.{resource}");

    public static Problem MissingProject(string resource, string path) => Input(
        "HST013", $"The project of '{resource}' does not exist: {path}", "Correct the path; a relative one starts at the AppHost's folder.", $"resources.{resource}");

    public static Problem UnknownLaunchProfile(string resource, string profile, IEnumerable<string> known) => Input(
        "HST014",
        $"The project of '{resource}' has no launch profile '{profile}'.",
        Suggest(ClosestName.Among(known, profile), "Add it to Properties/launchSettings.json, or name another one."),
        $"resources.{resource}");

    public static Problem BrokenLaunchSettings(string resource, string path, string why) => Input(
        "HST015", $"The launch profiles of '{resource}' cannot be read: {path}", "Correct the JSON.", $"resources.{resource}") with
    { Detail = why };

    public static Problem InvalidServiceUrl(string user, string service, string url) => Input(
        "HST016",
        $"'{url}' is no address of a service: '{service}' needs an absolute URL whose path is '/'.",
        "Write it as https://host or https://host:port.",
        $"resources.{user}");

    public static Problem NoImage(string resource) => Input(
        "HST017", $"The container '{resource}' has no image.", "Call WithImage before the methods that change a part of it.", $"resources.{resource}");

    public static Problem NotBuilt(string resource) => Input(
        "HST018",
        $"The container '{resource}' is not built, so it takes no build arguments and secrets.",
        "Call WithDockerfile first.",
        $"resources.{resource}");

    public static Problem SecretBuildArgument(string resource, string argument, string parameter) => Input(
        "HST019",
        $"The secret '{parameter}' would be readable in the history of the image of '{resource}' as the build argument '{argument}'.",
        $"Use WithBuildSecret(\"{argument}\", {parameter}) and read it with RUN --mount=type=secret.",
        $"resources.{resource}.build.args.{argument}");

    public static Problem UnknownDataDirectory(string resource, string image) => Input(
        "HST020",
        $"Where the image '{image}' of '{resource}' keeps its data is not known.",
        "Use WithVolume(name, target) with the folder that the image's documentation names.",
        $"resources.{resource}");

    public static Problem MissingDockerfile(string resource, string path) => Input(
        "HST021", $"The Dockerfile of '{resource}' does not exist: {path}", "Correct the path; it is relative to the build context.", $"resources.{resource}.build");

    public static Problem NotInManifest(string user, string place, string excluded) => Input(
        "HST022",
        $"'{user}' refers to '{excluded}', which is left out of the manifest.",
        $"Add the reference only where builder.ExecutionContext.IsRunMode, or do not call ExcludeFromManifest on '{excluded}'.",
        $"resources.{user}.{place}");

    public static Problem NoPortForContainer(string resource, string endpoint) => Input(
        "HST023",
        $"The endpoint '{endpoint}' of the container '{resource}' has no target port.",
        "Say which port the image listens on: WithHttpEndpoint(targetPort: 80).",
        $"resources.{resource}.bindings.{endpoint}");

    public static Problem InvalidEndpointName(string resource, string endpoint, string why) => Input(
        "HST024",
        $"'{endpoint}' is no name for an endpoint of '{resource}': {why}.",
        "Use ASCII letters, digits and single hyphens, start with a letter, end with a letter or a digit, and use at most 64 characters.",
        $"resources.{resource}.bindings.{endpoint}");

    private static string Suggest(string? closest, string otherwise) => closest is null ? otherwise : $"Did you mean '{closest}'? {otherwise}";

    private static Problem Input(string code, string summary, string fix, string subject) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
