using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>
/// Which credentials are used, in the order of AWS's command line: the profile that was named, keys in the environment, a web identity, the
/// profile of <c>AWS_PROFILE</c> or the default one, those of the container or the instance. The SDK is loaded for what is neither.
/// </summary>
internal static class CredentialChain
{
    public const string DefaultProfile = "default";

    private const string KeyId = "AWS_ACCESS_KEY_ID";
    private const string Secret = "AWS_SECRET_ACCESS_KEY";

    /// <param name="named">The profile of <c>--profile</c>; null where none was named.</param>
    public static CredentialChoice Choose(string? named, IReadOnlyDictionary<string, string> environment, AwsProfiles profiles)
    {
        if (named is not null)
        {
            return OfProfile(named, profiles);
        }

        if (Set(KeyId) is { } id && Set(Secret) is { } secret)
        {
            var token = Set("AWS_SESSION_TOKEN") is { } text ? new SecretText(text) : null;
            return new CredentialChoice(AwsCredentials.Fixed("environment variables", new AwsKeys(id, new SecretText(secret), token)));
        }

        if (Set(KeyId) is not null || Set(Secret) is not null)
        {
            return new CredentialChoice(AwsProblems.HalfOfKeys(Set(KeyId) is null ? KeyId : Secret));
        }

        if (Set("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && Set("AWS_ROLE_ARN") is { } role)
        {
            return new CredentialChoice(SdkCredentials.OfWebIdentity(file, role, Set("AWS_ROLE_SESSION_NAME") ?? "platform"));
        }

        if (Set("AWS_PROFILE") is { } profile)
        {
            return OfProfile(profile, profiles);
        }

        if (profiles.Profiles.ContainsKey(DefaultProfile) && profiles.KindOf(DefaultProfile) != ProfileKind.WithoutCredentials)
        {
            return OfProfile(DefaultProfile, profiles);
        }

        var isInContainer = Set("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null || Set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null;
        return new CredentialChoice(isInContainer ? SdkCredentials.OfContainer() : SdkCredentials.OfInstance());

        string? Set(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    private static CredentialChoice OfProfile(string profile, AwsProfiles profiles)
    {
        if (!profiles.Profiles.ContainsKey(profile))
        {
            return new CredentialChoice(AwsProblems.UnknownProfile(profile, profiles.Profiles.Keys));
        }

        return profiles.KindOf(profile) switch
        {
            ProfileKind.WithoutCredentials => new CredentialChoice(AwsProblems.ProfileWithoutCredentials(profile)),
            ProfileKind.Login => new CredentialChoice(AwsProblems.LoginProfile(profile)),
            var kind => new CredentialChoice(SdkCredentials.OfProfile(profile, kind, profiles.SsoProfileOf(profile))),
        };
    }
}

/// <summary>Either credentials, or why there are none.</summary>
internal sealed record CredentialChoice(AwsCredentials? Credentials, Problem? Problem)
{
    public CredentialChoice(AwsCredentials credentials)
        : this(credentials, Problem: null)
    {
    }

    public CredentialChoice(Problem problem)
        : this(Credentials: null, problem)
    {
    }
}
