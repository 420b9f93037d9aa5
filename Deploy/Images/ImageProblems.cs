using Platform.Deploy.Oci;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

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
}
