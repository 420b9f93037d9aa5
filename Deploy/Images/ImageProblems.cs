using System.Collections.Immutable;
using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Images;

/// <summary>The problems of building images.</summary>
internal static class ImageProblems
{
    public static Problem DoesNotBuild(string project, string errors) =>
        new("DEP200", $"'{Path.GetFileName(project)}' cannot be published.", "Correct the errors; 'dotnet publish' of the project shows them too.", ExitCode.Input) { Subject = project, Detail = errors };

    public static Problem NoSdk() =>
        new("DEP201", "There is no 'dotnet' command, which projects are published with.", "Install the .NET SDK that global.json names, and put it on the PATH.", ExitCode.Environment);

    public static Problem NoProgram(string resource, string assembly) =>
        new("DEP202", $"Publishing '{resource}' gave no program '{assembly}'.", "Make it a program: <OutputType>Exe</OutputType>, and do not set UseAppHost to false.", ExitCode.Input) { Subject = $"resources.{resource}" };

    public static Problem TookTooLong(string program, TimeSpan limit) =>
        new("DEP203", $"'{program}' did not end within {limit.TotalMinutes:0} minutes and was stopped.", "Run it by hand to see what it waits for.", ExitCode.Environment) { Subject = program };

    public static Problem ForeignRepository(string folder, string words) =>
        new("DEP204", "Git refuses to read the repository, because it belongs to another user.", $"Run 'git config --global --add safe.directory {folder}', or build as the user that it belongs to.", ExitCode.Environment) { Subject = folder, Detail = words };

    public static Problem WorkspaceBusy(string folder, string reason) =>
        new("DEP205", "The folder that images are built in cannot be used.", "Wait for the other build of this checkout, or make the folder writable.", ExitCode.Environment) { Subject = folder, Detail = reason };

    public static Problem DiskFull(string folder) =>
        new("DEP206", "There is no room left on the disk.", $"Make room; '{folder}' can be deleted at any time.", ExitCode.Environment) { Subject = folder };

    public static Problem CannotPack(string folder, string reason) =>
        new("DEP207", "The files of an image cannot be packed.", "Let nothing else write into the folder of the build, then try again.", ExitCode.Environment) { Subject = folder, Detail = reason };

    public static Problem UnreadableLock(string path, string reason) =>
        new("DEP208", $"{ImageLock.FileName} cannot be read.", "Correct it, or take the last version from the repository.", ExitCode.Input) { Subject = path, Detail = reason };

    public static Problem NotLocked(string reference, string path) =>
        new("DEP209", $"{ImageLock.FileName} does not say which digest '{reference}' stands for.", "Run 'images update-base' and commit the file.", ExitCode.Input) { Subject = path };

    public static Problem NoSuchArchitecture(string reference, string architecture, IEnumerable<string?> known) =>
        new("DEP210", $"'{reference}' is not made for {architecture}, only for {string.Join(", ", known.Where(name => name is not null and not "unknown").Distinct(StringComparer.Ordinal))}.", "Take another base with images.baseImage, or leave the architecture out with --architectures.", ExitCode.Input) { Subject = "images.baseImage" };

    public static Problem NoImage(RepositoryAddress repository, Digest digest) =>
        new("DEP211", $"{repository}@{digest.Short} is no container image.", "Name another image.", ExitCode.Input) { Subject = $"{repository}@{digest}" };

    public static Problem NoReference(string text, string? subject) =>
        new("DEP212", $"'{text}' is not the name of an image.", "Write HOST/REPOSITORY:TAG or HOST/REPOSITORY@sha256:DIGEST, with a repository in lower case.", ExitCode.Input) { Subject = subject };

    public static Problem UnreadableLayer(RepositoryAddress repository, Digest layer) =>
        new("DEP213", $"The layer {layer.Short} of {repository} is no archive that can be read.", "Take another base with images.baseImage.", ExitCode.Environment) { Subject = $"{repository}@{layer}" };

    public static Problem NoBuilder(string resource) =>
        new("DEP214", $"'{resource}' is built from a Dockerfile, and nothing on this machine builds Dockerfiles.", "Start Docker with its buildx plug-in, or install buildah or Podman.", ExitCode.Environment) { Subject = $"resources.{resource}.build" };

    public static Problem DockerfileFails(string resource, string platform, string lines) =>
        new("DEP215", $"The Dockerfile of '{resource}' cannot be built for {platform}.", "Correct the step that fails. A step that runs a program of another architecture needs its emulation (binfmt).", ExitCode.Input) { Subject = $"resources.{resource}.build", Detail = lines };

    public static Problem SteeringArgument(string name, string subject) =>
        new("DEP216", $"The build argument '{name}' has a name that the builder itself heeds.", "Give the argument another name in the Dockerfile and the AppHost.", ExitCode.Input) { Subject = subject };

    public static Problem NoSecret(string variable, string subject) =>
        new("DEP217", $"A build needs a secret that is not there: the variable '{variable}'.", $"Set {variable} for the build.", ExitCode.Environment) { Subject = subject };

    public static Problem LateValue(string subject) =>
        new("DEP218", "A build needs a value that is known only after AWS has made something.", "Give the build a value that is known before, or read it when the container starts.", ExitCode.Input) { Subject = subject };

    public static Problem NoSuchFile(string resource, string source, string path) =>
        new("DEP219", $"'{resource}' takes '{path}' from the image of '{source}', which does not have it.", "Correct the path, or the build that has to write it.", ExitCode.Input) { Subject = $"resources.{resource}.containerFiles.{source}" };

    public static Problem NoArchive(string resource, string reason) =>
        new("DEP220", $"What the builder gave for '{resource}' is no image that can be read.", "Build it by hand to see what the builder says, or use another builder.", ExitCode.Environment) { Subject = $"resources.{resource}.build", Detail = reason };

    public static Problem NoRegistry(string text, string subject) =>
        new("DEP238", $"'{text}' is not the address of a registry.", "Write HOST or HOST/PATH, such as ghcr.io/owner or localhost:5000.", ExitCode.Usage) { Subject = subject };

    public static Problem NothingToPromote(string resource, RepositoryAddress repository, string environment, string? tag) =>
        new("DEP239", tag is null ? $"No image of '{resource}' was made for the environment '{environment}'." : $"'{resource}' has no image '{tag}'.", tag is null ? $"Push to it first with 'images push --environment {environment}', or name a tag with --tag." : "Name one of the tags that 'images list' shows.", ExitCode.Input) { Subject = repository.ToString() };

    public static Problem Vulnerable(PushedImage image, ScanFindings findings, SeverityGate gate) =>
        new("DEP240", $"The image of '{image.Resource}' has known vulnerabilities: {findings.Text}.", $"Update the base with 'images update-base' and the packages of the application; images.severityGate ({gate.ToString().ToLowerInvariant()}) says what is refused.", ExitCode.Input) { Subject = image.Reference };

    public static Problem ScanGoesOn(PushedImage image, SeverityGate gate) =>
        new("DEP248", $"The registry has not ended its scan of the image of '{image.Resource}' in 10 minutes.", $"Run the command again: the image is there, and its scan goes on. Without images.severityGate ({gate.ToString().ToLowerInvariant()}) nobody waits for it.", ExitCode.ApplyFailed) { Subject = image.Reference };

    public static Problem ChangedLayer(string file) =>
        new("DEP245", "A layer that was packed on this machine is not what it was: something has changed its file.", "Run the command again, which packs it anew.", ExitCode.Environment) { Subject = file };

    public static Problem NotAsLocked(string project, string differences) =>
        new("DEP246", $"The packages of '{Path.GetFileName(project)}' are not those of its packages.lock.json.", "Run 'dotnet restore --force-evaluate' for the project and commit the file.", ExitCode.Input) { Subject = project, Detail = differences };

    public static Problem NotForArchitecture(PushedImage image, ImmutableArray<string> missing, (string Environment, ImmutableArray<string> Architectures) to, string from) =>
        new("DEP247", $"The image of '{image.Resource}' is not made for {string.Join(" and ", missing)}, which the cluster of '{to.Environment}' has (cluster.architectures).", $"Build it for all with 'images push --environment {from} --architectures {string.Join(',', to.Architectures)}', then promote that.", ExitCode.Input) { Subject = image.Reference };

    public static Problem NoTag(string tag) =>
        new("DEP241", $"'{tag}' cannot begin the tag of an image.", "Use letters, digits, '.', '_' and '-', at most 64, beginning with a letter or a digit; not 'latest', which would say nothing.", ExitCode.Usage) { Subject = "--tag" };

    public static Problem NoLinker(string runtimeIdentifier, string lacks) =>
        new("DEP250", $"Native AOT needs a linker for {runtimeIdentifier}, and this machine has {lacks}.", "Install clang and the libraries of that platform, build on a machine of it, leave it out with --architectures, or publish in another way with images.publishing.", ExitCode.Environment) { Subject = "images.publishing" };

    public static Problem NoEngine() =>
        new("DEP252", "No container engine answers on this machine, so there is nothing to load images into.", "Start Docker or Podman, or write archives with --archive DIR.", ExitCode.Environment) { Subject = "--load" };

    public static Problem NotLoaded(string resource, string engine, string lines) =>
        new("DEP253", $"'{engine}' does not load the image of '{resource}'.", "Correct what it says; --archive DIR writes the image as a file.", ExitCode.Environment) { Subject = $"resources.{resource}", Detail = lines };

    public static Problem CannotWriteArchive(string folder, string reason) =>
        new("DEP254", "The archive of an image cannot be written.", "Name a folder that you may write to.", ExitCode.Environment) { Subject = folder, Detail = reason };

    public static Problem NativeOnLinuxOnly(string runtimeIdentifier) =>
        new("DEP251", $"Native AOT compiles for {runtimeIdentifier} on Linux alone.", "Build on Linux, such as in a workflow of GitHub, or publish in another way with images.publishing.", ExitCode.Environment) { Subject = "images.publishing" };
}
