using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>Where the services of one region are.</summary>
/// <param name="Region">Such as <c>eu-west-1</c>.</param>
/// <param name="Configured">The address that takes the place of AWS's, or null. Its path, if any, comes before that of each request.</param>
internal sealed record AwsEndpoints(string Region, Func<AwsApi, Uri?> Configured)
{
    private const string Ignore = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    private const string Variable = "AWS_ENDPOINT_URL";
    private const string Key = "endpoint_url";

    private static readonly (string Variable, string Key)[] Others =
    [
        ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
    ];

    /// <summary>As AWS's own domain of this region ends.</summary>
    public string DnsSuffix => SuffixOf(Region);

    /// <summary>The variable or setting that asks for FIPS or dual-stack endpoints; null where nothing does.</summary>
    public string? AskedForOthers { get; init; }

    public Uri AddressOf(AwsApi api) =>
        Configured(api) ?? (AskedForOthers is null ? AwsAddressOf(api) : throw new DeployException(AwsProblems.UnsupportedEndpoints(AskedForOthers)));

    /// <summary>AWS's own address, whatever is configured.</summary>
    public Uri AwsAddressOf(AwsApi api) => new(api.IsGlobal ? $"https://{GlobalHost(api)}/" : $"https://{api.HostPrefix}.{Region}.{DnsSuffix}/");

    /// <summary>The region that a signature names: that of the endpoint.</summary>
    public string SigningRegion(AwsApi api) => api.IsGlobal ? HomeOf(Region) : Region;

    /// <summary>
    /// As AWS's SDKs read them, first found: <c>AWS_ENDPOINT_URL_SERVICE</c>, <c>AWS_ENDPOINT_URL</c>, the profile's <c>services</c> section, the
    /// profile's <c>endpoint_url</c>; none of them where <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is true.
    /// </summary>
    public static AwsEndpoints Of(string region, IReadOnlyDictionary<string, string> environment, AwsProfiles profiles, string profile)
    {
        var others = Others.FirstOrDefault(other => IsTrue(environment.GetValueOrDefault(other.Variable)) || IsTrue(profiles.Setting(profile, other.Key))).Variable;
        if (IsTrue(environment.GetValueOrDefault(Ignore)) || IsTrue(profiles.Setting(profile, "ignore_configured_endpoint_urls")))
        {
            return new AwsEndpoints(region, _ => null) { AskedForOthers = others };
        }

        var section = profiles.Setting(profile, "services") is { } name ? profiles.Services.GetValueOrDefault(name) : null;
        return new AwsEndpoints(region, api =>
        {
            var id = api.Id.Replace(' ', '_');
            var candidates = new (string Origin, string? Address)[]
            {
                ($"{Variable}_{id.ToUpperInvariant()}", environment.GetValueOrDefault($"{Variable}_{id.ToUpperInvariant()}")),
                (Variable, environment.GetValueOrDefault(Variable)),
                ($"{Key} of {api.Id} in the services of profile {profile}", section?.GetValueOrDefault($"{id.ToLowerInvariant()}.{Key}")),
                ($"{Key} of profile {profile}", profiles.Setting(profile, Key)),
            };
            var (origin, address) = candidates.FirstOrDefault(candidate => candidate.Address is { Length: > 0 });
            return address is null ? null : Parsed(origin, address);
        })
        { AskedForOthers = others };
    }

    /// <summary>Whether this can be the name of a region at all: it becomes part of host names.</summary>
    public static bool IsRegion(string text) =>
        text.Split('-').Length >= 3 && char.IsAsciiDigit(text[^1]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static Uri Parsed(string origin, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0
            ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
            : throw new DeployException(AwsProblems.BrokenEndpoint(origin, address));

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    private string GlobalHost(AwsApi api) => Region switch
    {
        _ when Region.StartsWith("cn-", StringComparison.Ordinal) => $"{api.HostPrefix}.cn-north-1.{DnsSuffix}",
        _ when Region.StartsWith("us-gov-", StringComparison.Ordinal) => $"{api.HostPrefix}.us-gov.{DnsSuffix}",
        _ when DnsSuffix != "amazonaws.com" => $"{api.HostPrefix}.{HomeOf(Region)}.{DnsSuffix}",
        _ => $"{api.HostPrefix}.{DnsSuffix}",
    };

    // The partitions of AWS, by their regions' names.
    private static string SuffixOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "c2s.ic.gov",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "sc2s.sgov.gov",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ => "amazonaws.com",
    };

    private static string HomeOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "cn-north-1",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "us-gov-west-1",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "us-iso-east-1",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "us-isob-east-1",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "eusc-de-east-1",
        _ => "us-east-1",
    };
}
