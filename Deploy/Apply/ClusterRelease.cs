using System.Text.Json.Nodes;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Makes a cluster ready to be deleted: nothing is being changed in it, and its own protection is off.</summary>
internal sealed class ClusterRelease(AwsTarget target, string run, IProgress<RunEvent> progress)
{
    private const string Protection = "DeletionProtection";

    /// <param name="state">Of the cluster's stack.</param>
    /// <param name="template">As it was sent; null: AWS did not tell.</param>
    /// <param name="limit">How long a change of the cluster may take that goes on.</param>
    /// <param name="pause">Between two questions.</param>
    /// <param name="cancellationToken">Of the run.</param>
    public async Task RunAsync(StackState state, string? template, TimeSpan limit, TimeSpan pause, CancellationToken cancellationToken)
    {
        var session = target.Deployer;
        var resources = await session.CloudFormation.ListStackResourcesAsync(state.StackId, cancellationToken).ToListAsync(cancellationToken);
        if (resources.Find(resource => resource is { ResourceType: "AWS::EKS::Cluster", PhysicalResourceId.Length: > 0 })?.PhysicalResourceId is not { } name)
        {
            return;
        }

        var patience = new Patience(limit, target.Time);
        var cluster = await session.Eks.DescribeClusterAsync(name, cancellationToken);
        while (cluster is { Status: "UPDATING" or "CREATING" })
        {
            if (patience.IsOver)
            {
                throw new DeployException(ApplyProblems.ClusterUnhealthy(name, cluster.Status, cluster.Health?.Issues ?? []));
            }

            progress.Report(new RunEvent.Progressed(ClusterStack.ShortName, $"waits until the cluster is no longer {cluster.Status}"));
            await patience.PauseAsync(pause, cancellationToken);
            cluster = await session.Eks.DescribeClusterAsync(name, cancellationToken);
        }

        if (cluster is { DeletionProtection: true } && Unprotected(template) is { } changed && StackStatus.ConditionOf(state.StackStatus) is StackCondition.Good or StackCondition.RolledBack)
        {
            progress.Report(new RunEvent.Progressed(ClusterStack.ShortName, "switches the cluster's protection off"));
            await new StackChange(session.CloudFormation, run, target.ExecutionRoleArn, target.Time, progress).RunAsync(
                ClusterStack.ShortName,
                state,
                changed,
                [.. state.Parameters.Select(parameter => new StackArgument(parameter.ParameterKey, ParameterValue: null, UsePreviousValue: true))],
                cancellationToken);
        }
    }

    // The template that the stack has, with one value changed.
    private static string? Unprotected(string? template)
    {
        if (template is null || JsonNode.Parse(template) is not JsonObject root || root["Resources"] is not JsonObject resources)
        {
            return null;
        }

        foreach (var (_, resource) in resources)
        {
            if (resource is JsonObject declared && declared["Type"]?.GetValue<string>() == "AWS::EKS::Cluster" && declared["Properties"] is JsonObject properties)
            {
                properties[Protection] = false;
            }
        }

        return root.ToJsonString();
    }
}
