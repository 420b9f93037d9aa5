using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// The roles that plan and deploy one environment, deployed by an administrator. They stand outside the path of the environment's own roles, so that
/// the role that CloudFormation works with cannot change them.
/// </summary>
internal static class AccessStack
{
    public const string ShortName = "access";

    // A first production deployment takes some 25 minutes, and a certificate may take longer.
    private const int TwoHours = 7200;

    public static StackTemplate Render(DeploymentModel model)
    {
        var github = model.Settings.GitHub;
        var names = model.Names;
        var environment = $"environment:{names.Environment}";
        var template = new Template($"Roles that plan and deploy {names.Prefix}")
        {
            Resources =
            [
                .. ExecutionPolicies.Of(model),
                new Resource("ExecutionRole", Role(
                    model, "execution", "CloudFormation makes and changes the stacks with it", Roles.TrustOfService("cloudformation.amazonaws.com", PolicyCondition.SameAccount)) with
                {
                    ManagedPolicyArns = [.. ExecutionPolicies.Of(model).Select(policy => new CfnValue.Ref(policy.LogicalId))],
                }),
                .. DeployerPolicies(model),
                new Resource("DeployerRole", Role(
                    model, "deployer", "Deploys: workflows of the environment, and people", new PolicyDocument([.. AccessTrust.OfWorkflows(github, environment), AccessTrust.OfPeople(model)])) with
                {
                    MaxSessionDuration = TwoHours,
                    ManagedPolicyArns = [.. DeployerPolicies(model).Select(policy => new CfnValue.Ref(policy.LogicalId))],
                    Policies = [new InlinePolicy("deploy", DeployerPolicy.Of(model))],
                }),
                .. model.Settings.Profile == Profile.Production && model.Settings.Cluster.Existing is null ? [Platform(model, environment)] : ImmutableArray<Resource>.Empty,
                .. github.Repository is null ? ImmutableArray<Resource>.Empty : [new Resource("PlannerRole", Role(
                    model, "planner", "Plans on pull requests and changes nothing", new PolicyDocument(AccessTrust.OfWorkflows(github, "pull_request"))) with
                {
                    Policies = [new InlinePolicy("plan", PlannerPolicy.Of(model))],
                })],
            ],
            Outputs =
            [
                new Output("DeployerRoleArn", "Role of deployments", new CfnValue.GetAtt("DeployerRole", "Arn"), Export: null),
                new Output("ExecutionRoleArn", "Role that is passed to CloudFormation", new CfnValue.GetAtt("ExecutionRole", "Arn"), Export: null),
                .. github.Repository is null ? ImmutableArray<Output>.Empty :
                    [new Output("PlannerRoleArn", "Role of plans on pull requests", new CfnValue.GetAtt("PlannerRole", "Arn"), Export: null)],
            ],
        };
        return StackAssembly.Of(model, ShortName, StackScope.Access, template);
    }

    private static IEnumerable<Resource> DeployerPolicies(DeploymentModel model)
    {
        yield return Policy(model, "Read", $"What a deployment of {model.Names.Prefix} asks", DeployerPolicy.Reading(model));
        if (SweepPolicy.Of(model) is { IsEmpty: false } sweep)
        {
            yield return Policy(model, "Sweep", $"Removes what the cluster of {model.Names.Prefix} leaves behind", new PolicyDocument(sweep));
        }
    }

    private static Resource Policy(DeploymentModel model, string part, string description, PolicyDocument document) => new($"Deployer{part}Policy", new ManagedPolicy
    {
        ManagedPolicyName = model.Names.Role("deployer-" + part.ToLowerInvariant()),
        Path = model.Names.AccessPath,
        Description = description,
        PolicyDocument = document,
    });

    // Cluster administration of production, apart from the deployments of the application: another GitHub environment, with reviewers of its own.
    private static Resource Platform(DeploymentModel model, string environment) => new("PlatformRole", Role(
        model,
        "platform",
        "Administers the cluster: workflows of the platform's environment, and people",
        new PolicyDocument([.. AccessTrust.OfWorkflows(model.Settings.GitHub, environment + "-platform"), AccessTrust.OfPeople(model)])) with
    {
        Policies = [new InlinePolicy("cluster", new PolicyDocument([DeployerPolicy.ReadCluster(model), .. DeployerPolicy.Tunnel(model)]))],
    });

    private static Role Role(DeploymentModel model, string part, string description, PolicyDocument trust) => new()
    {
        RoleName = model.Names.Role(part),
        Path = model.Names.AccessPath,
        Description = description,
        AssumeRolePolicyDocument = trust,
    };
}
