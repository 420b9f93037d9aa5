using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting;

/// <summary>
/// Reads <c>Properties/launchSettings.json</c>. Which profile counts: the one that was named; else the one called as the AppHost's own
/// (<c>DOTNET_LAUNCH_PROFILE</c>); else the first that starts the project.
/// </summary>
internal static class LaunchProfiles
{
    private static readonly ConcurrentDictionary<string, LaunchSettings> ByProject = new(StringComparer.Ordinal);

    public static void AddEndpoints(IResourceBuilder<ProjectResource> project)
    {
        var profile = Selected(project.Resource, project.ApplicationBuilder.Configuration["DOTNET_LAUNCH_PROFILE"]);
        if (profile is null)
        {
            return;
        }

        _ = project.WithAnnotation(profile);
        var publish = project.ApplicationBuilder.ExecutionContext.IsPublishMode;
        var urls = UrlsOf(profile.Profile);
        if (publish)
        {
            // A deployed project has no certificate: it listens on HTTP, and TLS ends in front of it. HTTP comes first, as Aspire writes it.
            var http = urls.Where(url => url.Scheme != "https").DefaultIfEmpty(new Uri("http://localhost"));
            urls = urls.Count == 0 ? urls : [.. http, .. urls.Where(url => url.Scheme == "https")];
        }

        foreach (var url in urls)
        {
            _ = project.WithAnnotation(new EndpointAnnotation(
                ProtocolType.Tcp,
                uriScheme: url.Scheme,
                name: UnusedName(project.Resource, url.Scheme),
                port: publish || url.Port == 0 ? null : url.Port)
            {
                FromLaunchProfile = true,
            });
        }
    }

    /// <summary>What is wrong with the launch profile of a project; null where nothing is.</summary>
    public static Problem? ProblemOf(ProjectResource project)
    {
        LaunchSettings settings;
        try
        {
            settings = Read(project.GetProjectMetadata());
        }
        catch (JsonException exception)
        {
            return ModelProblems.BrokenLaunchSettings(project.Name, PathOf(project.GetProjectMetadata()), exception.Message);
        }

        return project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var named) && !settings.Profiles.ContainsKey(named.LaunchProfileName)
            ? ModelProblems.UnknownLaunchProfile(project.Name, named.LaunchProfileName, settings.Profiles.Keys)
            : null;
    }

    private static SelectedLaunchProfile? Selected(ProjectResource project, string? nameOfHost)
    {
        LaunchSettings settings;
        try
        {
            settings = Read(project.GetProjectMetadata());
        }
        catch (JsonException)
        {
            return null; // Build() reports it
        }

        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var named))
        {
            return settings.Profiles.TryGetValue(named.LaunchProfileName, out var profile) ? new(named.LaunchProfileName, profile) : null;
        }

        var starting = settings.Profiles.Where(known => known.Value.CommandName == "Project").ToList();
        var chosen = starting.Find(known => known.Key == nameOfHost);
        chosen = chosen.Key is null ? starting.FirstOrDefault() : chosen;
        return chosen.Key is null ? null : new(chosen.Key, chosen.Value);
    }

    private static LaunchSettings Read(IProjectMetadata metadata) => metadata.LaunchSettings ?? ByProject.GetOrAdd(
        PathOf(metadata),
        static path => File.Exists(path)
            ? JsonSerializer.Deserialize(File.ReadAllText(path), LaunchSettingsJson.Default.LaunchSettings) ?? new LaunchSettings()
            : new LaunchSettings());

    private static string PathOf(IProjectMetadata metadata) =>
        Path.Combine(Path.GetDirectoryName(metadata.ProjectPath) ?? "", "Properties", "launchSettings.json");

    // Kestrel takes hosts that are no valid names, such as http://*:5000.
    private static List<Uri> UrlsOf(LaunchProfile profile) =>
    [
        .. (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => text.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal))
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null)
            .OfType<Uri>(),
    ];

    private static string UnusedName(ProjectResource project, string scheme)
    {
        var used = project.Annotations.OfType<EndpointAnnotation>().Count(known => known.UriScheme == scheme);
        return used == 0 ? scheme : $"{scheme}{used + 1}";
    }
}

/// <summary>The launch profile that counts for a project.</summary>
internal sealed record SelectedLaunchProfile(string Name, LaunchProfile Profile) : IResourceAnnotation;

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(LaunchSettings))]
internal sealed partial class LaunchSettingsJson : JsonSerializerContext;
