using Platform.Deploy.Aws;

namespace Platform.Simulator.Tests;

public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulator-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_next_run_goes_on_with_the_account_and_its_time()
    {
        await using (var first = await SampleAccount.StartAsync(SampleAccount.Options with { StateFolder = _folder }))
        {
            using var session = Sessions.Of(first);
            first.Account.Clock.MoveTo(SampleAccount.Start.AddMinutes(7));
            await session.Ssm.PutParameterAsync("/shop/dev/deploy", "{}", Token);
        }

        await using var second = await SimulatedCloud.StartAsync(new SimulatorOptions { StateFolder = _folder, AccountId = "999999999999", Region = "eu-west-1" }, Token);
        using var later = Sessions.Of(second);
        var parameter = await later.Ssm.GetParameterAsync("/shop/dev/deploy", Token);

        Assert.Equal(("123456789012", "us-east-1", "{}", SampleAccount.Start.AddMinutes(7)), (second.AccountId, second.Region, parameter?.Value, parameter?.LastModifiedDate));
        Assert.Equal(SampleAccount.Start.AddMinutes(7).Date, second.Time.GetUtcNow().Date);
    }

    [Fact]
    public async Task Sessions_outlive_a_run()
    {
        RoleKeys role;
        await using (var first = await SampleAccount.StartAsync(SampleAccount.Options with { StateFolder = _folder }))
        {
            using var caller = Sessions.Of(first);
            role = await caller.Sts.AssumeRoleAsync(new AssumeRoleRequest("arn:aws:iam::123456789012:role/shop/shop-dev-deployer", "run-1", null), Token);
        }

        await using var second = await SimulatedCloud.StartAsync(new SimulatorOptions { StateFolder = _folder }, Token);
        using var session = Sessions.Of(second, role.Keys);

        Assert.Equal("arn:aws:sts::123456789012:assumed-role/shop-dev-deployer/run-1", (await session.Sts.GetCallerIdentityAsync(Token)).Arn);
    }

    [Fact]
    public async Task A_folder_has_one_run_at_a_time()
    {
        await using var first = await SimulatedCloud.StartAsync(new SimulatorOptions { StateFolder = _folder }, Token);

        var refused = await Assert.ThrowsAsync<FormatException>(() => SimulatedCloud.StartAsync(new SimulatorOptions { StateFolder = _folder }, Token));

        Assert.Equal(
            "SIM004: FOLDER is used by another run. Wait for its end; to work with one account from several commands at once, start the simulator by itself and set the variables that it prints.",
            refused.Message.Replace(_folder, "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_something_else_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "account.json"), """{"version":99}""", Token);

        var refused = await Assert.ThrowsAsync<FormatException>(() => SimulatedCloud.StartAsync(new SimulatorOptions { StateFolder = _folder }, Token));

        Assert.Equal(
            "SIM002: FOLDER/account.json is of another version of the simulator. Delete the folder, or name another one.",
            refused.Message.Replace(_folder + Path.DirectorySeparatorChar, "FOLDER/", StringComparison.Ordinal));
    }
}
