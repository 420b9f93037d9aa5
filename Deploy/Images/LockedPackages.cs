using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// Holds what was restored for an image against a project's own <c>packages.lock.json</c>. NuGet's locked mode would refuse every such file that
/// does not name the platforms of images, so the packages are compared instead:
/// <c>{ "dependencies": { "net10.0": { "Name": { "type": "Direct", "resolved": "1.2.3", "contentHash": "…" } }, "net10.0/linux-x64": { … } } }</c>.
/// </summary>
internal static class LockedPackages
{
    public const string FileName = "packages.lock.json";
    private const int MostLines = 20;

    // References that the SDK adds for native and trimmed programs.
    private static readonly string[] OfSdk = ["Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks"];

    /// <param name="project">Absolute path of the project.</param>
    /// <param name="restored">Path of the lock file that its restore for the image has written.</param>
    /// <returns>Null where there is nothing to hold it against, or nothing differs.</returns>
    public static Problem? Check(string project, string restored)
    {
        var own = Path.Combine(Path.GetDirectoryName(project) ?? "", FileName);
        if (!File.Exists(own) || !File.Exists(restored))
        {
            return null;
        }

        ImmutableArray<string> differences;
        try
        {
            differences = Differences(File.ReadAllBytes(own), File.ReadAllBytes(restored));
        }
        catch (JsonException failure)
        {
            differences = [failure.Message];
        }

        return differences.Length == 0
            ? null
            : ImageProblems.NotAsLocked(project, string.Join('\n', differences.Length > MostLines ? [.. differences.Take(MostLines), $"and {differences.Length - MostLines} more"] : differences));
    }

    /// <summary>One line for each package that is another; sorted.</summary>
    /// <param name="locked">The project's file.</param>
    /// <param name="restored">What was restored, with the platforms.</param>
    /// <exception cref="JsonException">One of them is no such file.</exception>
    public static ImmutableArray<string> Differences(byte[] locked, byte[] restored)
    {
        var (expected, found) = (Read(locked), Read(restored));
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (framework, packages) in found)
        {
            var withoutPlatform = framework.Split('/')[0];
            var forAll = expected.GetValueOrDefault(withoutPlatform) ?? [];
            var forPlatform = expected.GetValueOrDefault(framework) ?? forAll;
            foreach (var (name, package) in packages)
            {
                if ((forPlatform.GetValueOrDefault(name) ?? forAll.GetValueOrDefault(name)) is { } known)
                {
                    if (known.Version != package.Version)
                    {
                        lines.Add($"{name}: {known.Version} is locked, {package.Version} was restored");
                    }
                    else if (known.Hash is not null && package.Hash is not null && known.Hash != package.Hash)
                    {
                        lines.Add($"{name} {known.Version}: other content is locked than was restored");
                    }
                }
                else if (framework == withoutPlatform && !OfSdk.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    // What is for a platform alone comes with a package that is locked.
                    lines.Add($"{name}: {package.Version} was restored and is not locked");
                }
            }

            if (framework == withoutPlatform)
            {
                lines.UnionWith(forAll.Where(package => !packages.ContainsKey(package.Key)).Select(package => $"{package.Key}: {package.Value.Version} is locked and was not restored"));
            }
        }

        return [.. lines];
    }

    private static Dictionary<string, Dictionary<string, LockedPackage>> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("dependencies", out var frameworks) || frameworks.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"It is no {FileName}.");
        }

        return frameworks.EnumerateObject().ToDictionary(framework => framework.Name, framework => Packages(framework.Value), StringComparer.Ordinal);
    }

    // Projects have no version.
    private static Dictionary<string, LockedPackage> Packages(JsonElement framework)
    {
        var packages = new Dictionary<string, LockedPackage>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in framework.EnumerateObject())
        {
            if (Text(package.Value, "resolved") is { } version)
            {
                packages[package.Name] = new LockedPackage(version, Text(package.Value, "contentHash"));
            }
        }

        return packages;
    }

    private static string? Text(JsonElement package, string member) =>
        package.ValueKind == JsonValueKind.Object && package.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record LockedPackage(string Version, string? Hash);
}
