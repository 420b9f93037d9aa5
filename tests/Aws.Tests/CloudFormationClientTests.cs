using System.Net;

namespace Platform.Deploy.Aws.Tests;

public sealed class CloudFormationClientTests : IDisposable
{
    private const string Space = "xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"";
    private readonly FakeAws _aws = new();
    private readonly CloudFormationClient _client;

    public CloudFormationClientTests() => _client = new CloudFormationClient(_aws.Connection);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task A_change_set_has_the_changes_of_all_its_pages()
    {
        _aws.Answers($"""
            <DescribeChangeSetResponse {Space}><DescribeChangeSetResult>
              <ChangeSetId>arn:aws:cloudformation:eu-west-1:1:changeSet/deploy-7/1</ChangeSetId><ChangeSetName>deploy-7</ChangeSetName>
              <StackId>arn:aws:cloudformation:eu-west-1:1:stack/shop-dev-cluster/1</StackId><StackName>shop-dev-cluster</StackName>
              <Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><CreationTime>2026-11-23T10:20:30.123Z</CreationTime>
              <Parameters><member><ParameterKey>Zone</ParameterKey><ParameterValue>a</ParameterValue></member></Parameters>
              <Capabilities/>
              <Changes><member><Type>Resource</Type><ResourceChange>
                <Action>Modify</Action><LogicalResourceId>Cluster</LogicalResourceId><PhysicalResourceId>shop-dev</PhysicalResourceId>
                <ResourceType>AWS::EKS::Cluster</ResourceType><Replacement>Conditional</Replacement><Scope><member>Properties</member><member>Tags</member></Scope>
                <Details><member>
                  <Target><Attribute>Properties</Attribute><Name>Version</Name><RequiresRecreation>Never</RequiresRecreation><Path>/Properties/Version</Path>
                    <BeforeValue>1.33</BeforeValue><AfterValue>1.34</AfterValue><AttributeChangeType>Modify</AttributeChangeType></Target>
                  <Evaluation>Static</Evaluation><ChangeSource>DirectModification</ChangeSource>
                </member></Details>
              </ResourceChange></member></Changes>
              <NextToken>page-2</NextToken>
            </DescribeChangeSetResult></DescribeChangeSetResponse>
            """)
            .Answers($"""
            <DescribeChangeSetResponse {Space}><DescribeChangeSetResult>
              <Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus>
              <Changes><member><ResourceChange><Action>Remove</Action><PolicyAction>Snapshot</PolicyAction><LogicalResourceId>Data</LogicalResourceId><ResourceType>AWS::EC2::Volume</ResourceType></ResourceChange></member></Changes>
            </DescribeChangeSetResult></DescribeChangeSetResponse>
            """);

        var changes = await _client.DescribeChangeSetAsync("arn:aws:cloudformation:eu-west-1:1:changeSet/deploy-7/1", Cancellation);

        Assert.True(changes is { IsReady: true, IsPending: false, IsWithoutChanges: false, StackName: "shop-dev-cluster", CreationTime.Millisecond: 123 }, changes?.ToString());
        Assert.Equal([new StackArgument("Zone", "a", null)], changes!.Parameters);
        Assert.Equal(["Modify Cluster Conditional", "Remove Data "], changes.Changes.Select(change => $"{change.Action} {change.LogicalResourceId} {change.Replacement}"));
        var detail = Assert.Single(changes.Changes[0].Details);
        Assert.Equal(new ResourceTarget("Properties", "Version", "Never", "/Properties/Version", "1.33", "1.34", "Modify"), detail.Target);
        Assert.Equal(("Static", "DirectModification", null), (detail.Evaluation, detail.ChangeSource, detail.CausingEntity));
        Assert.EndsWith("&IncludePropertyValues=true&NextToken=page-2", _aws.Sent[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The submitted information didn't contain changes. Submit different information to create a change set.", true)]
    [InlineData("No updates are to be performed.", true)]
    [InlineData("Parameter validation failed", false)]
    public async Task A_change_set_without_changes_is_no_failure(string reason, bool expected)
    {
        _aws.Answers($"<DescribeChangeSetResponse {Space}><DescribeChangeSetResult><Status>FAILED</Status><ExecutionStatus>UNAVAILABLE</ExecutionStatus><StatusReason>{reason}</StatusReason></DescribeChangeSetResult></DescribeChangeSetResponse>");

        var changes = await _client.DescribeChangeSetAsync("arn", Cancellation);

        Assert.Equal((expected, false), (changes?.IsWithoutChanges, changes?.IsReady));
    }

    [Fact]
    public async Task What_makes_a_change_set_goes_as_a_form()
    {
        _aws.Answers($"<CreateChangeSetResponse {Space}><CreateChangeSetResult><Id>c</Id><StackId>s</StackId></CreateChangeSetResult></CreateChangeSetResponse>");

        var created = await _client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = "shop-dev-network",
                ChangeSetName = "deploy-7",
                ChangeSetType = "CREATE",
                ClientToken = "token",
                TemplateBody = "{\"a\": \"é&=+\"}",
                Parameters = [new StackArgument("Zone", "a", null), new StackArgument("Image", null, true)],
                Capabilities = ["CAPABILITY_NAMED_IAM"],
                Tags = [new AwsTag("app", "shop")],
                RoleARN = "arn:aws:iam::1:role/exec",
                OnStackFailure = "DELETE",
            },
            Cancellation);

        Assert.Equal(new CreateChangeSetResult("c", "s"), created);
        Assert.Equal(
            "Action=CreateChangeSet&Version=2010-05-15&StackName=shop-dev-network&ChangeSetName=deploy-7&ChangeSetType=CREATE&ClientToken=token"
                + "&TemplateBody=%7B%22a%22%3A+%22%C3%A9%26%3D%2B%22%7D&Parameters.member.1.ParameterKey=Zone&Parameters.member.1.ParameterValue=a"
                + "&Parameters.member.2.ParameterKey=Image&Parameters.member.2.UsePreviousValue=true&Capabilities.member.1=CAPABILITY_NAMED_IAM"
                + "&Tags.member.1.Key=app&Tags.member.1.Value=shop&RoleARN=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fexec&OnStackFailure=DELETE",
            Assert.Single(_aws.Sent).Body);
    }

    [Fact]
    public async Task The_first_failure_is_told_from_those_that_follow()
    {
        _aws.Answers($"""
            <DescribeStackEventsResponse {Space}><DescribeStackEventsResult><StackEvents>
              <member><EventId>3</EventId><StackId>stack</StackId><StackName>n</StackName><LogicalResourceId>n</LogicalResourceId><PhysicalResourceId>stack</PhysicalResourceId>
                <ResourceType>AWS::CloudFormation::Stack</ResourceType><ResourceStatus>ROLLBACK_IN_PROGRESS</ResourceStatus></member>
              <member><EventId>2</EventId><StackId>stack</StackId><StackName>n</StackName><LogicalResourceId>Route</LogicalResourceId><ResourceType>AWS::EC2::Route</ResourceType>
                <ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>Resource creation cancelled</ResourceStatusReason></member>
              <member><EventId>1</EventId><StackId>stack</StackId><StackName>n</StackName><LogicalResourceId>Nat</LogicalResourceId><ResourceType>AWS::EC2::NatGateway</ResourceType>
                <Timestamp>2026-11-23T10:20:30Z</Timestamp><ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>AddressLimitExceeded</ResourceStatusReason><ClientRequestToken>run-1</ClientRequestToken></member>
            </StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>
            """);

        var events = await _client.DescribeStackEventsAsync("stack", Cancellation).ToListAsync(Cancellation);

        Assert.Equal(
            ["3 stack: True, failure: False, cancelled: False", "2 stack: False, failure: True, cancelled: True", "1 stack: False, failure: True, cancelled: False"],
            events.Select(line => $"{line.EventId} stack: {line.IsOfStack}, failure: {line.IsFailure}, cancelled: {line.IsCancelled}"));
        Assert.Equal((new DateTimeOffset(2026, 11, 23, 10, 20, 30, TimeSpan.Zero), "run-1"), (events[2].Timestamp, events[2].ClientRequestToken));
    }

    [Fact]
    public async Task Who_follows_a_stack_asks_for_no_more_pages_than_he_needs()
    {
        _aws.Answers($"<DescribeStackEventsResponse {Space}><DescribeStackEventsResult><StackEvents><member><EventId>9</EventId></member><member><EventId>8</EventId></member></StackEvents><NextToken>t</NextToken></DescribeStackEventsResult></DescribeStackEventsResponse>");

        var fresh = await _client.DescribeStackEventsAsync("stack", Cancellation).TakeWhile(line => line.EventId != "8").ToListAsync(Cancellation);

        Assert.Equal(["9"], fresh.Select(line => line.EventId));
        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task Resources_that_a_stand_in_does_not_know_are_left_out()
    {
        _aws.Answers($"""
            <ListStackResourcesResponse {Space}><ListStackResourcesResult><StackResourceSummaries>
              <member><LogicalResourceId/><PhysicalResourceId/><ResourceType/></member>
              <member><LogicalResourceId>Vpc</LogicalResourceId><PhysicalResourceId>vpc-1</PhysicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>
            </StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>
            """);

        var resources = await _client.ListStackResourcesAsync("stack", Cancellation).ToListAsync(Cancellation);

        Assert.Equal([new StackResourceSummary { LogicalResourceId = "Vpc", PhysicalResourceId = "vpc-1", ResourceType = "AWS::EC2::VPC", ResourceStatus = "CREATE_COMPLETE" }], resources);
    }

    [Fact]
    public async Task What_does_not_exist_is_null_or_false_or_empty()
    {
        var missing = Error("ValidationError", "Stack with id shop-dev-network does not exist");
        _aws.Answers(HttpStatusCode.BadRequest, missing).Answers(HttpStatusCode.BadRequest, missing)
            .Answers(HttpStatusCode.NotFound, Error("ChangeSetNotFound", "ChangeSet [x] does not exist")).Answers(HttpStatusCode.NotFound, Error("ChangeSetNotFound", "ChangeSet [x] does not exist"))
            .Answers(HttpStatusCode.BadRequest, Error("ValidationError", "Export 'shop-dev-VpcId' is not imported by any stack."));

        Assert.Null(await _client.DescribeStackAsync("shop-dev-network", Cancellation));
        Assert.Null(await _client.GetTemplateAsync("shop-dev-network", Cancellation));
        Assert.Null(await _client.DescribeChangeSetAsync("x", Cancellation));
        Assert.False(await _client.DeleteChangeSetAsync("x", Cancellation));
        Assert.Empty(await _client.ListImportsAsync("shop-dev-VpcId", Cancellation));
    }

    [Fact]
    public async Task Another_validation_error_is_no_missing_stack()
    {
        _aws.Answers(HttpStatusCode.BadRequest, Error("ValidationError", "1 validation error detected: Value 'x/y' at 'stackName' failed to satisfy constraint"));

        var failure = await Assert.ThrowsAsync<AwsException>(() => _client.DescribeStackAsync("x/y", Cancellation));

        Assert.Equal(AwsErrorKind.Rejected, failure.Error.Kind);
    }

    [Fact]
    public void Every_status_of_a_stack_has_its_condition()
    {
        var statuses = ServiceModel.Of(AwsApi.CloudFormation).Shape("StackStatus").Enum;

        var conditions = statuses.GroupBy(StackStatus.ConditionOf, status => status).ToDictionary(group => group.Key, group => string.Join(' ', group.Order(StringComparer.Ordinal)));

        Assert.Equal(
            new Dictionary<StackCondition, string>
            {
                [StackCondition.Good] = "CREATE_COMPLETE IMPORT_COMPLETE UPDATE_COMPLETE",
                [StackCondition.Moving] = "CREATE_IN_PROGRESS DELETE_IN_PROGRESS IMPORT_IN_PROGRESS IMPORT_ROLLBACK_IN_PROGRESS ROLLBACK_IN_PROGRESS UPDATE_COMPLETE_CLEANUP_IN_PROGRESS "
                    + "UPDATE_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_ROLLBACK_IN_PROGRESS",
                [StackCondition.RolledBack] = "IMPORT_ROLLBACK_COMPLETE UPDATE_ROLLBACK_COMPLETE",
                [StackCondition.Dead] = "ROLLBACK_COMPLETE",
                [StackCondition.Broken] = "CREATE_FAILED DELETE_FAILED IMPORT_ROLLBACK_FAILED ROLLBACK_FAILED UPDATE_FAILED UPDATE_ROLLBACK_FAILED",
                [StackCondition.Empty] = "REVIEW_IN_PROGRESS",
                [StackCondition.Deleted] = "DELETE_COMPLETE",
            },
            conditions);
    }

    private static string Error(string code, string message) => $"<ErrorResponse {Space}><Error><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>";
}
