using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;

namespace Platform.Deploy.Planning;

/// <summary>What can be reached from where after a deployment and could not before, and the other way round.</summary>
internal static class ExposureChanges
{
    private const string Everywhere = "0.0.0.0/0";

    private static readonly ImmutableArray<string> Origins = ["CidrIp", "CidrIpv6", "SourceSecurityGroupId", "SourcePrefixListId"];

    public static ImmutableArray<ExposureChange> Of(DeploymentModel model, ImmutableArray<StackComparison> comparisons)
    {
        var changing = comparisons.Where(comparison => comparison.Plan.Action is not (StackAction.None or StackAction.WithRollout)).ToList();
        var isNew = changing.Exists(comparison => comparison.Plan.ShortName == ClusterStack.ShortName && comparison.Before.Resources.IsEmpty);
        return
        [
            .. changing.SelectMany(comparison => Compared(comparison, Openings(comparison.Before, comparison.BeforeParameters), Openings(comparison.After, comparison.Plan.Parameters))),
            .. isNew ? Visitors(model) : [],
        ];
    }

    private static IEnumerable<ExposureChange> Compared(StackComparison comparison, ImmutableHashSet<Opening> before, ImmutableHashSet<Opening> after) =>
        after.Except(before).Select(opening => Change(comparison, opening, isMore: true))
            .Concat(before.Except(after).Select(opening => Change(comparison, opening, isMore: false)))
            .OrderBy(change => change.What, StringComparer.Ordinal).ThenByDescending(change => change.IsMore).ThenBy(change => change.From, StringComparer.Ordinal);

    private static ExposureChange Change(StackComparison comparison, Opening opening, bool isMore) =>
        new(opening.What, isMore, opening.From.Replace(Everywhere, "everywhere on the internet", StringComparison.Ordinal), $"{comparison.Plan.Name}: {opening.Where}");

    private static ImmutableHashSet<Opening> Openings(TemplateContent template, IReadOnlyDictionary<string, string> parameters) =>
        [.. template.Resources.Values.SelectMany(resource => OfResource(resource, parameters))];

    private static IEnumerable<Opening> OfResource(TemplateResource resource, IReadOnlyDictionary<string, string> parameters) => resource.Type switch
    {
        "AWS::EKS::Cluster" when resource.IsTrue("ResourcesVpcConfig.EndpointPublicAccess") =>
            Sources(resource, parameters).Select(from => new Opening("the Kubernetes API", from, resource.LogicalId)),
        "AWS::EC2::Subnet" when resource.IsTrue("MapPublicIpOnLaunch") => [new Opening($"instances in {resource.LogicalId}, which get public addresses", Everywhere + ", as far as their security groups let in", resource.LogicalId)],
        "AWS::EC2::SecurityGroup" => resource.Items("SecurityGroupIngress").Select(rule => Rule(resource.LogicalId, rule, parameters, resource.LogicalId)),
        "AWS::EC2::SecurityGroupIngress" when resource.Properties is { } rule => [Rule(resource.Property("GroupId") is { } group ? TemplateWords.Of(group, parameters) : "", rule, parameters, resource.LogicalId)],
        "AWS::ElasticLoadBalancingV2::LoadBalancer" when resource.Text("Scheme") == "internet-facing" => [new Opening($"the load balancer {resource.LogicalId}", Everywhere, resource.LogicalId)],
        _ => [],
    };

    // Without a list the endpoint is open to everyone.
    private static IEnumerable<string> Sources(TemplateResource cluster, IReadOnlyDictionary<string, string> parameters) =>
        TemplateWords.List(cluster.Property("ResourcesVpcConfig.PublicAccessCidrs"), parameters).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).DefaultIfEmpty(Everywhere);

    private static Opening Rule(string group, JsonElement rule, IReadOnlyDictionary<string, string> parameters, string where)
    {
        var protocol = Text("IpProtocol") is "-1" or "" ? "everything" : Text("FromPort") == Text("ToPort") ? $"port {Text("FromPort")}/{Text("IpProtocol")}" : $"ports {Text("FromPort")}-{Text("ToPort")}/{Text("IpProtocol")}";
        var from = Origins.Select(Text).FirstOrDefault(text => text.Length > 0) ?? "";
        return new Opening($"{protocol} of what is in {group}", from, where);

        string Text(string name) => rule.TryGetProperty(name, out var value) ? TemplateWords.Of(value, parameters) : "";
    }

    private static IEnumerable<ExposureChange> Visitors(DeploymentModel model)
    {
        var from = !model.Settings.Edge.InternetFacing ? "inside of the network" : model.Settings.Edge.InboundCidrs.Contains(Everywhere) ? "everywhere on the internet" : string.Join(", ", model.Settings.Edge.InboundCidrs);
        return model.Ingresses.SelectMany(ingress => ingress.Rules.Select(rule =>
            new ExposureChange(
                string.Create(CultureInfo.InvariantCulture, $"{rule.Workload}, at {(ingress.Tls ? "https" : "http")}://{rule.Host ?? model.Settings.Edge.Domain ?? "LOAD-BALANCER"}{rule.Path},"), IsMore: true, from, "with the rollout")))
            .Distinct();
    }

    private sealed record Opening(string What, string From, string Where);
}
