using Platform.Deploy.Simulated.Tests.Fixtures;

namespace Platform.Deploy.Simulated.Tests;

/// <summary>What a person is asked before something is done, and what becomes of the answer.</summary>
public sealed class ConfirmationTests
{
    private const string DeployQuestion = "Do this to shop-dev in account 123456789012? [y/N] ";
    private const string BootstrapQuestion = "Do this to account 123456789012? [y/N] ";
    private const string DestroyQuestion = "Type shop-dev to destroy it: ";

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("shop-dev\n")]
    public async Task Whoever_does_not_say_yes_changes_nothing(string answer)
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        using var person = new Person(simulator);

        var alone = (await person.RunAsync(answer, "--without-images")).Succeeded();
        var deploy = (await person.RunAsync(answer, "deploy", "--without-images")).Succeeded();
        var bootstrap = (await person.RunAsync(answer, "bootstrap")).Succeeded();

        Assert.All(new[] { alone, deploy }, ended => Assert.EndsWith(DeployQuestion + "Nothing was done.\n", ended.Error, StringComparison.Ordinal));
        Assert.EndsWith(BootstrapQuestion + "Nothing was done.\n", bootstrap.Error, StringComparison.Ordinal);
        Assert.All(new[] { alone, deploy, bootstrap }, ended => Assert.Empty(ended.Out));
        Assert.Empty(await simulator.InventoryAsync());
    }

    [Fact]
    public async Task Aws_without_a_verb_shows_the_plan_asks_and_deploys_and_destroy_wants_the_name()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        using var person = new Person(simulator);

        var deployed = (await person.RunAsync("y\n", "--without-images")).Succeeded();
        var inventory = await simulator.InventoryAsync();
        var again = (await person.RunAsync(answer: null, "deploy", "--without-images")).Succeeded();
        var wrong = await person.RunAsync("shop\n", "destroy", "--include-access");
        var yes = await person.RunAsync("y\n", "destroy", "--include-access");
        var untouched = await simulator.InventoryAsync();
        var destroyed = (await person.RunAsync("  shop-dev \n", "destroy", "--include-access")).Succeeded();

        Assert.InRange(deployed.Error.IndexOf("shop-dev-cluster", StringComparison.Ordinal), 0, deployed.Error.IndexOf(DeployQuestion, StringComparison.Ordinal));
        Assert.StartsWith("shop-dev is deployed to the simulated account of this machine.\n", deployed.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing has to be done.", again.Error, StringComparison.Ordinal);
        Assert.Equal((2, "DEP468", 2, "DEP468"), (wrong.ExitCode, string.Join(' ', wrong.Codes), yes.ExitCode, string.Join(' ', yes.Codes)));
        Assert.Contains(DestroyQuestion, wrong.Error, StringComparison.Ordinal);
        Assert.Contains("'shop' is not 'shop-dev'; nothing was removed.", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(inventory, untouched);
        Assert.Contains("shop-dev is destroyed.", destroyed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_be_asked_is_told_what_to_give_to_each_verb()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--speed", "max");
        using var person = new Person(simulator);

        var deploy = await person.RunAsync(answer: null, "--without-images");
        var bootstrap = await person.RunAsync(answer: null, "bootstrap");
        (await person.RunAsync(answer: null, "bootstrap", "--yes")).Succeeded();
        var destroy = await person.RunAsync(answer: null, "destroy", "--include-access");

        Assert.Equal((2, "DEP467", 2, "DEP467", 2, "DEP467"), (deploy.ExitCode, string.Join(' ', deploy.Codes), bootstrap.ExitCode, string.Join(' ', bootstrap.Codes), destroy.ExitCode, string.Join(' ', destroy.Codes)));
        Golden.Matches(string.Concat(new[] { deploy, bootstrap, destroy }.Select(ended => ended.Error[ended.Error.IndexOf("error DEP", StringComparison.Ordinal)..])), "Confirmation/nobody.txt");
    }
}
