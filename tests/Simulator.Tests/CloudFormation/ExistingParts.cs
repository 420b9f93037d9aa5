using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests.CloudFormation;

/// <summary>What the variants of the golden files take from outside of their stacks.</summary>
internal static class ExistingParts
{
    private const string Vpc = "vpc-0123456789abcdef0";

    private static readonly string[] SubnetIds =
    [
        "subnet-b0000000000000000", "subnet-b0000000000000001", "subnet-b0000000000000002", "subnet-c0000000000000000", "subnet-c0000000000000001", "subnet-c0000000000000002",
    ];

    public static void Plant(SimulatedAccount account)
    {
        using var entered = account.Enter();
        account.Resources.Put(new CloudResource { Type = "AWS::EC2::VPC", Id = Vpc, State = "available" });
        foreach (var (index, id) in SubnetIds.Index())
        {
            account.Resources.Put(new CloudResource
            {
                Type = "AWS::EC2::Subnet",
                Id = id,
                Properties = new JsonObject { ["VpcId"] = Vpc, ["AvailabilityZone"] = $"eu-central-1{"abc"[index % 3]}" },
                State = "available",
            });
        }

        var policy = account.GlobalArn("iam", "policy/orders-queue");
        account.Resources.Put(new CloudResource { Type = "AWS::IAM::ManagedPolicy", Id = policy, Arn = policy });
        account.Resources.Put(new CloudResource { Type = "AWS::EKS::Cluster", Id = "company", State = "ACTIVE" });
    }

    /// <summary>As somebody does who really wants to delete a cluster.</summary>
    public static void Unprotect(SimulatedAccount account)
    {
        using var entered = account.Enter();
        foreach (var cluster in account.Resources.All("AWS::EKS::Cluster"))
        {
            var properties = (JsonObject)cluster.Properties.DeepClone();
            properties["DeletionProtection"] = false;
            account.Resources.Put(cluster with { Properties = properties });
        }
    }
}
