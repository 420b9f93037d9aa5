using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Roles as the tool makes them: a fixed name below the environment's path, and never beyond the boundary of the bootstrap stack.</summary>
internal static class Roles
{
    private static readonly ImmutableArray<string> Assume = ["sts:AssumeRole"];
    private static readonly ImmutableArray<string> AssumeWithTags = ["sts:AssumeRole", "sts:TagSession"];

    public static Role Of(DeploymentModel model, string roleName, string description, PolicyDocument trust) => new()
    {
        RoleName = roleName,
        Path = model.Names.Path,
        Description = description,
        AssumeRolePolicyDocument = trust,
        PermissionsBoundary = Boundary(model),
    };

    public static CfnValue Boundary(DeploymentModel model) => Arn.Global("iam", $"policy/{model.Names.Application}/{model.Names.Boundary(model.Settings.Region)}");

    /// <summary>The ARN of a role of the access stack.</summary>
    /// <param name="part"><c>planner</c>, <c>deployer</c>, <c>platform</c>, <c>execution</c>.</param>
    public static CfnValue AccessArn(DeploymentModel model, string part) => Arn.Global("iam", $"role{model.Names.AccessPath}{model.Names.Role(part)}");

    public static PolicyDocument TrustOfService(string service, params ImmutableArray<PolicyCondition> conditions) => Trust(PolicyPrincipal.Service(service), Assume, conditions);

    /// <summary>For EKS, whose policies compare the session's tags.</summary>
    public static PolicyDocument TrustOfCluster() => Trust(PolicyPrincipal.Service("eks.amazonaws.com"), AssumeWithTags, [PolicyCondition.SameAccount]);

    /// <summary>For the pods of one service account of one cluster. Names repeat between clusters, so all three are compared.</summary>
    public static PolicyDocument TrustOfPods(DeploymentModel model, string kubernetesNamespace, string serviceAccount) => Trust(
        PolicyPrincipal.Service("pods.eks.amazonaws.com"),
        AssumeWithTags,
        [
            PolicyCondition.SameAccount,
            new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-namespace", kubernetesNamespace),
            new PolicyCondition("StringEquals", "aws:RequestTag/kubernetes-service-account", serviceAccount),
            new PolicyCondition("ArnEquals", "aws:SourceArn", Arn.Regional("eks", $"cluster/{model.ClusterName}")),
        ]);

    private static PolicyDocument Trust(PolicyPrincipal principal, ImmutableArray<string> actions, ImmutableArray<PolicyCondition> conditions) =>
        new(PolicyStatement.Allow("Assume") with { Principal = principal, Action = actions, Condition = conditions });
}
