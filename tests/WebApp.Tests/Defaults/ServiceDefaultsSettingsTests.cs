using Microsoft.Extensions.Configuration;
using Platform.ServiceDefaults;

namespace Platform.WebApp.Tests.Defaults;

public sealed class ServiceDefaultsSettingsTests
{
    [Fact]
    public void Without_settings_there_is_no_management_port_and_no_drain()
    {
        var settings = Read([]);

        Assert.Equal(new ServiceDefaultsSettings(null, TimeSpan.Zero), settings);
    }

    [Fact]
    public void Both_settings_are_read()
    {
        var settings = Read(new() { ["MANAGEMENT_PORT"] = "8081", ["DRAIN_SECONDS"] = "15" });

        Assert.Equal(new ServiceDefaultsSettings(8081, TimeSpan.FromSeconds(15)), settings);
    }

    [Fact]
    public void All_bad_settings_are_told_at_once()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => Read(new() { ["MANAGEMENT_PORT"] = "http", ["DRAIN_SECONDS"] = "-1" }));

        Assert.Equal(
            """
            The setting MANAGEMENT_PORT is 'http'. Set it to a whole number from 1 to 65535, or remove it.
            The setting DRAIN_SECONDS is '-1'. Set it to a whole number from 0 to 3600, or remove it.
            """,
            problem.Message);
    }

    private static ServiceDefaultsSettings Read(Dictionary<string, string?> settings) =>
        ServiceDefaultsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
