using System.Collections;
using System.Collections.Immutable;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Commands;

/// <summary>Gathers what the settings of the environments are read from, and reads them.</summary>
internal static class EnvironmentsReading
{
    private const string DefaultEnvironment = "dev";

    /// <param name="input">What the user said.</param>
    /// <param name="applicationFolder">Of the AppHost or the manifest: files of environments are looked for around it, and its name is the application's by default.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One for each environment, in the order of the command line, else by name.</returns>
    /// <exception cref="DeployException">An environment is not there, or its file cannot be read: all such problems.</exception>
    public static async Task<ImmutableArray<SettingsReading>> ReadAsync(ApplicationInput input, string applicationFolder, CancellationToken cancellationToken)
    {
        var folder = FolderOf(input, applicationFolder);
        if (input.SettingsFolder is { } said && !Directory.Exists(folder))
        {
            throw new DeployException(SettingsProblems.NoFolder(said));
        }

        var variables = Variables();
        var readings = ImmutableArray.CreateBuilder<SettingsReading>();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var environment in Names(input, folder))
        {
            try
            {
                readings.Add(SettingsReader.Read(new SettingsInput
                {
                    Environment = environment,
                    DefaultApplication = new DirectoryInfo(applicationFolder).Name,
                    File = await SettingsFiles.ReadAsync(environment, folder, input.WorkingDirectory, cancellationToken),
                    Variables = variables,
                    ProfileRegion = input.ProfileRegion,
                    Flags = input.Flags,
                }));
            }
            catch (DeployException unknown)
            {
                problems.AddRange(unknown.Problems);
            }
        }

        return problems.Count == 0 ? readings.ToImmutable() : throw new DeployException(problems);
    }

    /// <summary>The folder of the environments' files: the one that was named, else that around the application, else that around the working directory; null: there is none.</summary>
    public static string? FolderOf(ApplicationInput input, string applicationFolder) => input.SettingsFolder is { } said
        ? Path.GetFullPath(said, input.WorkingDirectory)
        : SettingsFiles.FolderAbove(applicationFolder) ?? SettingsFiles.FolderAbove(input.WorkingDirectory);

    private static ImmutableArray<string> Names(ApplicationInput input, string? folder)
    {
        if (!input.Environments.IsEmpty)
        {
            return input.Environments;
        }

        ImmutableArray<string> found = folder is null ? [] : [.. SettingsFiles.Names(folder)];
        return found.IsEmpty ? [DefaultEnvironment] : found;
    }

    private static ImmutableSortedDictionary<string, string> Variables()
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables.ToImmutable();
    }
}
