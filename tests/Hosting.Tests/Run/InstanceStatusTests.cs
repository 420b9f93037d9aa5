using Platform.Hosting.Dcp;
using Platform.Hosting.Run;

namespace Platform.Hosting.Tests.Run;

public sealed class InstanceStatusTests
{
    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("Running", null, "Running", null)]
    [InlineData("Finished", 0, "Finished", 0)]
    [InlineData("Finished", 3, "Exited", 3)]
    [InlineData("Terminated", -1, "Exited", -1)]
    [InlineData("Unknown", null, "Exited", null)]
    [InlineData("FailedToStart", null, "FailedToStart", null)]
    public void The_state_of_a_process_is_told_in_the_words_of_the_dashboard(string observed, int? exitCode, string? state, int? shown)
    {
        var executable = new DcpExecutable
        {
            Metadata = new DcpMetadata { Name = "web", Uid = "1" },
            Spec = new DcpExecutableSpec { ExecutablePath = "web" },
            Status = new DcpExecutableStatus { State = observed, ExitCode = exitCode },
        };

        Assert.Equal(new InstanceStatus("1", state, shown), InstanceStatus.Of(executable));
    }

    [Theory]
    [InlineData("Pending", null, "Starting")]
    [InlineData("Building", null, "Building")]
    [InlineData("Exited", 0, "Finished")]
    [InlineData("Exited", 137, "Exited")]
    [InlineData("RuntimeUnhealthy", null, "RuntimeUnhealthy")]
    public void The_state_of_a_container_is_told_in_the_words_of_the_dashboard(string observed, int? exitCode, string state)
    {
        var container = new DcpContainer
        {
            Metadata = new DcpMetadata { Name = "cache", Uid = "1" },
            Spec = new DcpContainerSpec { Image = "cache" },
            Status = new DcpContainerStatus { State = observed, ExitCode = exitCode },
        };

        Assert.Equal(new InstanceStatus("1", state, exitCode), InstanceStatus.Of(container));
    }
}
