using Platform.Deploy.Problems;

namespace Platform.Deploy.Model;

/// <summary>What can be wrong with a container and its surroundings, found while the model is bound: DEP072 to DEP089.</summary>
internal static class WorkloadProblems
{
    public static Problem PortSpeaksTwice(string resource, int port, string first, string second) => Input(
        "DEP072",
        $"The bindings '{first}' and '{second}' of '{resource}' share the container's port {port}, but not the protocol.",
        "Give one of them another target port, or both the same transport.",
        $"resources.{resource}.bindings.{second}");

    public static Problem ServicePortTwice(string resource, int port, string first, string second) => Input(
        "DEP073",
        $"The bindings '{first}' and '{second}' of '{resource}' both want to be reached through port {port}.",
        "Give one of them another port.",
        $"resources.{resource}.bindings.{second}");

    public static Problem SharedVolume(string volume, IReadOnlyList<string> users) => Input(
        "DEP076",
        $"The volume '{volume}' is used by {Names(users)}: a disk belongs to one workload in the cluster.",
        "Give each a volume of its own, or share the files through a service, such as an object store.",
        $"resources.{users[^1]}.volumes");

    public static Problem VolumeMountedTwice(string resource, string volume) => Input(
        "DEP074",
        $"'{resource}' mounts the volume '{volume}' at more than one path.",
        "Use one volume a path.",
        $"resources.{resource}.volumes");

    public static Problem IllegalPath(string place, string path) => Input(
        "DEP077",
        $"'{path}' is no place for files in a Linux container.",
        "Use an absolute path below the root, with '/', without '..' and ':'.",
        place);

    public static Problem PathTwice(string place, string path) => Input(
        "DEP081",
        path == "/tmp" ? "'/tmp' is a folder of its own in every container, and empty at each start." : $"Two volumes or mounts share the path '{path}'.",
        "Use another path.",
        place);

    public static Problem JobWithVolumes(string resource) => Input(
        "DEP078",
        $"Others wait for the end of '{resource}', which makes it a job, and it has volumes, which a job cannot keep.",
        "Remove the volumes, or wait for it to be healthy instead.",
        $"resources.{resource}.volumes");

    public static Problem WaitCircle(IReadOnlyList<string> circle) => Input(
        "DEP079",
        $"These resources wait for each other, so none would ever start: {string.Join(" → ", circle)}.",
        $"Remove one wait, for example that of '{circle[0]}' for '{circle[1]}'.",
        $"deploymentHints.{circle[0]}.waitFor");

    public static Problem ExitCodeOfWait(string waiting, string target, int exitCode) => Input(
        "DEP080",
        $"'{waiting}' waits until '{target}' ends with exit code {exitCode}; to a job of Kubernetes only 0 is success.",
        $"Let '{target}' end with 0.",
        $"deploymentHints.{waiting}.waitFor");

    public static Problem StatefulAutoscaling(string resource) => Input(
        "DEP082",
        $"'{resource}' has volumes, and every replica would have its own: it cannot be scaled by load.",
        "Remove replicas.max, or set it to min.",
        $"resources.{resource}.replicas");

    public static Problem ProbeWithoutPort(string resource, string probe) => Input(
        "DEP084",
        $"The {probe} probe of '{resource}' has no port to ask.",
        $"Set resources.{resource}.{probe}.port, or give the resource an endpoint.",
        $"resources.{resource}.{probe}");

    public static Problem MetricsWithoutPort(string resource) => Input(
        "DEP083",
        $"'{resource}' has metrics by its settings, and no port to read them from.",
        $"Set resources.{resource}.managementPort, or give the resource an HTTP endpoint.",
        $"resources.{resource}.metricsPath");

    public static Problem IllegalImage(string place, string name) => Input(
        "DEP086",
        $"'{name}' is no name of an image.",
        "Write it as HOST/NAME:TAG, in lower case.",
        place);

    public static Problem MovingImage(string place, string image, string environment) => Input(
        "DEP087",
        $"The image '{image}' has no fixed tag, so what runs in {environment} could change without a deployment.",
        "Name a version: WithImageTag(\"…\") in the AppHost.",
        place);

    public static Problem FilesOfNoImage(string place, string source) => Input(
        "DEP088",
        $"Files are to be copied from '{source}', whose image is not built here.",
        "Copy from a project or a Dockerfile of the application.",
        place);

    public static Problem FilesIntoFinishedImage(string resource, string image) => Input(
        "DEP085",
        $"Files are to be copied into '{resource}', whose image '{image}' is finished.",
        "Make it from a Dockerfile that begins with that image.",
        $"resources.{resource}.containerFiles");

    public static Problem FilesCircle(IReadOnlyList<string> circle) => Input(
        "DEP089",
        $"These images are made of files of each other: {string.Join(" → ", circle)}.",
        $"Make the image of '{circle[0]}' without files of '{circle[1]}'.",
        $"resources.{circle[0]}.containerFiles");

    private static string Names(IReadOnlyList<string> names) =>
        names.Count == 1 ? $"'{names[0]}'" : $"{string.Join(", ", names.Take(names.Count - 1).Select(name => $"'{name}'"))} and '{names[^1]}'";

    private static Problem Input(string code, string summary, string fix, string subject) => new(code, summary, fix, ExitCode.Input) { Subject = subject };
}
