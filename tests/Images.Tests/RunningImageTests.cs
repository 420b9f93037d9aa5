using Platform.Deploy.Images.Tests.Fixtures;

namespace Platform.Deploy.Images.Tests;

public sealed class RunningImageTests(RunnableImage image) : IClassFixture<RunnableImage>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_runs_without_root_without_capabilities_and_on_a_file_system_that_it_cannot_change()
    {
        await using var container = await RunningContainer.StartAsync(image.Reference);
        await container.HealthyAsync(TimeSpan.FromSeconds(30));

        var process = await container.Client.GetStringAsync("/process", Token);

        Assert.Equal(
            """
            Uid: 1654 1654 1654 1654
            Gid: 1654 1654 1654 1654
            CapEff: 0000000000000000
            NoNewPrivs: 1
            /app: refused
            /: refused
            /tmp: written
            memory: 192 MiB
            architecture: X64
            """,
            process);
    }

    [Fact]
    public async Task A_request_that_is_under_way_ends_well_after_SIGTERM_and_the_process_with_0()
    {
        await using var container = await RunningContainer.StartAsync(image.Reference);
        await container.HealthyAsync(TimeSpan.FromSeconds(30));
        await using var answer = await container.Client.GetStreamAsync("/until-stopped", Token);
        using var lines = new StreamReader(answer);
        var begun = await lines.ReadLineAsync(Token);

        await container.SignalAsync("TERM");

        var rest = await lines.ReadToEndAsync(Token);
        Assert.Equal(("begun", "finished\n", "0"), (begun, rest, await container.ExitCodeAsync()));
    }

    [Fact]
    public async Task The_image_for_arm64_starts_under_an_emulator()
    {
        // Without binfmt the kernel starts no program of another processor, but the emulator is one of this.
        var emulator = Need.DebianProgram("qemu-aarch64-static");
        string[] options = ["--volume", $"{emulator}:/emulator:ro", "--entrypoint", "/emulator", "--env", "DOTNET_EnableWriteXorExecute=0", "--env", "DOTNET_GCHeapHardLimit=0x10000000"];
        await using var container = await RunningContainer.StartAsync(image.Reference, "linux/arm64", [.. options], ["/app/Web"]);

        await container.HealthyAsync(TimeSpan.FromMinutes(2));

        var process = await container.Client.GetStringAsync("/process", Token);
        Assert.EndsWith("architecture: Arm64", process, StringComparison.Ordinal);
    }
}
