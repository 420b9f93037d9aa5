namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class StartFailureTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_callback_that_gives_up_is_a_failure_and_the_start_can_be_tried_again()
    {
        var tries = 0;
        await using var app = await Applications.StartAsync(builder => builder.AddShell("tool", "exec sleep 1000").WithEnvironment(_ =>
            ++tries == 1 ? throw new TaskCanceledException("The other side did not answer.") : Task.CompletedTask));

        await app.InStateAsync("tool", KnownResourceStates.FailedToStart);
        await app.CommandAsync("tool", "start");

        await app.HealthyAsync("tool");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Starting_one_of_two_stopped_replicas_says_nothing_of_the_other()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var database = builder.AddShell("database", "exec sleep 1000");
            builder.AddService("service").WithReplicas(2).WaitFor(database).WithExplicitStart();
        });
        await app.HealthyAsync("database");
        var replicas = app.ResourceNotifications.Current().Where(known => known.Resource.Name == "service").Select(known => known.ResourceId).ToList();

        await app.CommandAsync(replicas[0], "start");
        await app.HealthyAsync("service");

        Assert.Equal(KnownResourceStates.NotStarted, app.Snapshot(replicas[1]).State?.Text);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_connection_string_that_cannot_be_had_fails_alone()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var migration = builder.AddShell("migration", "exit 3");
            builder.AddConnectionString("database", ReferenceExpression.Create($"Host=db")).WaitForCompletion(migration);
            builder.AddShell("tool", "exec sleep 1000");
        });

        await app.InStateAsync("database", KnownResourceStates.FailedToStart);

        Assert.Contains("'migration' ended with exit code 3", string.Join('\n', app.Lines("database")), StringComparison.Ordinal);
        await app.HealthyAsync("tool");
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Arguments_with_a_secret_are_marked_for_the_dashboard()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            var password = builder.AddParameter("password", "s3cret", secret: true);
            builder.AddShell("tool", "exec sleep 1000").WithArgs("--password", password);
            builder.AddShell("other", "exec sleep 1000").WithArgs("--open");
        });

        await app.HealthyAsync("tool");
        await app.HealthyAsync("other");

        Assert.Equal((true, false), (AreSensitive(app, "tool"), AreSensitive(app, "other")));
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Resource_names_may_have_capital_letters()
    {
        await using var app = await Applications.StartAsync(builder => builder.AddService("WebShop"));

        await app.HealthyAsync("WebShop");
    }

    private static bool AreSensitive(DistributedApplication app, string name) =>
        app.Snapshot(name).Properties.Single(property => property.Name == "executable.args").IsSensitive;
}
