using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Deploy.Tests.Infrastructure;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over CloudFormation templates. What benchmarks ask for under several names is checked once.</summary>
internal static class TemplateRules
{
    public static IEnumerable<SecurityRule> All => Checks.Select(check => new SecurityRule(check.Ids, model => check.Find(TemplateView.Of(model))));

    public static IEnumerable<TemplateRule> Checks => [.. Cluster(), .. Nodes(), .. Images(), .. NetworkRules.All, .. IdentityRules.All, .. StorageRules.All];

    public static TemplateRule Rule(Func<TemplateView, IEnumerable<ResourceView>> isWrong, string what, params string[] ids) =>
        new(ids, view => isWrong(view).Select(resource => new SecurityFinding(resource.Name, what)));

    public static TemplateRule OfType(string type, Func<ResourceView, bool> isWrong, string what, params string[] ids) =>
        Rule(view => view.OfType(type).Where(isWrong), what, ids);

    private static TemplateRule OfCluster(Func<ResourceView, bool> isWrong, string what, params string[] ids) => OfType("AWS::EKS::Cluster", isWrong, what, ids);

    private static IEnumerable<TemplateRule> Cluster()
    {
        yield return OfCluster(cluster => !LogTypes(cluster).Contains("audit"), "writes no audit log", "CIS-EKS-2.1.1", "C-0067");
        yield return Rule(
            view => view.OfType("AWS::EKS::Cluster").Where(_ => !view.OfType("AWS::Logs::LogGroup").Any(group => group.Text("LogGroupName").StartsWith("/aws/eks/", StringComparison.Ordinal) && group.At("RetentionInDays") is not null)),
            "keeps its logs for ever, or nobody knows how long",
            "CIS-EKS-2.1.2");
        yield return OfCluster(cluster => LogTypes(cluster).Count() < 5, "leaves out types of log", "AwsSolutions-EKS2", "AWS-0038");
        yield return OfCluster(cluster => cluster.At("EncryptionConfig") is null, "keeps secrets under AWS's key", "CIS-EKS-5.3.1", "C-0066", "AWS-0039");
        yield return OfCluster(cluster => cluster.IsTrue("ResourcesVpcConfig.EndpointPublicAccess"), "has an endpoint on the internet", "AwsSolutions-EKS1", "AWS-0040", "CIS-EKS-5.4.2");
        yield return OfCluster(
            cluster => !cluster.IsTrue("ResourcesVpcConfig.EndpointPrivateAccess") || (cluster.IsTrue("ResourcesVpcConfig.EndpointPublicAccess") && IsOpen(cluster.At("ResourcesVpcConfig.PublicAccessCidrs"))),
            "is reached by everybody",
            "CIS-EKS-5.4.1", "AWS-0041");
        yield return OfCluster(
            cluster => cluster.Text("AccessConfig.AuthenticationMode") != "API" || cluster.At("AccessConfig.BootstrapClusterCreatorAdminPermissions") is not JsonValue creator || creator.GetValue<bool>(),
            "lets principals in that no access entry names",
            "CIS-EKS-4.1.7", "CIS-EKS-5.5.1");
        yield return Rule(
            view => view.OfType("AWS::EKS::AccessEntry").Where(entry => entry.Json.ToJsonString().Contains("AmazonEKSClusterAdminPolicy", StringComparison.Ordinal)
                && entry.LogicalId != "PlatformAccessEntry" && !entry.LogicalId.StartsWith("AdministratorAccessEntry", StringComparison.Ordinal)),
            "administers the cluster",
            "CIS-EKS-4.1.1 (access entries)", "C-0035 (access entries)");
        yield return OfCluster(cluster => decimal.Parse(cluster.Text("Version"), CultureInfo.InvariantCulture) < 1.34m, "runs a version that is out of support", "C-0273");
    }

    // Of nodes and control plane that AWS keeps nothing is left to check; with node groups the image is what hardens them.
    private static IEnumerable<TemplateRule> Nodes()
    {
        yield return OfType(
            "AWS::EKS::Nodegroup",
            group => !group.Text("AmiType").StartsWith("BOTTLEROCKET_", StringComparison.Ordinal),
            "has nodes whose kubelet and files nobody hardened",
            "CIS-EKS-3.1.1", "CIS-EKS-3.1.2", "CIS-EKS-3.1.3", "CIS-EKS-3.1.4", "CIS-EKS-3.2.1", "CIS-EKS-3.2.2", "CIS-EKS-3.2.3", "CIS-EKS-3.2.4", "CIS-EKS-3.2.5", "CIS-EKS-3.2.6",
            "CIS-EKS-3.2.7", "CIS-EKS-3.2.8", "CIS-EKS-3.2.9", "C-0005", "C-0069", "C-0070");
        yield return OfType(
            "AWS::EC2::LaunchTemplate",
            template => template.At("LaunchTemplateData.BlockDeviceMappings") is not JsonArray devices || devices.Any(device => device!["Ebs"]!["Encrypted"]?.GetValue<bool>() != true),
            "makes disks in the clear",
            "AwsSolutions-EC26", "AWS-0026", "AWS-0131");
        yield return OfType("AWS::EC2::LaunchTemplate", template => !template.IsTrue("LaunchTemplateData.Monitoring.Enabled"), "is measured every five minutes only", "AwsSolutions-EC28");
        yield return OfType("AWS::EC2::LaunchTemplate", template => template.Text("LaunchTemplateData.MetadataOptions.HttpTokens") != "required", "gives its credentials to whoever makes it ask", "AWS-0028", "AWS-0130");
        yield return Rule(view => view.OfType("AWS::EC2::Instance"), "is an instance that nothing replaces", "AwsSolutions-EC29");
    }

    private static IEnumerable<TemplateRule> Images()
    {
        yield return OfType("AWS::ECR::Repository", repository => !repository.IsTrue("ImageScanningConfiguration.ScanOnPush"), "takes images unseen", "CIS-EKS-5.1.1", "AWS-0030");
        yield return OfType("AWS::ECR::Repository", repository => repository.Text("ImageTagMutability") != "IMMUTABLE", "lets a tag be moved", "AWS-0031");
        yield return OfType(
            "AWS::ECR::Repository", repository => repository.At("RepositoryPolicyText") is not null, "has a policy of its own", "AwsSolutions-ECR1", "AWS-0032", "CIS-EKS-5.1.2");
        yield return OfType("AWS::ECR::Repository", repository => repository.Text("EncryptionConfiguration.EncryptionType") != "KMS", "is encrypted with AWS's key", "AWS-0033");
        yield return Rule(
            view => view.OfType("AWS::IAM::Role").Where(role => role.LogicalId == "NodeRole"
                && (role.Statements.Any(statement => statement.Actions.Any(action => action.StartsWith("ecr:", StringComparison.Ordinal)))
                    || role.Text("ManagedPolicyArns").Contains("ContainerRegistry", StringComparison.Ordinal) != role.Text("ManagedPolicyArns").Contains("ContainerRegistryPullOnly", StringComparison.Ordinal))),
            "lets nodes do more than pull",
            "CIS-EKS-5.1.3");
    }

    private static IEnumerable<string> LogTypes(ResourceView cluster) =>
        cluster.At("Logging.ClusterLogging.EnabledTypes") is JsonArray types ? types.Select(type => type!["Type"]!.GetValue<string>()) : [];

    // A parameter is filled with the address of whoever deploys.
    private static bool IsOpen(JsonNode? cidrs) => cidrs switch
    {
        JsonArray list => list.Count == 0 || list.Any(cidr => cidr!.GetValue<string>().EndsWith("/0", StringComparison.Ordinal)),
        JsonObject => false,
        _ => true,
    };
}

/// <param name="Find">What it finds in templates.</param>
internal sealed record TemplateRule(string[] Ids, Func<TemplateView, IEnumerable<SecurityFinding>> Find);
