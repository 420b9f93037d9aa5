using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>The way in, who is told, and what it may cost.</summary>
internal static class OperationsStack
{
    public const string ShortName = "ops";

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var operations = model.Settings.Operations;
        var bastion = operations.Bastion && model.Settings.Cluster.Existing is null;
        var alarms = operations.Alarms ? LoadBalancerAlarms.Of(model) : [];
        var template = new Template($"Bastion, alarms and budget of {model.Names.Prefix}")
        {
            Parameters = [.. bastion ? [Bastion.Image] : ImmutableArray<TemplateParameter>.Empty, .. alarms.SelectMany(alarm => alarm.Parameters).DistinctBy(parameter => parameter.Name)],
            Conditions = [.. alarms.Select(alarm => alarm.Condition).Distinct()],
            Resources =
            [
                .. bastion ? Bastion.Of(model) : [],
                .. alarms.IsEmpty ? [] : LoadBalancerAlarms.Topic(model),
                .. alarms.Select(alarm => alarm.Resource()),
                .. operations.MonthlyBudget is { } amount ? [new Resource("MonthlyBudget", Budget(model, amount))] : ImmutableArray<Resource>.Empty,
            ],
            Outputs = bastion ? [new Output("BastionGroupName", "Scale it to 1 to get a bastion", new CfnValue.Ref("BastionGroup"), Export: null)] : [],
        };
        return template.Resources.IsEmpty
            ? []
            : [StackAssembly.Of(model, ShortName, StackScope.Environment, template, [.. bastion ? [Bastion.ImagePassed] : ImmutableArray<StackParameter>.Empty, .. alarms.SelectMany(alarm => alarm.Passed).DistinctBy(parameter => parameter.Name)])];
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
