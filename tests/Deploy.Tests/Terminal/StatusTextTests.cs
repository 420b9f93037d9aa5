using System.Collections.Immutable;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Tests.Terminal;

public sealed class StatusTextTests
{
    [Fact]
    public void An_environment_that_is_being_changed_says_by_whom_and_what_was_deployed_before()
    {
        var time = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
        var status = new EnvironmentStatus
        {
            Name = "shop-staging",
            Account = "123456789012",
            Region = "eu-central-1",
            Simulated = false,
            Stacks =
            [
                new StackLine("network", "shop-staging-network", "CREATE_COMPLETE", Reason: null, time, Drift: "DRIFTED", IsProtected: true),
                new StackLine("cluster", "shop-staging-cluster", "UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: [Cluster].", time.AddHours(1), Drift: null, IsProtected: false),
            ],
            Cluster = new ClusterState { Name = "shop-staging", Status = "ACTIVE", Version = "1.36" },
            Certificate = new CertificateLine("shop.example.com", "PENDING_VALIDATION"),
            Records = ImmutableSortedDictionary<string, string>.Empty
                .Add("deploy", $$$"""{"run":"1a2b3c4d","who":"arn:aws:iam::123456789012:user/other","time":"2026-11-24T08:30:00+00:00","fingerprint":"ff","images":{"web":"sha256:{{{new string('0', 64)}}}"}}""")
                .Add("deploy-lock", """{"run":"5e6f7a8b","who":"arn:aws:sts::123456789012:assumed-role/ci/1","host":"runner","process":7,"command":"deploy","since":"2026-11-25T09:58:00+00:00","renewed":"2026-11-25T10:00:30+00:00"}"""),
            TaggedResources = 40,
        };

        Golden.Matches(StatusText.Render(status, new Palette(Colours: false)), "Terminal/status.txt");
    }

    [Theory]
    [InlineData("{ no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_record_that_somebody_else_has_written_is_left_out(string text)
    {
        var status = new EnvironmentStatus
        {
            Name = "shop-dev",
            Account = "123456789012",
            Region = "eu-central-1",
            Simulated = false,
            Stacks = [new StackLine("network", "shop-dev-network", "CREATE_COMPLETE", Reason: null, Since: null, Drift: null, IsProtected: false)],
            Cluster = null,
            Certificate = null,
            Records = ImmutableSortedDictionary<string, string>.Empty.Add("deploy", text).Add("deploy-lock", text),
            TaggedResources = null,
        };

        Assert.Equal("shop-dev in account 123456789012, eu-central-1\n\nStacks\n  ✓ shop-dev-network  CREATE_COMPLETE\n", StatusText.Render(status, new Palette(Colours: false)));
    }
}
