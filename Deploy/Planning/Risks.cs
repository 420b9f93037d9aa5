using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Platform.Deploy.Planning;

/// <summary>What of a plan may hurt. What is hard to get back has to be allowed by name.</summary>
internal static class Risks
{
    // What is in them is gone with them.
    private static readonly FrozenDictionary<string, string> Data = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS::ECR::Repository"] = "the images in it",
        ["AWS::KMS::Key"] = "everything that is encrypted with it",
        ["AWS::S3::Bucket"] = "the objects in it",
        ["AWS::SecretsManager::Secret"] = "the secret in it",
        ["AWS::Logs::LogGroup"] = "the logs in it",
        ["AWS::EKS::Cluster"] = "everything that runs in it, and its volumes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The environment stands still while one of them is made anew, or the new one cannot be made beside the old one.
    private static readonly FrozenDictionary<string, string> Standstill = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS::EC2::VPC"] = "the network with all that is in it has to go first",
        ["AWS::EC2::Subnet"] = "load balancers and nodes in it have to go first",
        ["AWS::EC2::EIP"] = "others see the application under another address from then on",
        ["AWS::EC2::NatGateway"] = "nodes behind it do not reach the internet meanwhile",
        ["AWS::EC2::InternetGateway"] = "nothing gets in or out meanwhile",
        ["AWS::EC2::VPCGatewayAttachment"] = "nothing gets in or out meanwhile",
        ["AWS::EKS::Nodegroup"] = "its nodes are drained, and its pods move",
        ["AWS::IAM::Role"] = "whatever works with it is refused meanwhile",
        ["AWS::CertificateManager::Certificate"] = "the load balancer takes the new one only once it is issued",
        ["AWS::WAFv2::WebACL"] = "visitors are not filtered meanwhile",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Made anew within seconds, and nobody notices.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.Ordinal,
        "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::RouteTable", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress", "AWS::EC2::FlowLog",
        "AWS::EC2::LaunchTemplate", "AWS::EC2::VPCEndpoint", "AWS::EKS::AccessEntry", "AWS::EKS::Addon", "AWS::EKS::PodIdentityAssociation", "AWS::IAM::Policy",
        "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::CloudWatch::Alarm", "AWS::Budgets::Budget",
        "AWS::Route53::RecordSet", "AWS::KMS::Alias", "AWS::ECR::PullThroughCacheRule");

    public static ImmutableArray<Risk> Of(Desired desired, ImmutableArray<StackComparison> comparisons, ImmutableArray<StackPlan> leftovers) =>
    [
        .. comparisons.SelectMany(comparison => comparison.Plan.Changes.SelectMany(change => OfChange(comparison.Plan, change, desired.Allowed))),
        .. leftovers.Where(stack => stack.Action == StackAction.Delete).Select(stack => new Risk(
            RiskKind.DataLoss, stack.Name, LogicalId: null, $"The stack '{stack.Name}' is deleted with all that is in it and not marked to be kept.")
        {
            NeedsAllowance = true,
            IsAllowed = desired.Allowed.Contains(stack.ShortName),
            AllowanceName = stack.ShortName,
        }),
    ];

    private static IEnumerable<Risk> OfChange(StackPlan stack, PlannedChange change, ImmutableSortedSet<string> allowed)
    {
        if (change.Action == ChangeAction.Remove)
        {
            if (change.PolicyAction is not ("Retain" or "RetainExceptOnCreate") && Data.TryGetValue(change.Type, out var lost))
            {
                yield return Make(RiskKind.DataLoss, $"'{change.LogicalId}' ({change.Type}) is deleted, and with it {lost}.", needsAllowance: true);
            }
            else if (Standstill.TryGetValue(change.Type, out var consequence) && change.Type != "AWS::IAM::Role")
            {
                yield return Make(RiskKind.Downtime, $"'{change.LogicalId}' ({change.Type}) goes: {consequence}.", needsAllowance: change.Type is "AWS::EC2::VPC" or "AWS::EC2::Subnet" or "AWS::EC2::InternetGateway");
            }
        }
        else if (change.Replacement != Replacement.No && !Harmless.Contains(change.Type))
        {
            var (may, because) = (change.Replacement == Replacement.Maybe ? "may be" : "is", Cause(change));
            if (Data.TryGetValue(change.Type, out var lost) && change.PolicyAction is not ("ReplaceAndRetain" or "Retain"))
            {
                yield return Make(RiskKind.DataLoss, $"'{change.LogicalId}' ({change.Type}) {may} replaced{because}, and {lost} would be lost.", needsAllowance: true);
            }
            else if (Standstill.TryGetValue(change.Type, out var consequence))
            {
                yield return Make(RiskKind.Downtime, $"'{change.LogicalId}' ({change.Type}) {may} replaced{because}: {consequence}.", needsAllowance: change.Type != "AWS::EKS::Nodegroup");
            }
            else
            {
                yield return Make(RiskKind.Replacement, $"'{change.LogicalId}' ({change.Type}) {may} replaced{because}.", needsAllowance: change.Replacement == Replacement.Yes);
            }
        }
        else if (change is { Action: ChangeAction.Modify, Type: "AWS::EKS::Cluster" } && change.Properties.FirstOrDefault(property => property.Path == "Version") is { } version)
        {
            yield return Make(
                RiskKind.Downtime, $"Kubernetes goes from {version.Before ?? "its version"} to {version.After ?? "another"}: the control plane cannot go back, and nodes are replaced one after the other.", needsAllowance: false);
        }

        Risk Make(RiskKind kind, string text, bool needsAllowance) => new(kind, stack.Name, change.LogicalId, text)
        {
            NeedsAllowance = needsAllowance,
            IsAllowed = allowed.Contains(change.LogicalId),
            AllowanceName = change.LogicalId,
        };
    }

    private static string Cause(PlannedChange change) =>
        change.Properties.Where(property => property.Replacement != Replacement.No).Select(property => property.Path).ToList() is { Count: > 0 } paths ? $" because of {string.Join(", ", paths)}" : "";
}
