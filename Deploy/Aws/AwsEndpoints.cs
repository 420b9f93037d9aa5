using System.Collections.Immutable;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>Where the services of one region are.</summary>
/// <param name="Region">Such as <c>eu-west-1</c>.</param>
/// <param name="Configured">The addresses that take the place of AWS's. The path of one, if any, comes before that of each request; all end with a slash.</param>
internal sealed record AwsEndpoints(string Region, ImmutableDictionary<AwsApi, Uri> Configured)
{
    private const string Ignore = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    private const string Variable = "AWS_ENDPOINT_URL";
    private const string Key = "endpoint_url";

    private static readonly (string Variable, string Key)[] OtherKinds =
    [
        ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
    ];

    /// <summary>As AWS's own domain of this region ends.</summary>
    public string DnsSuffix => SuffixOf(Region);

    public static AwsEndpoints OfAws(string region) => new(region, ImmutableDictionary<AwsApi, Uri>.Empty);

    /// <summary>One address for all services.</summary>
    public static AwsEndpoints OfOne(string region, Uri address) => new(region, AwsApi.All.ToImmutableDictionary(api => api, _ => WithSlash(address)));

    public Uri AddressOf(AwsApi api) => Configured.GetValueOrDefault(api) ?? AwsAddressOf(api);

    /// <summary>AWS's own address, whatever is configured.</summary>
    public Uri AwsAddressOf(AwsApi api) => new(api.IsGlobal ? $"https://{GlobalHost(api)}/" : $"https://{api.HostPrefix}.{Region}.{DnsSuffix}/");

    /// <summary>The region that a signature names: that of the endpoint.</summary>
    public string SigningRegion(AwsApi api) => api.IsGlobal ? HomeOf(Region) : Region;

    /// <summary>
    /// As AWS's SDKs read them, first found: <c>AWS_ENDPOINT_URL_SERVICE</c>, <c>AWS_ENDPOINT_URL</c>, the profile's <c>services</c> section, the
    /// profile's <c>endpoint_url</c>; none of them where <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is true.
    /// </summary>
    public static AwsEndpointsReading Read(string region, IReadOnlyDictionary<string, string> environment, AwsProfiles profiles, string profile)
    {
        var isIgnored = IsTrue(environment.GetValueOrDefault(Ignore)) || IsTrue(profiles.Setting(profile, "ignore_configured_endpoint_urls"));
        var section = profiles.Setting(profile, "services") is { } name ? profiles.Services.GetValueOrDefault(name) : null;
        var configured = ImmutableDictionary.CreateBuilder<AwsApi, Uri>();
        var problems = new List<Problem>();
        foreach (var api in isIgnored ? [] : AwsApi.All)
        {
            var id = api.Id.Replace(' ', '_');
            var ownVariable = $"{Variable}_{id.ToUpperInvariant()}";
            var (origin, address) = new (string Origin, string? Address)[]
            {
                (ownVariable, environment.GetValueOrDefault(ownVariable)),
                (Variable, environment.GetValueOrDefault(Variable)),
                ($"{Key} of {api.Id} in the services of profile {profile}", section?.GetValueOrDefault($"{id.ToLowerInvariant()}.{Key}")),
                ($"{Key} of profile {profile}", profiles.Setting(profile, Key)),
            }.FirstOrDefault(candidate => candidate.Address is { Length: > 0 });
            if (address is not null && Parsed(address) is { } url)
            {
                configured[api] = url;
            }
            else if (address is not null && !problems.Exists(problem => problem.Subject == origin))
            {
                problems.Add(AwsProblems.BrokenEndpoint(origin, address));
            }
        }

        var others = OtherKinds.FirstOrDefault(kind => IsTrue(environment.GetValueOrDefault(kind.Variable)) || IsTrue(profiles.Setting(profile, kind.Key))).Variable;
        if (others is not null && configured.Count < AwsApi.All.Length)
        {
            problems.Add(AwsProblems.UnsupportedEndpoints(others));
        }

        return new AwsEndpointsReading(new AwsEndpoints(region, configured.ToImmutable()), [.. problems]);
    }

    /// <summary>Whether this can be the name of a region at all: it becomes part of host names.</summary>
    public static bool IsRegion(string text) =>
        text.Split('-').Length >= 3 && char.IsAsciiDigit(text[^1]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static Uri? Parsed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0 ? WithSlash(url) : null;

    private static Uri WithSlash(Uri address) => new(address.AbsoluteUri.TrimEnd('/') + "/");

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

internal sealed record AwsEndpointsReading(AwsEndpoints Endpoints, ImmutableArray<Problem> Problems);
