using Platform.Simulator.Faults;

namespace Platform.Simulator.Tests;

public sealed class FaultRuleTests
{
    [Theory]
    [InlineData("cloudformation:CreateChangeSet#2=throttle")]
    [InlineData("*#7=hang")]
    [InlineData("*=latency:200ms")]
    [InlineData("registry=status:503")]
    [InlineData("registry:PutManifest#3+=cut")]
    [InlineData("sts:*=error:AccessDenied")]
    [InlineData("eks:DescribeCluster=html")]
    [InlineData("ssm#1=refuse")]
    [InlineData("ec2=hang-before")]
    [InlineData("tagging=expired-token")]
    [InlineData("stack:Cluster=fail:no room left")]
    [InlineData("stack:Cluster=rollback-fail")]
    [InlineData("stack:Cluster=delete-fail")]
    [InlineData("quota:vpc=0")]
    [InlineData("certificate=pending")]
    [InlineData("scan:critical=2")]
    [InlineData("leftovers")]
    [InlineData("drift:Vpc")]
    public void A_fault_is_read(string text)
    {
        var rule = FaultRule.Parse(text);

        Assert.Equal(text, rule.Text);
    }

    [Theory]
    [InlineData("cloudformtion:CreateChangeSet=throttle", "SIM001: 'cloudformtion:CreateChangeSet=throttle' is no fault: there is no service 'cloudformtion'. Nearest: 'cloudformation'. All: *, acm, cloudformation, ec2, ecr, eks, elasticloadbalancing, iam, logs, registry, secretsmanager, servicequotas, ssm, sts, tagging.")]
    [InlineData("sts:GetCallerIdentity=trottle", "SIM001: 'sts:GetCallerIdentity=trottle' is no fault: there is no action 'trottle'. Nearest: 'throttle'. All: throttle, latency, status, error, html, cut, refuse, hang, hang-before, expired-token.")]
    [InlineData("sts:GetCallerIdentity", "SIM001: 'sts:GetCallerIdentity' is no fault: what happens is missing; it is written SERVICE:OPERATION#N=ACTION.")]
    [InlineData("sts:GetCallerIdentity#0=cut", "SIM001: 'sts:GetCallerIdentity#0=cut' is no fault: '#0' is no number of a call; it is written #2 or #2+.")]
    [InlineData("sts=status:200", "SIM001: 'sts=status:200' is no fault: it is written status:503, from 400 to 599.")]
    [InlineData("stack:Cluster=fial", "SIM001: 'stack:Cluster=fial' is no fault: there is no fault of a stack 'fial'. Nearest: 'fail'. All: fail, rollback-fail, delete-fail.")]
    [InlineData("quota:vpcs=0", "SIM001: 'quota:vpcs=0' is no fault: there is no quota 'vpcs'. Nearest: 'vpc'. All: vpc, address, vcpu, spot-vcpu, cluster.")]
    [InlineData("scann:critical=2", "SIM001: 'scann:critical=2' is no fault: there is no fault 'scann'. Nearest: 'scan'. All: stack, quota, certificate, leftovers, scan, drift, *, acm, cloudformation, ec2, ecr, eks, elasticloadbalancing, iam, logs, registry, secretsmanager, servicequotas, ssm, sts, tagging.")]
    [InlineData("scan:severe=1", "SIM001: 'scan:severe=1' is no fault: there is no severity 'severe'. Nearest: 'medium'. All: critical, high, medium, low, informational.")]
    [InlineData("scan:high=many", "SIM001: 'scan:high=many' is no fault: 'many' is no number.")]
    [InlineData("leftover", "SIM001: 'leftover' is no fault: there is no fault 'leftover'. Nearest: 'leftovers'. All: stack, quota, certificate, leftovers, scan, drift, *, acm, cloudformation, ec2, ecr, eks, elasticloadbalancing, iam, logs, registry, secretsmanager, servicequotas, ssm, sts, tagging.")]
    public void What_is_none_is_refused_with_what_is_nearest(string text, string message)
    {
        var refused = Assert.Throws<FormatException>(() => FaultRule.Parse(text));

        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public void A_number_counts_the_calls_that_match()
    {
        var book = new FaultBook();
        book.Add(FaultRule.Parse("sts:GetCallerIdentity#2=throttle"));
        book.Add(FaultRule.Parse("*#3+=cut"));

        var faults = ((string[])["sts", "eks", "sts", "sts"]).Select(service => book.Count(service, service == "sts" ? "GetCallerIdentity" : "DescribeCluster").Length);

        Assert.Equal([0, 0, 2, 1], faults);
    }
}
