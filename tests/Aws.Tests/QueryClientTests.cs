using System.Net;

namespace Platform.Deploy.Aws.Tests;

/// <summary>Answers of EC2, Elastic Load Balancing and IAM in the shapes that they really have.</summary>
public sealed class QueryClientTests : IDisposable
{
    private readonly FakeAws _aws = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Network_interfaces_of_a_network_are_found_by_filters()
    {
        _aws.Answers("""
            <DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><networkInterfaceSet>
              <item><networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-1</subnetId><description>ELB app/k8s-shop/1</description><requesterManaged>true</requesterManaged>
                <status>in-use</status><interfaceType>interface</interfaceType><groupSet><item><groupId>sg-1</groupId><groupName>k8s</groupName></item></groupSet></item>
              <item><networkInterfaceId>eni-2</networkInterfaceId><status>available</status><groupSet/><tagSet><item><key>eks:eks-cluster-name</key><value>shop-dev</value></item></tagSet></item>
            </networkInterfaceSet></DescribeNetworkInterfacesResponse>
            """);

        var interfaces = await new Ec2Client(_aws.Connection).DescribeNetworkInterfacesAsync([Ec2Filter.InVpc("vpc-1"), new Ec2Filter("status", ["available", "in-use"])], Cancellation).ToListAsync(Cancellation);

        Assert.Equal("Action=DescribeNetworkInterfaces&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.2.Name=status&Filter.2.Value.1=available&Filter.2.Value.2=in-use", _aws.Sent[0].Body);
        Assert.Equal(["eni-1 in-use ELB app/k8s-shop/1 True sg-1 ", "eni-2 available  False  shop-dev"], interfaces.Select(found =>
            $"{found.NetworkInterfaceId} {found.Status} {found.Description} {found.RequesterManaged} {string.Join(' ', found.Groups)} {string.Join(' ', found.Tags.Select(tag => tag.Value))}"));
    }

    [Fact]
    public async Task Rules_are_revoked_side_by_side()
    {
        _aws.Answers("<RevokeSecurityGroupIngressResponse><return>true</return></RevokeSecurityGroupIngressResponse>")
            .Answers(HttpStatusCode.BadRequest, "<Response><Errors><Error><Code>InvalidSecurityGroupRuleId.NotFound</Code><Message>gone</Message></Error></Errors></Response>");
        SecurityGroupRuleState[] rules = [Rule("sgr-1", isEgress: false), Rule("sgr-2", isEgress: false), Rule("sgr-3", isEgress: true)];

        await new Ec2Client(_aws.Connection).RevokeSecurityGroupRulesAsync(rules, Cancellation);

        Assert.Equal(
            [
                "Action=RevokeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&SecurityGroupRuleId.1=sgr-1&SecurityGroupRuleId.2=sgr-2",
                "Action=RevokeSecurityGroupEgress&Version=2016-11-15&GroupId=sg-1&SecurityGroupRuleId.1=sgr-3",
            ],
            _aws.Sent.Select(sent => sent.Body));
    }

    [Theory]
    [InlineData("InvalidGroup.NotFound", false)]
    [InlineData("InvalidGroupId.Malformed", null)]
    [InlineData("DependencyViolation", null)]
    public async Task A_security_group_that_is_gone_is_no_failure(string code, bool? expected)
    {
        _aws.Answers(HttpStatusCode.BadRequest, $"<Response><Errors><Error><Code>{code}</Code><Message>m</Message></Error></Errors><RequestID>r-9</RequestID></Response>");

        var answer = await Record.ExceptionAsync(async () => Assert.Equal(expected, await new Ec2Client(_aws.Connection).DeleteSecurityGroupAsync("sg-1", Cancellation)));

        Assert.Equal((expected is null, expected is null ? "r-9" : null), (answer is AwsException, (answer as AwsException)?.Error.RequestId));
    }

    [Fact]
    public async Task Tags_of_many_load_balancers_are_asked_for_in_parts()
    {
        for (var part = 0; part < 3; part++)
        {
            _aws.Answers($"<DescribeTagsResponse><DescribeTagsResult><TagDescriptions><member><ResourceArn>arn:{part}</ResourceArn><Tags><member><Key>k</Key><Value>v</Value></member></Tags></member></TagDescriptions></DescribeTagsResult></DescribeTagsResponse>");
        }

        var tags = await new LoadBalancingClient(_aws.Connection).DescribeTagsAsync([.. Enumerable.Range(0, 41).Select(number => $"arn:{number}")], Cancellation);

        Assert.Equal(["arn:0", "arn:1", "arn:2"], tags.Select(description => description.ResourceArn));
        Assert.Equal([20, 20, 1], _aws.Sent.Select(sent => sent.Body.Split("ResourceArns.member.").Length - 1));
    }

    [Fact]
    public async Task A_load_balancer_has_a_state_and_an_address()
    {
        _aws.Answers("""
            <DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers><member>
              <LoadBalancerArn>arn</LoadBalancerArn><LoadBalancerName>k8s-shop</LoadBalancerName><DNSName>k8s-shop.eu-west-1.elb.amazonaws.com</DNSName><CanonicalHostedZoneId>Z1</CanonicalHostedZoneId>
              <State><Code>provisioning</Code></State><Type>application</Type><Scheme>internet-facing</Scheme><VpcId>vpc-1</VpcId>
            </member></LoadBalancers></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>
            """);

        var found = await new LoadBalancingClient(_aws.Connection).DescribeLoadBalancerAsync("arn", Cancellation);

        Assert.Equal(("provisioning", "k8s-shop.eu-west-1.elb.amazonaws.com", "Z1", "internet-facing"), (found?.StateCode, found?.DNSName, found?.CanonicalHostedZoneId, found?.Scheme));
    }

    [Fact]
    public async Task A_simulation_says_what_is_allowed_and_what_stands_against_it()
    {
        _aws.Answers("""
            <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>true</IsTruncated><Marker>m</Marker><EvaluationResults>
              <member><EvalActionName>eks:CreateCluster</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>implicitDeny</EvalDecision>
                <PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail></member>
            </EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>
            """)
            .Answers("<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>ecr:PutImage</EvalActionName><EvalDecision>allowed</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>");

        var evaluations = await new IamClient(_aws.Connection).SimulatePrincipalPolicyAsync(
            new SimulatePrincipalPolicyRequest { PolicySourceArn = "arn:aws:iam::1:role/deployer", ActionNames = ["eks:CreateCluster", "ecr:PutImage"] },
            Cancellation).ToListAsync(Cancellation);

        Assert.Equal([("eks:CreateCluster", "implicitDeny", false), ("ecr:PutImage", "allowed", (bool?)null)], evaluations.Select(evaluation => (evaluation.EvalActionName, evaluation.EvalDecision, evaluation.AllowedByPermissionsBoundary)));
        Assert.Equal("https://iam.amazonaws.com/", _aws.Sent[0].Url.AbsoluteUri);
        Assert.Contains("/us-east-1/iam/aws4_request", _aws.Sent[0].Headers["authorization"], StringComparison.Ordinal);
    }

    private static SecurityGroupRuleState Rule(string id, bool isEgress) => new(id, "sg-1", isEgress, "-1", null, null, "0.0.0.0/0");
}
