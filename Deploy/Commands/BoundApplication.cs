using System.Collections.Immutable;
using Platform.Deploy.Manifests;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Rendering;
using Platform.Deploy.Sources;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>An application, read and bound in every environment that was asked for: where all verbs that deploy begin.</summary>
/// <param name="Models">One an environment, in the order of the command line. Complete only where there is no problem.</param>
/// <param name="Coverage">Of the same environments.</param>
/// <param name="Notes">What is worth telling and stops nothing.</param>
/// <param name="Problems">Of the manifest, the settings and the binding.</param>
internal sealed record BoundApplication(
    ImmutableArray<DeploymentModel> Models,
    ImmutableArray<EnvironmentCoverage> Coverage,
    ImmutableArray<ManifestNote> Notes,
    ImmutableArray<Problem> Problems)
{
    /// <summary>Absolute path of the manifest's folder, to which its paths are relative.</summary>
    public required string Folder { get; init; }

    /// <summary>As it was written; null where it could not be read.</summary>
    public Manifest? Manifest { get; init; }

    /// <summary>What cannot be had at all, such as the manifest or an environment, is a problem beside those of all else.</summary>
    /// <param name="input">What the user said.</param>
    /// <param name="screen">Gets signs of life while an AppHost runs.</param>
    /// <param name="cancellationToken">Ends the AppHost too.</param>
    /// <exception cref="DeployException">There is no such AppHost.</exception>
    public static async Task<BoundApplication> ReadAsync(ApplicationInput input, Screen screen, CancellationToken cancellationToken)
    {
        var folder = ApplicationSource.Folder(input);
        var (settings, withoutSettings) = await TriedAsync(EnvironmentsReading.ReadAsync(input, folder, cancellationToken));
        var (source, withoutSource) = await TriedAsync(ApplicationSource.ReadAsync(input, screen, cancellationToken));
        var reading = source is null ? null : ManifestReader.Read(source);
        var environments = settings.IsDefault ? [] : settings;

        // Of a file that is no manifest every reference of the settings would be wrong too.
        if (reading is null || settings.IsDefault || (reading.Manifest.Resources.IsEmpty && !reading.Problems.IsEmpty))
        {
            var own = EnvironmentProblems.Of(environments.Select(environment => (environment.Settings.Environment, environment.Problems)));
            return new BoundApplication([], [], reading?.Notes ?? [], [.. withoutSource, .. reading?.Problems ?? [], .. withoutSettings, .. own]) { Folder = folder };
        }

        var mounts = MountedFiles.Read(reading.Manifest, SourceRoot.Around(reading.Manifest.Folder));
        var bindings = environments.Select(environment => ModelBinder.Bind(reading.Manifest, environment.Settings, mounts)).ToImmutableArray();
        var problems = EnvironmentProblems.Of(environments.Zip(bindings, (environment, binding) => (environment.Settings.Environment, environment.Problems.AddRange(binding.Problems))));
        return new BoundApplication(
            [.. bindings.Select(binding => binding.Model)],
            [.. bindings.Select(binding => new EnvironmentCoverage(binding.Model.Settings.Environment, binding.Coverage))],
            reading.Notes,
            [.. reading.Problems, .. problems])
        {
            Folder = reading.Manifest.Folder,
            Manifest = reading.Manifest,
        };
    }

    private static async Task<(T? Result, ImmutableArray<Problem> Problems)> TriedAsync<T>(Task<T> effect)
    {
        try
        {
            return (await effect, []);
        }
        catch (DeployException failed)
        {
            return (default, failed.Problems);
        }
    }
}
