using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>The way in, who is told, and what it may cost.</summary>
internal static class OperationsStack
{
    public const string ShortName = "ops";

    // Up to 900 bytes each, with its parameter.
    private const int AlarmsPerStack = 32;

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var alarms = model.Settings.Operations.Alarms ? LoadBalancerAlarms.Of(model) : [];
        ImmutableArray<Resource> own = [.. Own(model, alarms)];
        foreach (var (shortName, part) in Shards.Beside(own, ShortName, alarms, alarm => alarm.LogicalId, AlarmsPerStack))
        {
            var first = shortName == ShortName;
            var image = first && HasBastion(model);
            var topic = LoadBalancerAlarms.TopicArn(model, first);
            var template = new Template($"Bastion, alarms and budget of {model.Names.Prefix}")
            {
                Parameters =
                [
                    .. image ? [Bastion.Image] : ImmutableArray<TemplateParameter>.Empty,
                    .. part.SelectMany(alarm => alarm.Parameters).DistinctBy(parameter => parameter.Name),
                ],
                Conditions = [.. part.Select(alarm => alarm.Condition).Distinct()],
                Resources = [.. first ? own : [], .. part.Select(alarm => alarm.Resource(topic))],
                Outputs = first ? [.. Outputs(model, alarms)] : [],
            };
            yield return StackAssembly.Of(
                model,
                shortName,
                StackScope.Environment,
                template,
                [
                    .. image ? [Bastion.ImagePassed] : ImmutableArray<StackParameter>.Empty,
                    .. part.SelectMany(alarm => alarm.Passed).DistinctBy(parameter => parameter.Name),
                ]);
        }
    }

    // Of a cluster that exists its keeper says how to reach it.
    private static bool HasBastion(DeploymentModel model) => model.Settings.Operations.Bastion && model.Settings.Cluster.Existing is null;

    private static IEnumerable<Resource> Own(DeploymentModel model, ImmutableArray<LoadBalancerAlarm> alarms) =>
    [
        .. HasBastion(model) ? Bastion.Of(model) : [],
        .. alarms.IsEmpty ? [] : LoadBalancerAlarms.Topic(model),
        .. model.Settings.Operations.MonthlyBudget is { } amount ? [new Resource("MonthlyBudget", Budget(model, amount))] : ImmutableArray<Resource>.Empty,
    ];

    private static IEnumerable<Output> Outputs(DeploymentModel model, ImmutableArray<LoadBalancerAlarm> alarms)
    {
        if (HasBastion(model))
        {
            yield return new Output("BastionGroupName", "Scale it to 1 to get a bastion", new CfnValue.Ref("BastionGroup"), Export: null);
        }

        if (!alarms.IsEmpty)
        {
            yield return LoadBalancerAlarms.TopicOutput(model);
        }
    }

    private static Budget Budget(DeploymentModel model, int amount) => new()
    {
        BudgetName = $"{model.Names.Prefix}-monthly",
        Amount = amount,
        TagKeyValue = [$"user:app${model.Names.Application}", $"user:env${model.Names.Environment}"],
        NotificationsWithSubscribers = model.Settings.Operations.Email is { } email
            ? [new BudgetNotification("FORECASTED", 100, email), new BudgetNotification("ACTUAL", 80, email), new BudgetNotification("ACTUAL", 100, email)]
            : [],
    };
}
