using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// An instance without inbound ports, through which SSM forwards to the private endpoint of the cluster. There is none until somebody asks for it,
/// and none lives longer than a day.
/// </summary>
internal static class Bastion
{
    private const string ImageParameter = "BastionImage";

    // The parameter that AWS keeps at the newest image; arm64, as t4g is.
    private const string NewestImage = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
    private const int OneDay = 86_400;
    private const int DiskGiB = 8;

    public static TemplateParameter Image { get; } = new(ImageParameter, "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Image of the bastion", NewestImage);

    public static StackParameter ImagePassed { get; } = new(ImageParameter, new ParameterValue.Text(NewestImage));

    public static IEnumerable<Resource> Of(DeploymentModel model) =>
    [
        new Resource("BastionRole", Roles.Of(model, model.Names.Role("bastion"), "Lets SSM reach the bastion", Roles.TrustOfService("ec2.amazonaws.com")) with
        {
            ManagedPolicyArns = [Arn.AwsPolicy("AmazonSSMManagedInstanceCore")],
        }),
        new Resource("BastionProfile", new InstanceProfile
        {
            InstanceProfileName = model.Names.Role("bastion"),
            Path = model.Names.Path,
            Roles = CfnValue.List.Of(new CfnValue.Ref("BastionRole")),
        }),
        new Resource("BastionSecurityGroup", new SecurityGroup
        {
            GroupDescription = $"Bastion of {model.Names.Prefix}: nothing comes in",
            VpcId = Network.VpcId(model),
            SecurityGroupEgress = [SecurityGroupRule.Https(
                "To the cluster and to SSM", model.Settings.Network.Egress == Egress.Private ? Network.Cidr(model) : "0.0.0.0/0")],
        }),
        new Resource("BastionToApi", new SecurityGroupIngress
        {
            GroupId = new CfnValue.ImportValue(model.Names.Export(StackOutput.ClusterSecurityGroupId.Output)),
            Description = "From the bastion",
            IpProtocol = "tcp",
            FromPort = 443,
            ToPort = 443,
            SourceSecurityGroupId = new CfnValue.GetAtt("BastionSecurityGroup", "GroupId"),
        }),
        new Resource("BastionTemplate", new LaunchTemplate
        {
            ImageId = new CfnValue.Ref(ImageParameter),
            InstanceType = "t4g.nano",
            IamInstanceProfileArn = new CfnValue.GetAtt("BastionProfile", "Arn"),
            SecurityGroupIds = CfnValue.List.Of(new CfnValue.GetAtt("BastionSecurityGroup", "GroupId")),
            MetadataOptions = MetadataOptions.Strict,
            BlockDeviceMappings = [new BlockDevice("/dev/xvda", DiskGiB)],
            Monitoring = true,
            InstanceTags = Tags.OfInstances(model, "bastion"),
        }),
        new Resource("BastionGroup", new AutoScalingGroup
        {
            AutoScalingGroupName = $"{model.Names.Prefix}-bastion",
            VPCZoneIdentifier = Network.SubnetIdsOfNodes(model),
            MinSize = "0",
            MaxSize = "1",
            DesiredCapacity = "0",
            MaxInstanceLifetime = OneDay,
            LaunchTemplateId = new CfnValue.Ref("BastionTemplate"),
            LaunchTemplateVersion = new CfnValue.GetAtt("BastionTemplate", "LatestVersionNumber"),
        }),
    ];
}
