using System.Text.Json.Nodes;
using Platform.Deploy.Tests.Infrastructure;
using static Platform.Deploy.Tests.Security.TemplateRules;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over the network in templates.</summary>
internal static class NetworkRules
{
    private const string Everyone = "0.0.0.0/0";

    public static IEnumerable<TemplateRule> All
    {
        get
        {
            yield return OfType("AWS::EC2::NetworkAclEntry", _ => true, "hides a rule where nobody looks", "AwsSolutions-VPC3");
            yield return Rule(view => view.OfType("AWS::EC2::VPC").Where(_ => !view.OfType("AWS::EC2::FlowLog").Any()), "does not write down who talks to whom", "AwsSolutions-VPC7", "AWS-0178");
            yield return OfType("AWS::EC2::Subnet", subnet => subnet.IsTrue("MapPublicIpOnLaunch"), "gives public addresses to instances", "CIS-EKS-5.4.3", "AWS-0164");
            yield return OfType("AWS::EC2::VPC", _ => true, "keeps the rules that its default security group is made with", "AWS-0173");
            yield return OfType(
                "AWS::EC2::SecurityGroup", group => Rules(group, "SecurityGroupIngress").Any(rule => rule["CidrIp"]?.ToString() == Everyone), "lets everybody in", "AwsSolutions-EC23", "AWS-0107");
            yield return OfType(
                "AWS::EC2::SecurityGroup",
                group => group.At("SecurityGroupEgress") is null || Rules(group, "SecurityGroupEgress").Any(rule => rule["CidrIp"]?.ToString() == Everyone),
                "lets traffic out to anywhere",
                "AWS-0104");
            yield return OfType("AWS::EC2::SecurityGroup", group => group.Text("GroupDescription").Length == 0, "does not say what it is for", "AwsSolutions-EC27", "AWS-0099");
            yield return Rule(
                view => view.OfType("AWS::EC2::SecurityGroup").Where(group => Rules(group, "SecurityGroupIngress").Concat(Rules(group, "SecurityGroupEgress")).Any(rule => rule["Description"] is null))
                    .Concat(view.OfType("AWS::EC2::SecurityGroupIngress").Where(rule => rule.At("Description") is null)),
                "has a rule that does not say what it is for",
                "AWS-0124");
            yield return new TemplateRule(
                ["AwsSolutions-ELB2"],
                view => view.Model.Ingresses.IsEmpty || view.Resources.Any(resource => resource.LogicalId == "AccessLogBucket")
                    ? []
                    : [new SecurityFinding("edge/AccessLogBucket", "is missing: load balancers write no access logs")]);
        }
    }

    private static IEnumerable<JsonNode> Rules(ResourceView group, string member) => group.At(member) is JsonArray rules ? rules.OfType<JsonNode>() : [];
}
