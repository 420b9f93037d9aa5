using System.Reflection;
using System.Runtime.InteropServices;

namespace Platform.Hosting.Bundles;

/// <summary>Everything the search for the bundle depends on.</summary>
internal sealed record BundleSearch
{
    /// <summary>The metadata attribute by which the AppHost's build tells where it restored the bundle.</summary>
    public const string RestoredPathAttribute = "PlatformBundlePath";

    /// <summary>What the user set by an option of ours; wins. Null where not set.</summary>
    public string? Option { get; init; }

    /// <summary>Where the AppHost's build restored the bundle; null where it does not restore one.</summary>
    public string? RestoredPath { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>The user's home directory.</summary>
    public required string Home { get; init; }

    /// <summary>Such as <c>linux-x64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The search on this machine for this application.</summary>
    /// <param name="option">What the user set, or null.</param>
    /// <param name="appHost">The AppHost's assembly; null for none.</param>
    public static BundleSearch Here(string? option, Assembly? appHost) => new()
    {
        Option = option,
        RestoredPath = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == RestoredPathAttribute)?.Value,
        Environment = System.Environment.GetEnvironmentVariable,
        Home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        Platform = PlatformName(),
    };

    private static string PlatformName()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }
}
