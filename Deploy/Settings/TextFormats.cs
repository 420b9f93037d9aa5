namespace Platform.Deploy.Settings;

/// <summary>Texts of Kubernetes, DNS, Git and the file system.</summary>
internal static class TextFormats
{
    private const int LabelLimit = 63;
    private const int HostLimit = 253;

    public static readonly SettingFormat Any = new("a text", "hello", _ => true);

    public static readonly SettingFormat Application = Name("a name for an application", 24, "shop");

    public static readonly SettingFormat Environment = Name("a name for an environment", 12, "staging");

    public static readonly SettingFormat Namespace = new(
        "a namespace of your own (at most 63 lower-case letters, digits and hyphens; not default, kube-…, observability)",
        "shop",
        text => IsLabel(text, LabelLimit) && text is not ("default" or "observability") && !text.StartsWith("kube-", StringComparison.Ordinal))
    {
        Pattern = "^(?!kube-|default$|observability$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
    };

    public static readonly SettingFormat Host = new("a DNS name in lower case", "shop.example.com", IsHost) { Pattern = @"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$" };

    public static readonly SettingFormat Email =
        new("an e-mail address", "team@example.com", text => text.Split('@') is [{ Length: > 0 and <= 64 } user, var host] && user.All(IsVisible) && IsHost(host.ToLowerInvariant()))
        {
            Pattern = @"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        };

    /// <summary>Without a user or password: these would be seen by everybody who reads the artifacts.</summary>
    public static readonly SettingFormat Url = new(
        "an http or https URL without user and password",
        "https://billing.example.com",
        text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && text.All(IsVisible))
    {
        Pattern = @"^https?://[^\s@]+$",
        IsConfidential = true,
    };

    /// <summary>A service of any protocol, such as <c>tcp://db.example.com:5432</c>.</summary>
    public static readonly SettingFormat ServiceUrl = new(
        "a URL without user and password",
        "https://billing.example.com",
        text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 && url.UserInfo.Length == 0 && text.All(IsVisible))
    {
        Pattern = @"^[a-z][a-z0-9+.-]*://[^\s@]+$",
        IsConfidential = true,
    };

    public static readonly SettingFormat GitUrl = new(
        "the URL of a Git repository without a password",
        "https://github.com/owner/shop.git",
        text => text.All(IsVisible) && (Url.Accepts(text) || IsSsh(text)))
    {
        Pattern = @"^(https?://[^\s@]+|ssh://[^\s]+|[\w.-]+@[\w.-]+:\S+)$",
        IsConfidential = true,
    };

    public static readonly SettingFormat GitRevision = new("a branch, tag or commit", "main", text => text.Length > 0 && text.All(IsVisible) && text[0] != '-') { Pattern = @"^[^\s-]\S*$" };

    public static readonly SettingFormat GitHubRepository =
        new("a repository as owner/name", "octocat/shop", text => text.Split('/') is [var owner, var name] && IsGitHubName(owner) && IsGitHubName(name)) { Pattern = "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$" };

    /// <summary>Digits alone, so that no wildcard gets into a trust policy.</summary>
    public static readonly SettingFormat Id = new("a number in digits", "583231", text => text.Length <= 20 && Digits(text)) { Pattern = "^[0-9]{1,20}$" };

    public static readonly SettingFormat UrlPath = new("a URL path from '/'", "/health", text => text.StartsWith('/') && text.All(IsVisible)) { Pattern = @"^/\S*$" };

    public static readonly SettingFormat Folder =
        new("an absolute path of a folder in the container", "/var/cache/app", text => text.Length > 1 && text[0] == '/' && text.All(IsVisible) && HasNoDots(text)) { Pattern = @"^/\S+$" };

    public static readonly SettingFormat RelativeFolder =
        new("a folder inside the repository", "deploy", text => text.Length > 0 && text[0] != '/' && !text.Contains('\\', StringComparison.Ordinal) && text.All(IsVisible) && HasNoDots(text)) { Pattern = @"^[^/\s]\S*$" };

    public static readonly SettingFormat Image = new("an image reference", "mcr.microsoft.com/dotnet/aspnet:10.0", IsImage) { Pattern = @"^[a-z0-9]\S*$" };

    public static readonly SettingFormat Registry = new("a registry, as its host and a path, without a scheme", "ghcr.io/owner", IsRegistry)
    {
        Pattern = "^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)*$",
        IsConfidential = true,
    };

    public static readonly SettingFormat KubernetesVersion =
        new("a Kubernetes version as MAJOR.MINOR", "1.36", text => text.Split('.') is ["1", { Length: 2 } minor] && Digits(minor)) { Pattern = "^1\\.[0-9]{2}$" };

    /// <summary>A key of <c>resources</c> or <c>parameters</c>; the binder knows which there are.</summary>
    public static readonly SettingFormat ResourceName = new("the name of a resource", "web", text => text.Length > 0);

    public static readonly SettingFormat VariableName =
        new("the name of an environment variable", "Logging__LogLevel__Default", text => text.Length > 0 && !text.Contains('=', StringComparison.Ordinal) && text.All(character => character is >= ' ' and <= '~'));

    public static bool Digits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static SettingFormat Name(string name, int limit, string example) =>
        new($"{name} (at most {limit} lower-case letters, digits and hyphens; first a letter)", example, text => IsLabel(text, limit) && char.IsAsciiLetterLower(text[0]))
        {
            Pattern = $"^[a-z]([a-z0-9-]{{0,{limit - 2}}}[a-z0-9])?$",
        };

    private static bool IsLabel(string text, int limit) =>
        text.Length > 0 && text.Length <= limit && text[0] != '-' && text[^1] != '-' && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private static bool IsHost(string text) =>
        text.Length <= HostLimit && text.Split('.') is { Length: > 1 } labels && labels.All(label => IsLabel(label, LabelLimit)) && !Digits(labels[^1]);

    // git@github.com:owner/shop.git, ssh://git@github.com/owner/shop.git: a user, never a password.
    private static bool IsSsh(string text) =>
        text.StartsWith("ssh://", StringComparison.Ordinal)
            ? Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 && !url.UserInfo.Contains(':', StringComparison.Ordinal)
            : text.Split('@') is [{ Length: > 0 } user, var rest] && user.All(char.IsAsciiLetterOrDigit) && rest.Split(':') is [var host, { Length: > 0 }] && IsHost(host.ToLowerInvariant());

    private static bool IsGitHubName(string text) =>
        text.Length is > 0 and <= 100 && text is not ("." or "..") && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    private static bool IsImage(string text) =>
        text.Length is > 0 and <= 512
        && (char.IsAsciiLetterLower(text[0]) || char.IsAsciiDigit(text[0]))
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "./:@_-".Contains(character, StringComparison.Ordinal))
        && !text.Contains("//", StringComparison.Ordinal)
        && text[^1] is not ('/' or ':' or '@')
        && !text.Split('@')[0].Split(':')[0].Any(char.IsAsciiLetterUpper);

    // What has neither dot nor port would be a repository of Docker Hub.
    private static bool IsRegistry(string text) =>
        text.Split('/') is [var host, .. var path]
        && path.All(segment => segment.Length > 0 && segment.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '_' or '-'))
        && (host.Split(':') switch
        {
            [var name] => IsHost(name),
            [var name, var port] => (IsHost(name) || name == "localhost") && Digits(port) && port.Length <= 5,
            _ => false,
        });

    private static bool HasNoDots(string path) => path.Split('/').All(segment => segment is not (".." or "."));

    private static bool IsVisible(char character) => character is > ' ' and <= '~';
}
