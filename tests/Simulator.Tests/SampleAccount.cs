using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Tests;

/// <summary>One resource of each kind that a service tells of, as CloudFormation would have made them.</summary>
internal static class SampleAccount
{
    public const string Cluster = "shop-dev";
    public const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    public const string LoadBalancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef";
    public const string TargetGroup = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
    public const string Image = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    public const string OidcProvider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

    public static DateTimeOffset Start { get; } = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    public static SimulatorOptions Options { get; } = new() { Start = Start, Speed = ClockSpeed.Max };

    public static async Task<SimulatedCloud> StartAsync(SimulatorOptions options)
    {
        var cloud = await SimulatedCloud.StartAsync(options, TestContext.Current.CancellationToken);
        Fill(cloud.Account);
        return cloud;
    }

    private static void Fill(SimulatedAccount account)
    {
        using var entered = account.Enter();
        void Add(string type, string id, string properties, string attributes = "{}", string state = "") => account.Resources.Add(new CloudResource
        {
            Type = type,
            Id = id,
            Arn = id.StartsWith("arn:", StringComparison.Ordinal) ? id : null,
            Properties = JsonNode.Parse(properties)!.AsObject(),
            Attributes = JsonNode.Parse(attributes)!.AsObject(),
            Tags = CloudResource.EmptyTags.Add("app", "shop").Add("env", "dev"),
            CreatedAt = Start,
            State = state,
        });

        Add("AWS::EC2::VPC", "vpc-1", """{"CidrBlock":"10.0.0.0/16"}""");
        Add("AWS::EC2::Subnet", "subnet-1", """{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/20","AvailabilityZone":"us-east-1a"}""");
        Add("AWS::EC2::EIP", "203.0.113.1", "{}", """{"AllocationId":"eipalloc-1","AssociationId":"eipassoc-1","NetworkInterfaceId":"eni-1"}""");
        Add("AWS::EC2::NetworkInterface", "eni-1", """{"SubnetId":"subnet-1","Description":"ELB app/web/0123456789abcdef","GroupSet":["sg-1"]}""", """{"RequesterManaged":"true"}""", "in-use");
        Add("AWS::EC2::NetworkInterface", "eni-2", """{"SubnetId":"subnet-1","Description":"aws-K8S-i-1","GroupSet":["sg-1"]}""", "{}", "available");
        Add("AWS::EC2::SecurityGroup", "sg-1", """{"GroupName":"web","GroupDescription":"of the web","VpcId":"vpc-1","SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"0.0.0.0/0"}]}""");
        Add("AWS::EC2::SecurityGroup", "sg-2", """{"GroupDescription":"of the nodes","VpcId":"vpc-1"}""");
        Add("AWS::EC2::SecurityGroupIngress", "sgr-0123456789abcdef0", """{"GroupId":"sg-2","IpProtocol":"-1","SourceSecurityGroupId":"sg-1"}""");
        Add("AWS::EC2::Instance", "i-1", """{"InstanceType":"m6g.large","SubnetId":"subnet-1"}""", """{"AvailabilityZone":"us-east-1a","InstanceLifecycle":"spot"}""", "running");
        Add("AWS::EC2::Volume", "vol-1", """{"Size":20,"VolumeType":"gp3","AvailabilityZone":"us-east-1a"}""", """{"InstanceId":"i-1"}""", "in-use");
        Add("AWS::EC2::Snapshot", "snap-1", """{"VolumeId":"vol-1","Description":"of yesterday"}""");
        Add("AWS::EC2::LaunchTemplate", "lt-1", """{"LaunchTemplateName":"nodes"}""");
        Add("AWS::EC2::VPCEndpoint", "vpce-1", """{"VpcId":"vpc-1","ServiceName":"com.amazonaws.us-east-1.ecr.api","VpcEndpointType":"Interface"}""", """{"NetworkInterfaceIds":["eni-9"]}""");
        Add("AWS::ElasticLoadBalancingV2::LoadBalancer", LoadBalancer, """{"Name":"web","Type":"application","Scheme":"internet-facing","Subnets":["subnet-1"],"SecurityGroups":["sg-1"]}""");
        Add("AWS::ElasticLoadBalancingV2::TargetGroup", TargetGroup, """{"Name":"web","Protocol":"HTTP","Port":8080,"VpcId":"vpc-1","TargetType":"ip"}""", $$"""{"LoadBalancerArns":["{{LoadBalancer}}"],"TargetIds":["10.0.0.7"]}""");
        Add("AWS::ElasticLoadBalancingV2::Listener", LoadBalancer.Replace("loadbalancer/", "listener/", StringComparison.Ordinal) + "/1", $$"""{"LoadBalancerArn":"{{LoadBalancer}}","Port":443,"Protocol":"HTTPS","SslPolicy":"ELBSecurityPolicy-TLS13-1-2-2021-06","Certificates":[{"CertificateArn":"{{Certificate}}"}]}""");
        Add("AWS::CertificateManager::Certificate", Certificate, """{"DomainName":"shop.example.com","SubjectAlternativeNames":["*.shop.example.com"],"DomainValidationOptions":[{"DomainName":"shop.example.com","HostedZoneId":"Z1"}]}""");
        Add("AWS::Logs::LogGroup", "/aws/eks/shop-dev/cluster", """{"RetentionInDays":30}""");
        Add("AWS::IAM::Role", "shop-dev-deployer", """{"Path":"/shop/","AssumeRolePolicyDocument":{"Version":"2012-10-17"},"PermissionsBoundary":"arn:aws:iam::123456789012:policy/boundary"}""");
        account.Resources.Put(account.Resources.Find("AWS::IAM::Role", "shop-dev-deployer")! with { Arn = "arn:aws:iam::123456789012:role/shop/shop-dev-deployer" });
        Add("AWS::IAM::OIDCProvider", OidcProvider, """{"Url":"https://token.actions.githubusercontent.com","ClientIdList":["sts.amazonaws.com"]}""");
        Add("AWS::ECR::Repository", "shop/web", """{"RepositoryName":"shop/web","ImageTagMutability":"IMMUTABLE","ImageScanningConfiguration":{"ScanOnPush":true}}""");
        Add("AWS::ECR::Repository", "shop/worker", """{"RepositoryName":"shop/worker"}""");
        Add("AWS::ECR::Image", $"shop/web@{Image}", $$"""{"RepositoryName":"shop/web","ImageDigest":"{{Image}}","MediaType":"application/vnd.oci.image.manifest.v1+json","Size":1234,"Length":400}""", """{"ImageTags":["1.0"]}""");
        Add("AWS::EKS::Cluster", Cluster, """
            {"Name":"shop-dev","Version":"1.36","RoleArn":"arn:aws:iam::123456789012:role/cluster","ResourcesVpcConfig":{"SubnetIds":["subnet-1"],"EndpointPublicAccess":true,"EndpointPrivateAccess":true,"PublicAccessCidrs":["198.51.100.7/32"]},
             "AccessConfig":{"AuthenticationMode":"API","BootstrapClusterCreatorAdminPermissions":false},"ComputeConfig":{"Enabled":true,"NodePools":["system"],"NodeRoleArn":"arn:aws:iam::123456789012:role/node"},
             "KubernetesNetworkConfig":{"IpFamily":"ipv4","ElasticLoadBalancing":{"Enabled":true}},"UpgradePolicy":{"SupportType":"STANDARD"},"DeletionProtection":true,
             "EncryptionConfig":[{"Resources":["secrets"],"Provider":{"KeyArn":"arn:aws:kms:us-east-1:123456789012:key/1"}}]}
            """, """{"Endpoint":"https://0123.gr7.us-east-1.eks.amazonaws.com","CertificateAuthorityData":"LS0t","ClusterSecurityGroupId":"sg-2","OpenIdConnectIssuerUrl":"https://oidc.eks.us-east-1.amazonaws.com/id/0123","VpcId":"vpc-1"}""", "ACTIVE");
        Add("AWS::EKS::Update", "update-1", """{"ClusterName":"shop-dev","Type":"VersionUpdate"}""", """{"Errors":[{"errorCode":"IpNotAvailable","errorMessage":"none left","resourceIds":["subnet-1"]}]}""", "Failed");
        Add("AWS::EKS::Addon", "shop-dev|metrics-server", """{"ClusterName":"shop-dev","AddonName":"metrics-server","AddonVersion":"v1.36.3-eksbuild.3"}""");
        Add("AWS::EKS::Nodegroup", "shop-dev/system", """{"ClusterName":"shop-dev","NodegroupName":"system"}""");
        Add("AWS::EKS::AccessEntry", "shop-dev|admin", """{"ClusterName":"shop-dev","PrincipalArn":"arn:aws:iam::123456789012:role/admin","KubernetesGroups":["viewers"]}""");
    }
}
