using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Resources;

/// <summary>What tells people that something is wrong.</summary>
internal static class AlarmTypes
{
    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = "AWS::CloudWatch::Alarm",
            Id = work => work.NameOr("AlarmName", 255),
            Arn = work => work.Account.Arn("cloudwatch", $"alarm:{work.Id}"),
            AttributeNames = ["Arn"],
            Attributes = work => new JsonObject { ["Arn"] = work.Resource?.Arn },
            Required = ["ComparisonOperator", "EvaluationPeriods"],
            CreateOnly = ["AlarmName"],
            Times = TypeTimes.Seconds(4, 4, 2),
        },
        new()
        {
            Name = "AWS::SNS::Topic",
            Id = work => work.Account.Arn("sns", work.NameOr("TopicName", 256)),
            Arn = work => work.Id,
            AttributeNames = ["TopicArn", "TopicName"],
            Attributes = work => new JsonObject { ["TopicArn"] = work.Id, ["TopicName"] = work.Id.Split(':')[^1] },
            CreateOnly = ["FifoTopic", "TopicName"],
            Times = TypeTimes.Seconds(8, 6, 3),
        },
        new()
        {
            Name = "AWS::SNS::TopicPolicy",
            Id = work => work.NameOr("Id", 256),
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id },
            Required = ["PolicyDocument", "Topics"],
            IsTagged = false,
            Times = TypeTimes.Seconds(3, 3, 2),
        },
        new()
        {
            Name = "AWS::Budgets::Budget",
            Id = work => work.Text("Budget.BudgetName") ?? work.NameOr("BudgetName", 100),
            Required = ["Budget"],
            CreateOnly = ["Budget.BudgetName", "Budget.BudgetType", "Budget.TimeUnit"],
            IsTagged = false,
            Times = TypeTimes.Seconds(4, 4, 3),
        },
    ];
}
