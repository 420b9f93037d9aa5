using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Planning;

/// <summary>Tells which of the places where credentials can be is used, and why.</summary>
internal static class CredentialStory
{
    /// <param name="named">Of <c>--profile</c>.</param>
    /// <param name="environment">The variables of the process. Only their names are told.</param>
    /// <param name="profiles">Of AWS's files.</param>
    public static string Of(string? named, IReadOnlyDictionary<string, string> environment, AwsProfiles profiles)
    {
        if (named is not null)
        {
            return $"{Profile(named, profiles)}, as --profile says";
        }

        if (Has("AWS_ACCESS_KEY_ID") || Has("AWS_SECRET_ACCESS_KEY"))
        {
            return $"the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY{(Has("AWS_SESSION_TOKEN") ? " with AWS_SESSION_TOKEN, so they run out" : "")}{(Has("AWS_PROFILE") ? "; they come before AWS_PROFILE" : "")}";
        }

        if (Has("AWS_WEB_IDENTITY_TOKEN_FILE") && Has("AWS_ROLE_ARN"))
        {
            return $"a web identity for {environment["AWS_ROLE_ARN"]}, as AWS_WEB_IDENTITY_TOKEN_FILE says";
        }

        if (Has("AWS_PROFILE"))
        {
            return $"{Profile(environment["AWS_PROFILE"], profiles)}, as AWS_PROFILE says";
        }

        return profiles.Profiles.ContainsKey(CredentialChain.DefaultProfile) && profiles.KindOf(CredentialChain.DefaultProfile) != ProfileKind.WithoutCredentials
            ? $"{Profile(CredentialChain.DefaultProfile, profiles)}, as nothing else is said"
            : Has("AWS_CONTAINER_CREDENTIALS_FULL_URI") || Has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ? "the role of the container" : "the role of the instance, as there are no keys and no profile";

        bool Has(string name) => environment.GetValueOrDefault(name) is { Length: > 0 };
    }

    // A chain of roles is told as it is gone through.
    private static string Profile(string name, AwsProfiles profiles)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var links = ImmutableArray.CreateBuilder<string>();
        for (var current = name; current is not null && seen.Add(current); current = profiles.Setting(current, "source_profile"))
        {
            links.Add($"profile {current} ({Kind(current, profiles)})");
        }

        return string.Join(", from ", links);
    }

    private static string Kind(string name, AwsProfiles profiles) => profiles.KindOf(name) switch
    {
        ProfileKind.Keys => "keys",
        ProfileKind.Sso => "login of IAM Identity Center",
        ProfileKind.Role => $"role {profiles.Setting(name, "role_arn")}",
        ProfileKind.WebIdentity => "web identity",
        ProfileKind.Process => "a program of yours",
        ProfileKind.Login => "aws login",
        _ => "no credentials",
    };
}
