using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Alarms of the load balancers, which are there once Kubernetes has asked for them: each alarm waits for a parameter.</summary>
internal static class LoadBalancerAlarms
{
    private const string TopicId = "AlarmTopic";

    public static ImmutableArray<LoadBalancerAlarm> Of(DeploymentModel model) => [.. model.Ingresses.SelectMany(OfIngress)];

    public static IEnumerable<Resource> Topic(DeploymentModel model) =>
    [
        new Resource(TopicId, new Topic
        {
            TopicName = $"{model.Names.Prefix}-alarms",
            Subscription = model.Settings.Operations.Email is { } email ? [new TopicSubscription(email, "email")] : [],
        }),
        new Resource("AlarmTopicPolicy", new TopicPolicy
        {
            Topics = CfnValue.List.Of(new CfnValue.Ref(TopicId)),
            PolicyDocument = new PolicyDocument(
                PolicyStatement.Allow("Alarms") with
                {
                    Principal = PolicyPrincipal.Service("cloudwatch.amazonaws.com"),
                    Action = ["sns:Publish"],
                    Resource = [new CfnValue.Ref(TopicId)],
                    Condition = [PolicyCondition.SameAccount],
                },
                new PolicyStatement("TlsOnly", PolicyEffect.Deny)
                {
                    Principal = PolicyPrincipal.Everyone,
                    Action = ["sns:Publish"],
                    Resource = [new CfnValue.Ref(TopicId)],
                    Condition = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
                }),
        }),
    ];

    public static Output TopicOutput(DeploymentModel model) => Output.Exported(model, "AlarmTopicArn", "Where alarms go", new CfnValue.Ref(TopicId));

    /// <param name="here">In the stack that makes it.</param>
    public static CfnValue TopicArn(DeploymentModel model, bool here) => here ? new CfnValue.Ref(TopicId) : new CfnValue.ImportValue(model.Names.Export("AlarmTopicArn"));

    private static IEnumerable<LoadBalancerAlarm> OfIngress(IngressModel ingress)
    {
        var loadBalancer = new AlarmSource(Names.LogicalId(ingress.Name) + "LoadBalancer", new ParameterValue.LoadBalancer(ingress.Name, LoadBalancerAttribute.Dimension));
        yield return new LoadBalancerAlarm("Target5xx", $"Many answers of {ingress.Name} are errors of the application", loadBalancer, TargetGroup: null)
        {
            Metric = "HTTPCode_Target_5XX_Count",
            Threshold = 10,
        };
        yield return new LoadBalancerAlarm("LoadBalancer5xx", $"Many requests of {ingress.Name} reach no pod", loadBalancer, TargetGroup: null)
        {
            Metric = "HTTPCode_ELB_5XX_Count",
            Threshold = 10,
        };
        yield return new LoadBalancerAlarm("TargetLatency", $"Every twentieth request of {ingress.Name} takes longer than two seconds", loadBalancer, TargetGroup: null)
        {
            Metric = "TargetResponseTime",
            Percentile = "p95",
            Threshold = 2,
        };
        foreach (var (workload, port) in ingress.Rules.Select(rule => (rule.Workload, rule.Port.ServicePort)).Distinct())
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{Names.LogicalId(ingress.Name)}{Names.LogicalId(workload)}{port}TargetGroup");
            var target = new AlarmSource(id, new ParameterValue.TargetGroup(ingress.Name, workload, port));
            yield return new LoadBalancerAlarm("UnhealthyHosts", $"Pods of {workload} do not answer the load balancer", loadBalancer, target)
            {
                Metric = "UnHealthyHostCount",
                Statistic = "Maximum",
                Threshold = 0,
            };
        }
    }
}

/// <summary>A parameter that holds the value of a CloudWatch dimension.</summary>
internal sealed record AlarmSource(string Parameter, ParameterValue Value);

/// <param name="Name">End of the logical id.</param>
/// <param name="TargetGroup">Null: the load balancer as a whole.</param>
internal sealed record LoadBalancerAlarm(string Name, string Description, AlarmSource LoadBalancer, AlarmSource? TargetGroup)
{
    private const int Minutes = 5;

    public required string Metric { get; init; }

    public required int Threshold { get; init; }

    public string Statistic { get; init; } = "Sum";

    public string? Percentile { get; init; }

    public IEnumerable<TemplateParameter> Parameters =>
        Sources.Select(source => new TemplateParameter(source.Parameter, "String", "CloudWatch dimension, once it is there", ""));

    public IEnumerable<StackParameter> Passed => Sources.Select(source => new StackParameter(source.Parameter, source.Value));

    public GivenCondition Condition => new($"Has{Sources[^1].Parameter}", Sources[^1].Parameter);

    private ImmutableArray<AlarmSource> Sources => TargetGroup is null ? [LoadBalancer] : [LoadBalancer, TargetGroup];

    public string LogicalId => Sources[^1].Parameter + Name;

    public Resource Resource(CfnValue topic) => new(LogicalId, new Alarm
    {
        AlarmDescription = Description,
        Namespace = "AWS/ApplicationELB",
        MetricName = Metric,
        Dimensions =
        [
            new MetricDimension("LoadBalancer", new CfnValue.Ref(LoadBalancer.Parameter)),
            .. TargetGroup is null ? ImmutableArray<MetricDimension>.Empty : [new MetricDimension("TargetGroup", new CfnValue.Ref(TargetGroup.Parameter))],
        ],
        Statistic = Percentile is null ? Statistic : null,
        ExtendedStatistic = Percentile,
        Period = 60,
        EvaluationPeriods = Minutes,
        Threshold = Threshold,
        ComparisonOperator = "GreaterThanThreshold",
        TreatMissingData = "notBreaching",
        AlarmActions = CfnValue.List.Of(topic),
        OKActions = CfnValue.List.Of(topic),
    })
    { Condition = Condition.Name };
}
