using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Ways to AWS that leave neither the VPC nor money at a NAT gateway.</summary>
internal static class NetworkEndpoints
{
    // What nodes, the pod identity agent, the secrets provider and pods' telemetry call.
    private static readonly ImmutableArray<(string LogicalId, string Service)> ForNodes =
    [
        ("Ec2Endpoint", "ec2"),
        ("EcrApiEndpoint", "ecr.api"),
        ("EcrDkrEndpoint", "ecr.dkr"),
        ("EksEndpoint", "eks"),
        ("EksAuthEndpoint", "eks-auth"),
        ("LogsEndpoint", "logs"),
        ("SecretsManagerEndpoint", "secretsmanager"),
        ("StsEndpoint", "sts"),
    ];

    private static readonly ImmutableArray<(string LogicalId, string Service)> ForBastion =
    [
        ("Ec2MessagesEndpoint", "ec2messages"),
        ("SsmEndpoint", "ssm"),
        ("SsmMessagesEndpoint", "ssmmessages"),
    ];

    public static IEnumerable<Resource> Of(DeploymentModel model, ImmutableArray<int> numbers)
    {
        yield return S3(numbers);
        if (model.Settings.Network.Egress != Egress.Private)
        {
            yield break;
        }

        yield return new Resource("EndpointSecurityGroup", new SecurityGroup
        {
            GroupDescription = $"Interface endpoints of {model.Names.Prefix}",
            VpcId = new CfnValue.Ref("Vpc"),
            SecurityGroupIngress = [SecurityGroupRule.Https("From the VPC", model.Settings.Network.Cidr)],
            SecurityGroupEgress = [SecurityGroupRule.NoEgress],
        });
        foreach (var (logicalId, service) in model.Settings.Operations.Bastion ? [.. ForNodes, .. ForBastion] : ForNodes)
        {
            yield return new Resource(logicalId, new VpcEndpoint
            {
                VpcEndpointType = "Interface",
                ServiceName = new CfnValue.Sub($"com.amazonaws.${{AWS::Region}}.{service}"),
                VpcId = new CfnValue.Ref("Vpc"),
                SubnetIds = References("NodeSubnet", numbers),
                SecurityGroupIds = CfnValue.List.Of(new CfnValue.Ref("EndpointSecurityGroup")),
                PrivateDnsEnabled = true,
            });
        }
    }

    // Image layers, of ECR and of registry.k8s.io, come from S3 buckets of other accounts: all may be read, but data goes to our own account only.
    private static Resource S3(ImmutableArray<int> numbers) => new("S3Endpoint", new VpcEndpoint
    {
        VpcEndpointType = "Gateway",
        ServiceName = new CfnValue.Sub("com.amazonaws.${AWS::Region}.s3"),
        VpcId = new CfnValue.Ref("Vpc"),
        RouteTableIds = References("NodeRouteTable", numbers),
        PolicyDocument = new PolicyDocument(
            PolicyStatement.Allow("OwnBuckets") with
            {
                Principal = PolicyPrincipal.Everyone,
                Action = ["s3:*"],
                Resource = ["*"],
                Condition = [new PolicyCondition("StringEquals", "aws:ResourceAccount", new CfnValue.Ref("AWS::AccountId"))],
            },
            PolicyStatement.Allow("ReadOthers") with { Principal = PolicyPrincipal.Everyone, Action = ["s3:GetObject"], Resource = ["*"] }),
    });

    private static CfnValue.List References(string name, ImmutableArray<int> numbers) =>
        new([.. numbers.Select(n => new CfnValue.Ref(NetworkStack.Numbered(name, n)))]);
}
