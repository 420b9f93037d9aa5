using Platform.Deploy.Manifests;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Holds settings that name things of the manifest against it.</summary>
internal static class SettingsCheck
{
    public static void Check(KnownResources resources, EnvironmentSettings settings, SecretBook secrets, Findings findings)
    {
        var names = resources.All.Select(known => known.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in settings.Resources.Keys.Where(name => !names.Contains(name)))
        {
            findings.Add(ExposureProblems.UnknownResourceInSettings(name, resources.Closest(name)));
        }

        foreach (var name in settings.AllowMissing.Where(name => !names.Contains(name)))
        {
            findings.Add(ExposureProblems.UnknownMissing(name, resources.Closest(name)));
        }

        var parameters = resources.All
            .Select(known => known.Resource)
            .OfType<ManifestResource.Parameter>()
            .ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var name in settings.Parameters.Keys)
        {
            if (!parameters.TryGetValue(name, out var parameter))
            {
                findings.Add(ExposureProblems.UnknownParameterInSettings(name, ClosestName.Among(parameters.Keys, name)));
            }
            else if (parameter.Secret)
            {
                findings.Add(ReferenceProblems.SecretInSettings(parameter.Name, secrets.NameOf(parameter.Name)));
            }
        }
    }
}
