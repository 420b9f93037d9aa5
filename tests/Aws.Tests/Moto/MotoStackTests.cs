using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Our templates, really created by somebody else's CloudFormation through our client.</summary>
[Collection(MotoServer.Name)]
public sealed class MotoStackTests(MotoServer moto)
{
    // What moto 5.1.1 passes over in silence.
    private static readonly ImmutableHashSet<string> Unknown =
    [
        "AWS::KMS::Alias", "AWS::EC2::SecurityGroupEgress", "AWS::IAM::OIDCProvider", "AWS::SecretsManager::Secret", "AWS::ECR::PullThroughCacheRule",
        "AWS::ECR::RegistryScanningConfiguration", "AWS::ECR::RepositoryCreationTemplate", "AWS::EC2::VPCBlockPublicAccessExclusion",
        "AWS::S3::BucketPolicy",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Profile.Dev), "network")]
    [InlineData(nameof(Profile.Staging), "network")]
    [InlineData(nameof(Profile.Production), "network")]
    [InlineData(nameof(Profile.Production), "identity")]
    [InlineData(nameof(Profile.Production), "registry")]
    [InlineData(nameof(Profile.Production), "bootstrap")]
    [InlineData(nameof(Profile.Production), "access")]
    public async Task A_stack_is_created_by_a_change_set(string profile, string part)
    {
        using var session = await moto.AdministratorAsync();
        var template = StackRenderer.Render(Sample.Model(Enum.Parse<Profile>(profile))).Stacks.Single(stack => stack.ShortName == part);

        var stack = await CreateAsync(session, template);

        Assert.Equal("CREATE_COMPLETE", stack.StackStatus);
        var made = await session.CloudFormation.ListStackResourcesAsync(stack.StackId, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(
            Resources(template).Where(resource => !Unknown.Contains(resource.Value)).Select(resource => $"{resource.Key} {resource.Value}"),
            made.Where(resource => resource.PhysicalResourceId is { Length: > 0 }).Select(resource => $"{resource.LogicalResourceId} {resource.ResourceType}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_stack_made_is_there_and_the_same_template_changes_nothing()
    {
        using var session = await moto.AdministratorAsync();
        const string name = "shop-small-network";
        const string body = """
            {"Resources":{"Vpc":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.77.0.0/16","Tags":[{"Key":"app","Value":"shop, and co"}]}},
              "Group":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"a group","VpcId":{"Ref":"Vpc"}}},
              "Logs":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/shop/small"}}}}
            """;
        var stack = await CreateAsync(session, name, body);
        var made = await session.CloudFormation.ListStackResourcesAsync(name, Cancellation).ToDictionaryAsync(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId, cancellationToken: Cancellation);

        var vpcs = await session.Ec2.DescribeVpcsAsync([Ec2Filter.Tagged("app", "shop, and co")], Cancellation).ToListAsync(Cancellation);
        var groups = await session.Ec2.DescribeSecurityGroupsAsync([Ec2Filter.InVpc(made["Vpc"]!)], Cancellation).ToListAsync(Cancellation);
        var logs = await session.Logs.DescribeLogGroupsAsync("/shop/sm", Cancellation).ToListAsync(Cancellation);
        var events = await session.CloudFormation.DescribeStackEventsAsync(stack.StackId, Cancellation).ToListAsync(Cancellation);
        var again = await ChangeSetAsync(session, new CreateChangeSetRequest { StackName = name, ChangeSetName = "deploy-2", ChangeSetType = "UPDATE", ClientToken = "2", TemplateBody = body });

        Assert.Equal([(made["Vpc"], "10.77.0.0/16")], vpcs.Select(vpc => ((string?)vpc.VpcId, vpc.CidrBlock)));
        Assert.Contains(made["Group"], groups.Select(group => group.GroupId));
        Assert.Equal(["/shop/small"], logs.Select(group => group.LogGroupName));
        Assert.True(events[0] is { IsOfStack: true, ResourceStatus: "CREATE_COMPLETE" }, events[0].ToString());
        Assert.True(again.IsWithoutChanges, again.ToString());
        Assert.True(await session.CloudFormation.DeleteChangeSetAsync(again.ChangeSetId, Cancellation));
        Assert.Equal(body, await session.CloudFormation.GetTemplateAsync(name, Cancellation));
        Assert.Contains(name, await session.CloudFormation.DescribeStacksAsync(Cancellation).Select(other => other.StackName).ToListAsync(Cancellation));
    }

    private static Task<StackState> CreateAsync(AwsSession session, StackTemplate template) =>
        CreateAsync(session, new CreateChangeSetRequest
        {
            StackName = template.Name,
            ChangeSetName = "deploy-1",
            ChangeSetType = "CREATE",
            ClientToken = Guid.NewGuid().ToString("N"),
            TemplateBody = Body(template),
            Parameters = [.. template.Parameters.Select(parameter => new StackArgument(parameter.Name, Assert.IsType<ParameterValue.Text>(parameter.Value).Value, null))],
            Capabilities = template.Capabilities,
            Tags = [.. template.Tags.Select(tag => new AwsTag(tag.Key, tag.Value))],
        });

    private static Task<StackState> CreateAsync(AwsSession session, string name, string body) =>
        CreateAsync(session, new CreateChangeSetRequest { StackName = name, ChangeSetName = "deploy-1", ChangeSetType = "CREATE", ClientToken = "1", TemplateBody = body });

    private static async Task<StackState> CreateAsync(AwsSession session, CreateChangeSetRequest request)
    {
        var changes = await ChangeSetAsync(session, request);
        Assert.True(changes.IsReady, changes.StatusReason);
        await session.CloudFormation.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = changes.ChangeSetId, ClientRequestToken = Guid.NewGuid().ToString("N") }, Cancellation);
        return await Eventually.ValueAsync(
            async cancellationToken =>
                await session.CloudFormation.DescribeStackAsync(changes.StackId, cancellationToken) is { } stack && StackStatus.ConditionOf(stack.StackStatus) != StackCondition.Moving ? stack : null,
            TimeSpan.FromSeconds(30),
            "the stack");
    }

    private static async Task<ChangeSet> ChangeSetAsync(AwsSession session, CreateChangeSetRequest request)
    {
        var created = await session.CloudFormation.CreateChangeSetAsync(request, Cancellation);
        return await Eventually.ValueAsync(
            async cancellationToken => await session.CloudFormation.DescribeChangeSetAsync(created.Id, cancellationToken) is { IsPending: false } ready ? ready : null,
            TimeSpan.FromSeconds(30),
            "the change set");
    }

    // moto compares the interval, a number, with texts.
    private static string Body(StackTemplate template)
    {
        var body = JsonNode.Parse(template.Body.AsSpan())!;
        foreach (var (_, resource) in body["Resources"]!.AsObject())
        {
            (resource!["Properties"] as JsonObject)?.Remove("MaxAggregationInterval");
        }

        return body.ToJsonString();
    }

    private static SortedDictionary<string, string> Resources(StackTemplate template)
    {
        using var document = JsonDocument.Parse(Body(template));
        return new SortedDictionary<string, string>(
            document.RootElement.GetProperty("Resources").EnumerateObject().ToDictionary(resource => resource.Name, resource => resource.Value.GetProperty("Type").GetString()!),
            StringComparer.Ordinal);
    }
}
