using System.Text.Json.Nodes;
using Platform.Deploy.Tests.Infrastructure;

namespace Platform.Deploy.Tests.Security;

/// <summary>That the rules find what they are about: a good template is made bad in one place.</summary>
public sealed class TemplateRulesTests
{
    [Theory]
    [InlineData("cluster/Cluster", "Logging", "null", "AWS-0038 AwsSolutions-EKS2 C-0067 CIS-EKS-2.1.1")]
    [InlineData("cluster/Cluster", "EncryptionConfig", "null", "AWS-0039 C-0066 CIS-EKS-5.3.1")]
    [InlineData("cluster/Cluster", "ResourcesVpcConfig.EndpointPublicAccess", "true", "AWS-0040 AWS-0041 AwsSolutions-EKS1 CIS-EKS-5.4.1 CIS-EKS-5.4.2")]
    [InlineData("cluster/Cluster", "ResourcesVpcConfig.EndpointPrivateAccess", "false", "AWS-0041 CIS-EKS-5.4.1")]
    [InlineData("cluster/Cluster", "AccessConfig.AuthenticationMode", "\"API_AND_CONFIG_MAP\"", "CIS-EKS-4.1.7 CIS-EKS-5.5.1")]
    [InlineData("cluster/Cluster", "AccessConfig.BootstrapClusterCreatorAdminPermissions", "true", "CIS-EKS-4.1.7 CIS-EKS-5.5.1")]
    [InlineData("cluster/Cluster", "Version", "\"1.33\"", "C-0273")]
    [InlineData("cluster/AppDeployerAccessEntry", "AccessPolicies.0.PolicyArn", "\"arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy\"", "C-0035 (access entries) CIS-EKS-4.1.1 (access entries)")]
    [InlineData("cluster/NodeGroupArm41F1F073", "AmiType", "\"AL2023_ARM_64_STANDARD\"", "C-0005 C-0069 C-0070 CIS-EKS-3.1.1 CIS-EKS-3.1.2 CIS-EKS-3.1.3 CIS-EKS-3.1.4 CIS-EKS-3.2.1 CIS-EKS-3.2.2 CIS-EKS-3.2.3 CIS-EKS-3.2.4 CIS-EKS-3.2.5 CIS-EKS-3.2.6 CIS-EKS-3.2.7 CIS-EKS-3.2.8 CIS-EKS-3.2.9")]
    [InlineData("cluster/NodeLaunchTemplate", "LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted", "false", "AWS-0026 AWS-0131 AwsSolutions-EC26")]
    [InlineData("cluster/NodeLaunchTemplate", "LaunchTemplateData.Monitoring", "null", "AwsSolutions-EC28")]
    [InlineData("cluster/NodeLaunchTemplate", "LaunchTemplateData.MetadataOptions", "null", "AWS-0028 AWS-0130")]
    [InlineData("identity/ClusterLogGroup", "RetentionInDays", "null", "CIS-EKS-2.1.2")]
    [InlineData("identity/NodeRole", "ManagedPolicyArns.1", "\"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser\"", "CIS-EKS-5.1.3")]
    [InlineData("identity/SecretsKey", "EnableKeyRotation", "false", "AwsSolutions-KMS5")]
    [InlineData("identity/WebRole", "Policies.0.PolicyDocument.Statement.0.Resource", "\"*\"", "AwsSolutions-IAM5")]
    [InlineData("identity/WebRole", "ManagedPolicyArns", "[\"arn:aws:iam::aws:policy/AdministratorAccess\"]", "AwsSolutions-IAM4")]
    [InlineData("identity/LokiBucket", "PublicAccessBlockConfiguration.BlockPublicPolicy", "false", "AwsSolutions-S2")]
    [InlineData("identity/LokiBucketPolicy", "PolicyDocument.Statement", "[]", "AwsSolutions-S10")]
    [InlineData("network/PublicSubnet1", "MapPublicIpOnLaunch", "true", "AWS-0164 CIS-EKS-5.4.3")]
    [InlineData("ops/AlarmTopicPolicy", "PolicyDocument.Statement", "[]", "AwsSolutions-SNS3")]
    [InlineData("ops/BastionSecurityGroup", "SecurityGroupIngress", "[{\"CidrIp\":\"0.0.0.0/0\",\"Description\":\"All\"}]", "AWS-0107 AwsSolutions-EC23")]
    [InlineData("ops/BastionSecurityGroup", "SecurityGroupEgress.0.Description", "null", "AWS-0124")]
    [InlineData("ops/BastionSecurityGroup", "GroupDescription", "null", "AWS-0099 AwsSolutions-EC27")]
    [InlineData("ops/BastionToApi", "Description", "null", "AWS-0124")]
    [InlineData("registry/WebRepository", "ImageScanningConfiguration", "null", "AWS-0030 CIS-EKS-5.1.1")]
    [InlineData("registry/WebRepository", "ImageTagMutability", "\"MUTABLE\"", "AWS-0031")]
    [InlineData("registry/WebRepository", "RepositoryPolicyText", "{}", "AWS-0032 AwsSolutions-ECR1 CIS-EKS-5.1.2")]
    public void A_bad_property_is_found(string resource, string path, string value, string rules)
    {
        var good = TemplateView.Of(Variants.Model("production+managed-node-groups"));

        var bad = good with { Resources = [.. good.Resources.Select(known => known.Name == resource ? known with { Json = Changed(known.Json, path, value) } : known)] };

        Assert.Equal(rules, string.Join(' ', Findings(bad).Except(Findings(good)).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("network/FlowLog", "AWS-0178 AwsSolutions-VPC7")]
    [InlineData("edge/AccessLogBucket", "AwsSolutions-ELB2")]
    [InlineData("edge/AccessLogBucketPolicy", "AwsSolutions-S10")]
    public void What_is_missing_is_found(string resource, string rules)
    {
        var good = TemplateView.Of(Variants.Model("production"));

        var bad = good with { Resources = [.. good.Resources.Where(known => known.Name != resource)] };

        Assert.Equal(rules, string.Join(' ', Findings(bad).Except(Findings(good)).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("AWS::EC2::NetworkAclEntry", "AwsSolutions-VPC3")]
    [InlineData("AWS::EC2::Instance", "AwsSolutions-EC29")]
    public void What_should_not_be_there_is_found(string type, string rules)
    {
        var good = TemplateView.Of(Variants.Model("production"));

        var bad = good with { Resources = [.. good.Resources, new ResourceView("network", "Planted", new JsonObject { ["Type"] = type })] };

        Assert.Equal(rules, string.Join(' ', Findings(bad).Except(Findings(good)).Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    private static List<(string Rule, string Resource)> Findings(TemplateView view) =>
        [.. TemplateRules.Checks.SelectMany(check => check.Find(view).SelectMany(finding => check.Ids.Select(id => (id, finding.Resource))))];

    private static JsonObject Changed(JsonObject resource, string path, string value)
    {
        var changed = resource.DeepClone().AsObject();
        var steps = path.Split('.');
        var owner = steps[..^1].Aggregate(changed["Properties"]!, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        if (owner is JsonArray list)
        {
            list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else if (value == "null")
        {
            owner.AsObject().Remove(steps[^1]);
        }
        else
        {
            owner[steps[^1]] = JsonNode.Parse(value);
        }

        return changed;
    }
}
