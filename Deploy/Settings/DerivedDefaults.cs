using System.Collections.Immutable;
using System.Text;

namespace Platform.Deploy.Settings;

/// <summary>Defaults that follow from other settings.</summary>
internal static class DerivedDefaults
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>Where a region may be named, in the order in which AWS's own tools look.</summary>
    private static readonly ImmutableArray<string> RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <param name="settings">All settings; those that the default follows from are asked for.</param>
    public static SettingValue For(string key, SettingValues settings, SettingsInput input) => key switch
    {
        "application" => Text(Fit(input.DefaultApplication)),
        "profile" => Text(SettingWords.All(typeof(Profile)).Contains(input.Environment) ? input.Environment : SettingWords.Of(Profile.Dev)),
        "region" => Text(RegionOfTools(input) is { Region: var region } && AwsFormats.Region.Accepts(region) ? region : DefaultRegion),
        "availabilityZones" => new SettingValue.List(Zones(settings)),
        "namespace" => Text(settings.OptionalText("cluster.existing.name") is null ? settings.Text("application") : $"{settings.Text("application")}-{input.Environment}"),
        "network.natGateways" => new SettingValue.Integer(NatGateways(settings)),
        "cluster.endpoint" => Text(SettingWords.Of(Endpoint(settings))),
        "images.mirror" => new SettingValue.Boolean(IsProduction(settings) || (Egress)settings.Choice("network.egress", typeof(Egress)) == Egress.Private),
        "operations.bastion" => new SettingValue.Boolean((EndpointAccess)settings.Choice("cluster.endpoint", typeof(EndpointAccess)) == EndpointAccess.Private),
        _ => throw new System.Diagnostics.UnreachableException(key),
    };

    /// <summary>The region that AWS's own tools would take, and what says so; null: nothing does.</summary>
    public static NamedRegion? RegionOfTools(SettingsInput input) =>
        RegionVariables.Select(name => new NamedRegion(name, input.Variables.GetValueOrDefault(name, "")))
            .Append(new NamedRegion("the profile of AWS", input.ProfileRegion ?? ""))
            .FirstOrDefault(named => named.Region.Length > 0);

    // 'My.Shop.AppHost' is my-shop.
    private static string Fit(string name)
    {
        const int limit = 24;
        const string suffix = "apphost";
        var clean = new StringBuilder(name.Length);
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                clean.Append(character);
            }
            else if (clean.Length > 0 && clean[^1] != '-')
            {
                clean.Append('-');
            }
        }

        var fit = clean.ToString();
        fit = fit.EndsWith(suffix, StringComparison.Ordinal) && fit.Length > suffix.Length ? fit[..^suffix.Length] : fit;
        fit = fit.Length > 0 && char.IsAsciiDigit(fit[0]) ? "app-" + fit : fit;
        fit = fit[..Math.Min(fit.Length, limit)].Trim('-');
        return fit.Length == 0 ? "app" : fit;
    }

    // None where the region is not known: the operator is asked for them.
    private static ImmutableArray<string> Zones(SettingValues settings) => Regions.Zones(settings.Text("region"), IsProduction(settings) ? 3 : 2) ?? [];

    private static int NatGateways(SettingValues settings) =>
        (Egress)settings.Choice("network.egress", typeof(Egress)) != Egress.Nat ? 0
        : IsProduction(settings) ? settings.List("availabilityZones").Length
        : 1;

    private static EndpointAccess Endpoint(SettingValues settings) => (Profile)settings.Choice("profile", typeof(Profile)) switch
    {
        Profile.Dev => EndpointAccess.Public,
        Profile.Staging => settings.List("cluster.publicAccessCidrs").IsEmpty ? EndpointAccess.Private : EndpointAccess.Public,
        _ => EndpointAccess.Private,
    };

    private static bool IsProduction(SettingValues settings) => (Profile)settings.Choice("profile", typeof(Profile)) == Profile.Production;

    private static SettingValue.Text Text(string text) => new(text);
}

/// <param name="Source">To show, such as <c>AWS_REGION</c>.</param>
internal sealed record NamedRegion(string Source, string Region);
