using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Apis;

/// <summary>One rule of a security group.</summary>
/// <param name="Rule">As CloudFormation spells it.</param>
/// <param name="Own">The resource that it is, where it stands outside of its group; null inside.</param>
internal sealed record SecurityGroupRule(string Id, string GroupId, bool IsEgress, JsonObject Rule, CloudResource? Own)
{
    /// <summary>The other group that it names; null for addresses.</summary>
    public string? OtherGroup => Text("SourceSecurityGroupId") ?? Text("DestinationSecurityGroupId");

    public string? Text(string name) => Rule[name] is JsonValue value ? value.ToString() : null;
}

/// <summary>The rules of security groups: those written inside of them, and those that are resources of their own.</summary>
internal static class SecurityGroupRules
{
    private const string Group = "AWS::EC2::SecurityGroup";

    public static ImmutableArray<SecurityGroupRule> All(SimulatedAccount account) =>
    [
        .. account.Resources.All(Group).SelectMany(group => Inside(group, isEgress: false).Concat(Inside(group, isEgress: true))),
        .. account.Resources.All("AWS::EC2::SecurityGroupIngress").Select(rule => new SecurityGroupRule(IdOf(rule.Id), rule.Text("GroupId") ?? "", IsEgress: false, rule.Properties, rule)),
        .. account.Resources.All("AWS::EC2::SecurityGroupEgress").Select(rule => new SecurityGroupRule(IdOf(rule.Id), rule.Text("GroupId") ?? "", IsEgress: true, rule.Properties, rule)),
    ];

    /// <returns>Whether it was there.</returns>
    public static bool Remove(SimulatedAccount account, string ruleId)
    {
        var rule = All(account).FirstOrDefault(rule => rule.Id == ruleId);
        if (rule is { Own: { } own })
        {
            return account.Resources.Remove(own.Type, own.Id);
        }

        if (rule is null || account.Resources.Find(Group, rule.GroupId) is not { } group)
        {
            return false;
        }

        var properties = group.Properties.DeepClone().AsObject();
        var name = NameOf(rule.IsEgress);
        properties[name] = new JsonArray([.. Inside(group, rule.IsEgress).Where(other => other.Id != ruleId).Select(other => other.Rule.DeepClone())]);
        account.Resources.Put(group with { Properties = properties });
        return true;
    }

    private static IEnumerable<SecurityGroupRule> Inside(CloudResource group, bool isEgress) => group.Properties[NameOf(isEgress)] switch
    {
        JsonArray rules => rules.OfType<JsonObject>().Select(rule => new SecurityGroupRule(IdOf($"{group.Id} {isEgress} {rule.ToJsonString()}"), group.Id, isEgress, rule, null)),

        // Without a rule everything may leave.
        null when isEgress => [new SecurityGroupRule(IdOf($"{group.Id} all"), group.Id, IsEgress: true, new JsonObject { ["IpProtocol"] = "-1", ["CidrIp"] = "0.0.0.0/0" }, null)],
        _ => [],
    };

    private static string NameOf(bool isEgress) => isEgress ? "SecurityGroupEgress" : "SecurityGroupIngress";

    private static string IdOf(string text) =>
        text.StartsWith("sgr-", StringComparison.Ordinal) ? text : $"sgr-0{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
}
