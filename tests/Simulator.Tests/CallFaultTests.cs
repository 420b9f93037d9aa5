using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Tests;

/// <summary>What a caller sees of each fault, and whether the call was done nevertheless.</summary>
public sealed class CallFaultTests
{
    [Theory]
    [InlineData("throttle", nameof(AwsErrorKind.Throttled), false)]
    [InlineData("error:AccessDenied", nameof(AwsErrorKind.AccessDenied), false)]
    [InlineData("error:InternalServerError", nameof(AwsErrorKind.Unavailable), false)]
    [InlineData("expired-token", nameof(AwsErrorKind.ExpiredKeys), false)]
    [InlineData("status:503", nameof(AwsErrorKind.Unavailable), false)]
    [InlineData("html", nameof(AwsErrorKind.Unavailable), false)]
    [InlineData("refuse", nameof(AwsErrorKind.Unreachable), false)]
    [InlineData("hang-before", nameof(AwsErrorKind.Unreachable), false)]
    [InlineData("cut", nameof(AwsErrorKind.Unreachable), true)]
    [InlineData("hang", nameof(AwsErrorKind.Unreachable), true)]
    public async Task A_fault_has_its_error_and_its_effect(string action, string kind, bool isDone)
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse($"ssm:PutParameter={action}")] });
        using var session = Impatient(cloud);

        var refused = await Assert.ThrowsAsync<AwsException>(() => session.Ssm.PutParameterAsync("/shop/dev/lock", "run 1", TestContext.Current.CancellationToken));

        Assert.Equal((kind, isDone), (refused.Error.Kind.ToString(), await session.Ssm.GetParameterAsync("/shop/dev/lock", TestContext.Current.CancellationToken) is not null));
    }

    [Fact]
    public async Task A_call_that_is_late_is_done()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("sts=latency:5ms")] });
        using var session = Sessions.Of(cloud);

        var identity = await session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken);

        Assert.Equal("123456789012", identity.Account);
    }

    [Fact]
    public async Task An_action_that_is_denied_is_denied_in_the_simulation_of_policies()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("eks:DescribeCluster=error:AccessDenied")] });
        using var session = Sessions.Of(cloud);
        var request = new SimulatePrincipalPolicyRequest { PolicySourceArn = "arn:aws:iam::123456789012:user/administrator", ActionNames = ["eks:DescribeCluster", "eks:ListClusters"] };

        var decisions = await session.Iam.SimulatePrincipalPolicyAsync(request, TestContext.Current.CancellationToken).Select(evaluation => evaluation.EvalDecision).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["implicitDeny", "allowed"], decisions);
    }

    [Fact]
    public async Task A_fault_comes_while_the_simulator_runs()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Impatient(cloud);
        using var http = new HttpClient();
        using var rules = new StringContent("sts=throttle\nleftovers\n");

        using var added = await http.PostAsync(new Uri(cloud.Endpoint, "_simulator/faults"), rules, TestContext.Current.CancellationToken);

        Assert.Equal("""["sts=throttle","leftovers"]""", await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<AwsException>(() => session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Faults_go_while_the_simulator_runs()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("sts=throttle")] });
        using var session = Impatient(cloud);
        using var http = new HttpClient();

        using var none = await http.DeleteAsync(new Uri(cloud.Endpoint, "_simulator/faults"), TestContext.Current.CancellationToken);

        Assert.Equal("[]", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("123456789012", (await session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken)).Account);
    }

    private static AwsSession Impatient(SimulatedCloud cloud) => AwsSession.Open(
        new AwsSessionSettings
        {
            Region = cloud.Region,
            StandIn = new AwsStandIn(cloud.Endpoint, new AwsKeys(cloud.AccessKeyId, new SecretText(cloud.SecretAccessKey), null)),
            Limits = new AwsLimits { Attempt = TimeSpan.FromSeconds(1), Attempts = 1, AttemptsBeforeFirstAnswer = 1 },
        },
        System.Collections.Immutable.ImmutableDictionary<string, string>.Empty,
        TimeProvider.System);
}
