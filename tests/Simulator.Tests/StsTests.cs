using Platform.Deploy.Aws;
using Platform.Deploy.Model;

namespace Platform.Simulator.Tests;

public sealed class StsTests
{
    [Fact]
    public async Task The_administrator_is_who_he_is()
    {
        await using var cloud = await SimulatedCloud.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);
        using var session = Sessions.Of(cloud);

        var identity = await session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("123456789012", "arn:aws:iam::123456789012:user/administrator"), (identity.Account, identity.Arn));
    }

    [Fact]
    public async Task Another_secret_makes_another_signature()
    {
        await using var cloud = await SimulatedCloud.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);
        using var session = Sessions.Of(cloud, new AwsKeys(cloud.AccessKeyId, new SecretText("another"), null));

        var refused = await Assert.ThrowsAsync<AwsException>(() => session.Sts.GetCallerIdentityAsync(TestContext.Current.CancellationToken));

        Assert.Equal("SignatureDoesNotMatch", refused.Error.Code);
    }
}
