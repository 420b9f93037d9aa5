using System.Collections.Immutable;
using System.Text;
using Platform.Deploy.Aws;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Planning;

/// <summary>Accounts as a plan finds them: empty, or with what an earlier deployment made, of which a test changes what it is about.</summary>
internal sealed record World(DeploymentModel Model, ImmutableArray<StackTemplate> Stacks, ObservedEnvironment Observed)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 20, 30, TimeSpan.Zero);

    private const string Digest = "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    public static World Empty(Profile profile) => Empty(Sample.Model(profile));

    public static World Empty(DeploymentModel model)
    {
        var stacks = StackRenderer.Render(model).Stacks;
        return new World(model, stacks, new ObservedEnvironment
        {
            Account = "123456789012",
            Region = model.Settings.Region,
            At = Now,
            Simulated = false,
            Stacks = ImmutableSortedDictionary.Create<string, ObservedStack>(StringComparer.Ordinal),
            Hidden = [],
            Arguments = stacks.ToImmutableSortedDictionary(stack => stack.Name, Arguments, StringComparer.Ordinal),
            Versions = [Version("1.36", 400), Version("1.35", 40), Version("1.34", -20)],
        });
    }

    /// <summary>After a deployment of exactly this.</summary>
    public static World Deployed(DeploymentModel model)
    {
        var world = Empty(model);
        world = world with
        {
            Observed = world.Observed with
            {
                Images = model.Images.ToImmutableSortedDictionary(image => image.Resource, image => new ObservedImage($"123456789012.dkr.ecr.eu-central-1.amazonaws.com/{image.Repository}", ImageAction.Unchanged, Digest, 0), StringComparer.Ordinal),
            },
        };
        return world.Stacks.Where(stack => DeployOrder.IsPartOf(stack.ShortName)).Aggregate(world, (all, stack) => all.With(stack.Name, Deployed(stack)));
    }

    public World With(string name, ObservedStack stack) => this with { Observed = Observed with { Stacks = Observed.Stacks.SetItem(name, stack) } };

    public World With(string name, Func<ObservedStack, ObservedStack> change) => With(name, change(Observed.Stacks[name]));

    public World InState(string name, string status, string? reason = null) =>
        With(name, stack => stack with { State = stack.State with { StackStatus = status, StackStatusReason = reason } });

    public PlanReading Plan(params ImmutableSortedSet<string> allowed) => Planner.Plan(new Desired(Model, Stacks, allowed), Observed);

    public static ObservedStack Deployed(StackTemplate stack) => new(
        new StackState
        {
            StackId = $"arn:aws:cloudformation:eu-central-1:123456789012:stack/{stack.Name}/0a1b2c3d",
            StackName = stack.Name,
            StackStatus = "UPDATE_COMPLETE",
            CreationTime = Now.AddDays(-30),
            LastUpdatedTime = Now.AddDays(-3),
            EnableTerminationProtection = stack.TerminationProtection,
            Tags = [.. stack.Tags.Select(tag => new AwsTag(tag.Key, tag.Value))],
        },
        Encoding.UTF8.GetString(stack.Body.AsSpan()),
        stack.StackPolicy is { } policy ? Encoding.UTF8.GetString(policy.AsSpan()) : null);

    /// <summary>As CloudFormation answers.</summary>
    public static ChangeSet ChangeSet(params ImmutableArray<Aws.ResourceChange> changes) => new()
    {
        ChangeSetId = "arn:aws:cloudformation:eu-central-1:123456789012:changeSet/plan-1/0",
        ChangeSetName = "plan-1",
        StackId = "stack",
        StackName = "stack",
        Status = changes.IsEmpty ? "FAILED" : "CREATE_COMPLETE",
        StatusReason = changes.IsEmpty ? "The submitted information didn't contain changes." : null,
        ExecutionStatus = changes.IsEmpty ? "UNAVAILABLE" : "AVAILABLE",
        Changes = changes,
    };

    private static ClusterVersion Version(string version, int daysLeft) => new()
    {
        Version = version,
        VersionStatus = daysLeft > 0 ? "STANDARD_SUPPORT" : "EXTENDED_SUPPORT",
        EndOfStandardSupportDate = Now.AddDays(daysLeft),
    };

    private static StackArguments Arguments(StackTemplate stack) => new(
        [
            .. stack.Parameters.Where(parameter => parameter.Value is not ParameterValue.Late).Select(parameter => new StackArgument(
                parameter.Name,
                parameter.Value switch
                {
                    ParameterValue.Text text => text.Value,
                    ParameterValue.UnlessOidcProvider provider => provider.Value,
                    ParameterValue.CallerCidr => "192.0.2.1/32",
                    ParameterValue.AddonVersion => "v1.0.0-eksbuild.1",
                    _ => "",
                },
                UsePreviousValue: null)),
        ],
        [.. stack.Parameters.Where(parameter => parameter.Value is ParameterValue.Late).Select(parameter => parameter.Name)]);
}
