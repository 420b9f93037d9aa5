using System.Collections.Immutable;
using System.Globalization;

namespace Platform.Simulator.Accounts;

/// <summary>The availability zones of a region: three in each.</summary>
/// <param name="Name">Such as <c>eu-west-1a</c>.</param>
/// <param name="Id">Such as <c>euw1-az1</c>.</param>
internal sealed record Zone(string Name, string Id)
{
    public static ImmutableArray<Zone> Of(string region)
    {
        // eu-west-1: euw1
        var parts = region.Split('-');
        var prefix = parts[0] + string.Concat(parts[1..^1].Select(Direction)) + parts[^1];
        return [.. "abc".Select((letter, index) => new Zone(region + letter, string.Create(CultureInfo.InvariantCulture, $"{prefix}-az{index + 1}")))];
    }

    private static string Direction(string word) => word switch
    {
        "northeast" => "ne",
        "southeast" => "se",
        "northwest" => "nw",
        "southwest" => "sw",
        _ => word[..1],
    };
}
