using Platform.Deploy.Model;

namespace Platform.Deploy.Tests;

public sealed class SubnetPlanTests
{
    [Fact]
    public void A_network_is_cut_the_same_way_in_every_environment()
    {
        var plan = SubnetPlan.Of("10.2.0.0/16", 3);

        Assert.Equal(["10.2.96.0/24", "10.2.97.0/24", "10.2.98.0/24"], plan.Public);
        Assert.Equal(["10.2.0.0/19", "10.2.32.0/19", "10.2.64.0/19"], plan.Nodes);
        Assert.Equal(["10.2.99.0/28", "10.2.99.16/28", "10.2.99.32/28"], plan.ControlPlane);
    }
}
