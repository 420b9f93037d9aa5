using Platform.Deploy.Aws;
using Platform.Deploy.Model;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Tests;

/// <summary>What one service does and another sees, through Deploy's own clients.</summary>
public sealed class AccountTests
{
    private const string Role = "arn:aws:iam::123456789012:role/shop/shop-dev-deployer";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_of_a_role_is_who_it_is()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var caller = Sessions.Of(cloud);
        var role = await caller.Sts.AssumeRoleAsync(new AssumeRoleRequest(Role, "run-1", 3_600), Token);
        using var session = Sessions.Of(cloud, role.Keys);

        var identity = await session.Sts.GetCallerIdentityAsync(Token);

        Assert.Equal(("arn:aws:sts::123456789012:assumed-role/shop-dev-deployer/run-1", SampleAccount.Start.AddHours(1)), (identity.Arn, role.Expiration));
    }

    [Fact]
    public async Task A_session_ends()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var caller = Sessions.Of(cloud);
        var role = await caller.Sts.AssumeRoleAsync(new AssumeRoleRequest(Role, "run-1", 900), Token);
        using var session = Sessions.Of(cloud, role.Keys);
        cloud.Account.Clock.MoveTo(SampleAccount.Start.AddMinutes(16));

        var refused = await Assert.ThrowsAsync<AwsException>(() => session.Sts.GetCallerIdentityAsync(Token));

        Assert.Equal(AwsErrorKind.ExpiredKeys, refused.Error.Kind);
    }

    [Fact]
    public async Task Keys_that_nobody_has_are_refused()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud, new AwsKeys("AKIANOBODY", new SecretText("none"), null));

        var refused = await Assert.ThrowsAsync<AwsException>(() => session.Eks.ListClustersAsync(Token).ToListAsync(Token).AsTask());

        Assert.Equal(("UnrecognizedClientException", AwsErrorKind.UnknownKeys), (refused.Error.Code, refused.Error.Kind));
    }

    [Fact]
    public async Task A_lock_is_made_once()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var first = await session.Ssm.CreateParameterAsync("/shop/dev/deploy-lock", "run 1", [new AwsTag("app", "shop")], Token);
        var second = await session.Ssm.CreateParameterAsync("/shop/dev/deploy-lock", "run 2", [new AwsTag("app", "shop")], Token);

        Assert.Equal((true, false, "run 1"), (first, second, (await session.Ssm.GetParameterAsync("/shop/dev/deploy-lock", Token))?.Value));
    }

    [Fact]
    public async Task Resources_are_found_by_their_tags_and_types()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var found = await session.Tagging.GetResourcesAsync([new TagFilter("app", ["shop"])], ["ec2:vpc", "elasticloadbalancing:loadbalancer"], Token).Select(resource => resource.ResourceARN).ToListAsync(Token);

        Assert.Equal(["arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", SampleAccount.LoadBalancer], found);
    }

    [Fact]
    public async Task A_security_group_that_is_used_stays()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var refused = await Assert.ThrowsAsync<AwsException>(() => session.Ec2.DeleteSecurityGroupAsync("sg-1", Token));

        Assert.Equal(("DependencyViolation", AwsErrorKind.Conflict), (refused.Error.Code, refused.Error.Kind));
    }

    [Fact]
    public async Task A_network_can_be_cleared_of_what_a_load_balancer_left()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);
        var (ec2, balancing) = (session.Ec2, session.LoadBalancing);

        await balancing.DeleteLoadBalancerAsync(SampleAccount.LoadBalancer, Token);
        await balancing.DeleteTargetGroupAsync(SampleAccount.TargetGroup, Token);
        await ec2.DeleteNetworkInterfaceAsync("eni-2", Token);
        var lingering = await ec2.DescribeNetworkInterfacesAsync([Ec2Filter.InVpc("vpc-1")], Token).Select(one => one.NetworkInterfaceId).ToListAsync(Token);
        cloud.Account.Clock.MoveTo(SampleAccount.Start.AddMinutes(2));
        await ec2.RevokeSecurityGroupRulesAsync(await ec2.DescribeSecurityGroupRulesAsync("sg-2", Token).Where(rule => !rule.IsEgress).ToListAsync(Token), Token);
        await ec2.DeleteSecurityGroupAsync("sg-1", Token);
        await ec2.DeleteSecurityGroupAsync("sg-2", Token);

        Assert.Equal(["eni-1"], lingering);
        Assert.Empty(await ec2.DescribeSecurityGroupsAsync([Ec2Filter.InVpc("vpc-1")], Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_certificate_with_a_zone_is_issued_after_some_minutes()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var before = await session.Acm.DescribeCertificateAsync(SampleAccount.Certificate, Token);
        cloud.Account.Clock.MoveTo(SampleAccount.Start.AddMinutes(5));
        var after = await session.Acm.DescribeCertificateAsync(SampleAccount.Certificate, Token);

        Assert.Equal(("PENDING_VALIDATION", "ISSUED", SampleAccount.Start.AddMinutes(4)), (before?.Status, after?.Status, after?.IssuedAt));
    }

    [Fact]
    public async Task A_certificate_whose_record_nobody_adds_stays_pending()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("certificate=pending")] });
        using var session = Sessions.Of(cloud);
        cloud.Account.Clock.MoveTo(SampleAccount.Start.AddDays(1));

        var certificate = await session.Acm.DescribeCertificateAsync(SampleAccount.Certificate, Token);

        Assert.Equal(("PENDING_VALIDATION", "CNAME"), (certificate?.Status, certificate?.DomainValidationOptions[0].ResourceRecord?.Type));
    }

    [Fact]
    public async Task A_quota_is_as_low_as_a_fault_says()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("quota:vpc=0")] });
        using var session = Sessions.Of(cloud);

        var quotas = (await session.ServiceQuotas.GetServiceQuotaAsync("vpc", "L-F678F1CE", Token), await session.ServiceQuotas.GetServiceQuotaAsync("ec2", "L-0263D0A3", Token), await session.ServiceQuotas.GetServiceQuotaAsync("vpc", "L-NONE", Token));

        Assert.Equal((0, 5, null), (quotas.Item1?.Value, quotas.Item2?.Value, quotas.Item3?.Value));
    }

    [Fact]
    public async Task A_cluster_leaves_behind_what_its_controllers_forget()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { Faults = [FaultRule.Parse("leftovers")] });
        using var session = Sessions.Of(cloud);

        var left = await session.Tagging.GetResourcesAsync([new TagFilter("eks:eks-cluster-name", [SampleAccount.Cluster])], [], Token).Select(resource => resource.ResourceARN.Split(':')[5].Split('/')[0]).ToListAsync(Token);

        Assert.Equal(["network-interface", "security-group", "volume", "loadbalancer", "targetgroup"], left);
    }

    [Fact]
    public async Task An_image_of_a_machine_has_an_id()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var parameter = await session.Ssm.GetParameterAsync("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64", Token);

        Assert.Matches("^ami-[0-9a-f]{17}$", parameter?.Value);
    }

    [Fact]
    public async Task A_secret_is_made_once_by_one_token_and_its_value_is_nowhere()
    {
        var folder = Directory.CreateTempSubdirectory("simulator-test-").FullName;
        var request = new CreateSecretRequest("shop/dev/key", new SecretText("canary-of-a-value"), "0123456789abcdef0123456789abcdef", null, null, null);
        await using (var cloud = await SampleAccount.StartAsync(SampleAccount.Options with { StateFolder = folder }))
        {
            using var session = Sessions.Of(cloud);

            var versions = (await session.SecretsManager.CreateSecretAsync(request, Token), await session.SecretsManager.CreateSecretAsync(request, Token));

            Assert.Equal(versions.Item1, versions.Item2);
        }

        Assert.DoesNotContain("canary", await File.ReadAllTextAsync(Path.Combine(folder, "account.json"), Token), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_region_without_an_unsupported_version_of_Kubernetes_names_the_newest_first()
    {
        await using var cloud = await SampleAccount.StartAsync(SampleAccount.Options);
        using var session = Sessions.Of(cloud);

        var versions = await session.Eks.DescribeClusterVersionsAsync(null, Token).Select(version => $"{version.Version} {version.VersionStatus}").ToListAsync(Token);

        Assert.Equal(["1.36 STANDARD_SUPPORT", "1.35 STANDARD_SUPPORT", "1.34 STANDARD_SUPPORT", "1.33 EXTENDED_SUPPORT", "1.32 EXTENDED_SUPPORT", "1.31 EXTENDED_SUPPORT"], versions);
    }
}
