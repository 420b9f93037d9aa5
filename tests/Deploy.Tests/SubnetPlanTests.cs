using Platform.Deploy.Model;
using Platform.Deploy.Settings;

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

    [Fact]
    public void Load_balancers_connect_from_the_subnets_that_they_stand_in()
    {
        var settings = Sample.Settings(Profile.Dev);
        var existing = new ExistingNetwork("vpc-1", "10.20.0.0/20", [], [], []);

        Assert.Equal(["10.0.96.0/24", "10.0.97.0/24"], SubnetPlan.LoadBalancers(settings));
        Assert.Equal(["10.0.0.0/19", "10.0.32.0/19"], SubnetPlan.LoadBalancers(settings with { Edge = settings.Edge with { InternetFacing = false } }));
        Assert.Equal(["10.20.0.0/20"], SubnetPlan.LoadBalancers(settings with { Network = settings.Network with { Existing = existing } }));
    }
}
