using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests.CloudFormation;

public sealed class DriftTests
{
    [Fact]
    public async Task What_was_changed_by_hand_is_found()
    {
        await using var driver = await StackDriver.StartAsync("drift:Subnet");
        await driver.DeployAsync("net", SmallTemplate.Network(), null);

        var id = await driver.Client.DetectStackDriftAsync("net", StackDriver.Token);
        var early = await driver.Client.DescribeStackDriftDetectionStatusAsync(id, StackDriver.Token);
        driver.Pass(TimeSpan.FromMinutes(1));
        var late = await driver.Client.DescribeStackDriftDetectionStatusAsync(id, StackDriver.Token);
        var drifts = await driver.Client.DescribeStackResourceDriftsAsync("net", ["MODIFIED", "DELETED"], StackDriver.Token).ToListAsync(StackDriver.Token);

        Assert.Equal(new StackDriftDetection("DETECTION_IN_PROGRESS", null, null, null), early);
        Assert.Equal(new StackDriftDetection("DETECTION_COMPLETE", null, "DRIFTED", 1), late);
        Assert.Equal(
            ["Subnet MODIFIED /VpcId NOT_EQUAL changed by hand"],
            drifts.Select(drift => $"{drift.LogicalResourceId} {drift.StackResourceDriftStatus} {drift.PropertyDifferences[0].PropertyPath} {drift.PropertyDifferences[0].DifferenceType} {drift.PropertyDifferences[0].ActualValue}"));
        Assert.Equal("DRIFTED", (await driver.Client.DescribeStackAsync("net", StackDriver.Token))?.StackDriftStatus);
    }

    [Fact]
    public async Task What_was_deleted_by_hand_is_found()
    {
        await using var driver = await StackDriver.StartAsync();
        await driver.DeployAsync("net", SmallTemplate.Network(), null);
        driver.RemoveAll("AWS::EC2::SecurityGroup");

        await driver.Client.DetectStackDriftAsync("net", StackDriver.Token);
        driver.Pass(TimeSpan.FromMinutes(1));

        var drifts = await driver.Client.DescribeStackResourceDriftsAsync("net", [], StackDriver.Token).ToListAsync(StackDriver.Token);
        Assert.Equal(["Group DELETED", "Subnet IN_SYNC", "Vpc IN_SYNC"], drifts.Select(drift => $"{drift.LogicalResourceId} {drift.StackResourceDriftStatus}"));
    }
}
