using Platform.Deploy.Settings;

namespace Platform.Deploy.Model;

/// <summary>Where our images are, and the copies of others'.</summary>
internal static class ImageRegistry
{
    private const string NoAccount = "000000000000";

    /// <summary>Host, and path where there is one, in front of a repository's name: <c>123456789012.dkr.ecr.eu-central-1.amazonaws.com</c>.</summary>
    public static string Of(EnvironmentSettings settings) =>
        settings.Registry.Existing?.TrimEnd('/')
        ?? $"{settings.Account ?? NoAccount}.dkr.ecr.{settings.Region}.amazonaws.com{(settings.Region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
}
