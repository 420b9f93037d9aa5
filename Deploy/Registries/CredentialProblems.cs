using Platform.Deploy.Problems;

namespace Platform.Deploy.Registries;

/// <summary>The problems of finding credentials.</summary>
internal static class CredentialProblems
{
    public static Problem UnreadableFile(string file, string reason) =>
        new("DEP235", "The file with the credentials of registries cannot be read.", "Correct it, or run 'docker login' again.", ExitCode.Environment) { Subject = file, Detail = reason };

    public static Problem NoProgram(string program, string server, string reason) =>
        new("DEP236", $"The credentials of {server} are kept by '{program}', which does not start.", "Install it, or remove its name from the Docker configuration and run 'docker login' again.", ExitCode.Environment) { Subject = program, Detail = reason };

    public static Problem ProgramFailed(string program, string server, string reason) =>
        new("DEP237", $"'{program}' does not hand out the credentials of {server}.", $"Run 'docker login {server}' again.", ExitCode.Environment) { Subject = program, Detail = reason };
}
