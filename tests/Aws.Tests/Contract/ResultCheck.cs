using System.Collections;
using System.Reflection;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Looks for what a client did not find in a <see cref="SampleAnswer"/>: a property that is still null, empty, zero or false, or one with another field's text.</summary>
internal static class ResultCheck
{
    // Read from a field of another name, on purpose.
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["LoadBalancer.StateReason"] = "Reason",
        ["ClusterVersion.Version"] = "clusterVersion",
        ["Instance.State"] = "Name",
        ["SecurityGroupRule.Protocol"] = "IpProtocol",
        ["SecurityGroupRule.Source"] = "CidrIpv4",
        ["Volume.Instances"] = "InstanceId",
        ["Vpc.CidrBlocks"] = "CidrBlock",
        ["NetworkInterface.Groups"] = "GroupId",
        ["Listener.Certificates"] = "CertificateArn",
    };

    public static IEnumerable<string> Findings(object? result, string path) => result switch
    {
        null => [$"{path} is null"],
        string text => text.Length == 0 ? [$"{path} is empty"] : [],
        bool flag => flag ? [] : [$"{path} is false"],
        int or long or double => Convert.ToDouble(result, System.Globalization.CultureInfo.InvariantCulture) == 7 ? [] : [$"{path} is {result}"],
        DateTimeOffset time => time == DateTimeOffset.FromUnixTimeSeconds(SampleAnswer.Seconds) ? [] : [$"{path} is {time:O}"],
        Model.SecretText secret => secret.Reveal().Length > 0 ? [] : [$"{path} is empty"],
        IDictionary map => map.Count == 1 ? [] : [$"{path} is empty"],
        IEnumerable list => list.Cast<object?>().ToList() is { Count: > 0 } items ? items.SelectMany(item => Findings(item, path)) : [$"{path} is empty"],
        _ => from property in Read(result.GetType())
             let value = property.GetValue(result)
             let name = $"{result.GetType().Name}.{property.Name}"
             from finding in Findings(value, $"{path} {name}").Concat(OfText(name, property.Name, value))
             select finding,
    };

    // A property without a setter is computed.
    private static IEnumerable<PropertyInfo> Read(Type record) => record.GetProperties().Where(property => property.SetMethod is not null);

    // The sample of a text is its field's name, or, where a service lists what it allows, the first of that list.
    private static IEnumerable<string> OfText(string name, string property, object? value)
    {
        var expected = OtherNames.GetValueOrDefault(name, property);
        var texts = value switch
        {
            string text => [text],
            IEnumerable<string> list => list.ToArray(),
            _ => [],
        };
        return from text in texts
               where text.StartsWith(SampleAnswer.Mark, StringComparison.Ordinal) && !string.Equals(text, SampleAnswer.Mark + expected, StringComparison.OrdinalIgnoreCase)
               select $"{name} was read from the {text}";
    }
}
