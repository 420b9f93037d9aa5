using System.Text.Json;
using Platform.Hosting.Dcp;

namespace Platform.Hosting.Tests.Dcp;

public sealed class DcpJsonTests
{
    [Fact]
    public void The_status_of_an_executable_is_read()
    {
        const string Text =
            """
            {"kind":"Executable","metadata":{"name":"a","uid":"u","resourceVersion":"8","creationTimestamp":"2026-11-23T05:08:52Z","managedFields":[{}]},
             "spec":{"executablePath":"/bin/sh","ambientEnvironment":{},"monitorTimestamp":null},
             "status":{"executionID":"5405","pid":5405,"state":"Finished","startupTimestamp":"2026-11-23T05:08:51.980000Z","finishTimestamp":null,"exitCode":3,
               "healthProbeResults":[{"probeName":"p","outcome":"Failure","timestamp":"2026-11-23T05:08:52Z","reason":"refused"}]}}
            """;

        var status = JsonSerializer.Deserialize(Text, DcpJson.Default.DcpExecutable)?.Status;

        var result = new DcpHealthProbeResult("p", "Failure", DateTimeOffset.Parse("2026-11-23T05:08:52Z", null), "refused");
        Assert.Equal([result], status?.HealthProbeResults);
        Assert.Equal(
            new DcpExecutableStatus
            {
                State = DcpExecutableState.Finished,
                Pid = 5405,
                ExecutionID = "5405",
                ExitCode = 3,
                StartupTimestamp = DateTimeOffset.Parse("2026-11-23T05:08:51.98Z", null),
            },
            status! with { HealthProbeResults = null });
    }

    [Fact]
    public void A_state_that_is_not_there_yet_is_empty()
    {
        const string Text = """{"metadata":{"name":"a"},"spec":{"executablePath":"x"},"status":{}}""";

        var states = (
            JsonSerializer.Deserialize(Text, DcpJson.Default.DcpExecutable)?.Status?.State,
            JsonSerializer.Deserialize(Text, DcpJson.Default.DcpContainer)?.Status?.State);

        Assert.Equal(("", ""), states);
    }

    [Fact]
    public void A_container_is_written_as_DCP_spells_it()
    {
        var container = new DcpContainer
        {
            Metadata = new() { Name = "cache" },
            Spec = new()
            {
                Image = "redis:8",
                Ports = [new(6379, HostPort: null, "127.0.0.1", "TCP")],
                VolumeMounts = [new("volume", "data", "/data", ReadOnly: true)],
                Networks = [new("net", ["cache", "cache.dev.internal"])],
                CreateFiles = [new() { Destination = "/etc", Entries = [new() { Name = "a", Type = "file", Contents = "x", Mode = 420 }] }],
                Labels = [new("k", "v")],
                RunArgs = ["--cpus=1"],
            },
        };

        var text = JsonSerializer.Serialize(container, DcpJson.Default.DcpContainer);

        Assert.Equal(
            """
            {"metadata":{"name":"cache"},"spec":{"image":"redis:8","ports":[{"containerPort":6379,"hostIP":"127.0.0.1","protocol":"TCP"}],
            "volumeMounts":[{"type":"volume","source":"data","target":"/data","readOnly":true}],"networks":[{"name":"net","aliases":["cache","cache.dev.internal"]}],
            "createFiles":[{"destination":"/etc","entries":[{"name":"a","type":"file","contents":"x","mode":420}]}],"labels":[{"key":"k","value":"v"}],"runArgs":["--cpus=1"]}}
            """.Replace("\n", "", StringComparison.Ordinal),
            text);
    }
}
