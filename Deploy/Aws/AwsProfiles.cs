using System.Collections.Immutable;

namespace Platform.Deploy.Aws;

/// <summary>
/// The two files that AWS's tools share, merged: <c>~/.aws/config</c> and <c>~/.aws/credentials</c>. What both say is taken from the second.
/// Keys of an indented block are joined by a dot: <c>cloudformation.endpoint_url</c>.
/// </summary>
/// <param name="Profiles">By name.</param>
/// <param name="Services">The <c>[services NAME]</c> sections, by name.</param>
internal sealed record AwsProfiles(
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Profiles,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Services)
{
    public static AwsProfiles None { get; } = Read("", "");

    /// <summary>Finds and reads the files; one that is absent is empty.</summary>
    public static AwsProfiles OfMachine(IReadOnlyDictionary<string, string> environment)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Read(Text("AWS_CONFIG_FILE", "config"), Text("AWS_SHARED_CREDENTIALS_FILE", "credentials"));

        string Text(string variable, string name)
        {
            var path = environment.GetValueOrDefault(variable) is { Length: > 0 } set ? set : Path.Combine(home, ".aws", name);
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
    }

    public static AwsProfiles Read(string config, string credentials)
    {
        var profiles = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        var services = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (title, key, value) in Settings(config))
        {
            if (title == "default")
            {
                Put(profiles, title, key, value);
            }
            else if (Named(title, "profile") is { } profile)
            {
                Put(profiles, profile, key, value);
            }
            else if (Named(title, "services") is { } service)
            {
                Put(services, service, key, value);
            }
        }

        foreach (var (title, key, value) in Settings(credentials))
        {
            Put(profiles, title, key, value);
        }

        return new AwsProfiles(Frozen(profiles), Frozen(services));
    }

    /// <summary>A setting of a profile; null where the profile, or the setting, does not exist.</summary>
    public string? Setting(string profile, string key) => Profiles.GetValueOrDefault(profile)?.GetValueOrDefault(key);

    public ProfileKind KindOf(string profile)
    {
        return
            Has("role_arn") ? Has("web_identity_token_file") ? ProfileKind.WebIdentity : ProfileKind.Role
            : Has("aws_access_key_id") ? ProfileKind.Keys
            : Has("sso_session") || Has("sso_start_url") ? ProfileKind.Sso
            : Has("credential_process") ? ProfileKind.Process
            : Has("login_session") ? ProfileKind.Login
            : ProfileKind.WithoutCredentials;

        bool Has(string key) => Setting(profile, key) is { Length: > 0 };
    }

    /// <summary>The profile whose SSO login a profile needs: itself, or one that its chain of roles comes to; null where there is none.</summary>
    public string? SsoProfileOf(string profile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = profile; current is not null && seen.Add(current); current = Setting(current, "source_profile"))
        {
            if (KindOf(current) == ProfileKind.Sso)
            {
                return current;
            }
        }

        return null;
    }

    private static IEnumerable<(string Title, string Key, string Value)> Settings(string text)
    {
        string title = "", block = "";
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            var content = line.TrimStart();
            if (content.Length == 0 || content[0] is '#' or ';')
            {
                continue;
            }

            if (content[0] == '[')
            {
                (title, block) = (content.Split(']')[0][1..].Trim(), "");
                // A section without a setting is a profile nevertheless.
                yield return (title, "", "");
                continue;
            }

            var equals = content.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || title.Length == 0)
            {
                continue;
            }

            var key = content[..equals].Trim().ToLowerInvariant();
            var value = WithoutComment(content[(equals + 1)..]);
            var nested = content.Length < line.Length && block.Length > 0;
            block = nested ? block : value.Length == 0 ? key : "";
            yield return (title, nested ? $"{block}.{key}" : key, value);
        }
    }

    // "profile dev", "profile \"my dev\"".
    private static string? Named(string title, string kind)
    {
        var parts = title.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts is [var first, var name] && first == kind ? name.Trim('"', '\'') : null;
    }

    private static string WithoutComment(string value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim();
    }

    private static void Put(SortedDictionary<string, SortedDictionary<string, string>> sections, string name, string key, string value)
    {
        if (!sections.TryGetValue(name, out var section))
        {
            sections[name] = section = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        if (key.Length > 0)
        {
            section[key] = value;
        }
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Frozen(SortedDictionary<string, SortedDictionary<string, string>> sections) =>
        sections.ToImmutableSortedDictionary(section => section.Key, section => section.Value.ToImmutableSortedDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}

/// <summary>How a profile gets its keys.</summary>
internal enum ProfileKind
{
    Keys,
    Sso,
    Role,
    WebIdentity,
    Process,

    /// <summary>Made by <c>aws login</c>.</summary>
    Login,
    WithoutCredentials,
}
