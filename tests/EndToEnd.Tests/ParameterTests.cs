using Microsoft.Extensions.Hosting;

namespace Platform.EndToEnd.Tests;

[Trait("Category", "EndToEnd")]
public sealed class ParameterTests
{
    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Values_come_from_the_model_the_settings_and_defaults()
    {
        await using var app = await Applications.StartAsync(
            builder =>
            {
                var given = builder.AddParameter("given", "by the model");
                var configured = builder.AddParameter("from-settings");
                var defaulted = builder.AddParameter("defaulted", new GenerateParameterDefault { MinLength = 12, Special = false });
                builder.AddService("service").WithEnvironment("GIVEN", given).WithEnvironment("CONFIGURED", configured).WithEnvironment("DEFAULTED", defaulted);
            },
            "--Parameters:given=ignored",
            "--Parameters:from-settings=by the command line");
        await app.HealthyAsync("service");

        var variables = await app.EnvironmentAsync("service");

        Assert.Equal(("by the model", "by the command line"), (variables["GIVEN"], variables["CONFIGURED"]));
        Assert.Matches("^[A-Za-z0-9]{12,}$", variables["DEFAULTED"]);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Secrets_are_marked_for_the_dashboard()
    {
        await using var app = await Applications.StartAsync(builder =>
        {
            builder.AddParameter("open", "seen");
            builder.AddParameter("closed", "hidden", secret: true);
            builder.AddConnectionString("database", ReferenceExpression.Create($"Password=hidden"));
        });

        await app.UntilAsync("database", snapshot => snapshot.State?.Text == KnownResourceStates.Running, "running");

        var shown = from name in (string[])["open", "closed", "database"]
                    from property in app.Snapshot(name).Properties
                    select (name, property.Name, property.Value as string, property.IsSensitive);
        Assert.Equal(
            [("open", "Value", "seen", false), ("closed", "Value", "hidden", true), ("database", "resource.connectionString", "Password=hidden", true)], shown);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task Without_anybody_to_ask_all_missing_ones_are_named_at_once()
    {
        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => Applications.StartAsync(builder =>
        {
            builder.AddParameter("first");
            builder.AddParameter("second", secret: true);
            builder.AddConnectionString("database");
        }));

        Assert.Equal(
            """
            error HST100: The parameter 'first' has no value, and nobody can be asked for one.
              at  resources.first
              fix Set "Parameters:first" in appsettings.json, or the environment variable Parameters__first, or add --Parameters:first VALUE.   see docs/errors.md#hst100
            error HST100: The parameter 'second' has no value, and nobody can be asked for one.
              at  resources.second
              fix Set it: dotnet user-secrets set "Parameters:second" VALUE, or the environment variable Parameters__second.   see docs/errors.md#hst100
            error HST100: The parameter 'database' has no value, and nobody can be asked for one.
              at  resources.database
              fix Set it: dotnet user-secrets set "ConnectionStrings:database" VALUE, or the environment variable ConnectionStrings__database.   see docs/errors.md#hst100

            """,
            problem.Message);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task What_needs_a_missing_value_waits_for_the_answer_and_the_rest_runs()
    {
        await using var app = await Applications.StartWithDashboardAsync(builder =>
        {
            var password = builder.AddParameter("password", secret: true);
            builder.AddService("needs").WithEnvironment("PASSWORD", password);
            builder.AddShell("other", "exec sleep 1000");
        });
        await app.HealthyAsync("other");
        await app.UntilAsync("password", snapshot => snapshot.State?.Text == KnownResourceStates.ValueMissing, "known as missing");
        var before = app.Snapshot("needs").State?.Text;

        var prompts = app.Running?.Dashboard?.Prompts ?? throw new InvalidOperationException("There is no dashboard.");
        await foreach (var change in prompts.WatchAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal([], Assert.IsType<Hosting.Prompts.PromptChange.Opened>(change).Prompt.Answer(new Dictionary<string, string> { ["password"] = "s3cret" }));
            break;
        }

        await app.HealthyAsync("needs");
        Assert.Equal(KnownResourceStates.Starting, before);
        Assert.Equal("s3cret", (await app.EnvironmentAsync("needs"))["PASSWORD"]);
        Assert.Equal(KnownResourceStates.Running, app.Snapshot("password").State?.Text);
    }

    [Fact(Timeout = Applications.TestDeadline)]
    public async Task A_parameter_is_read_from_the_AppHosts_settings_files()
    {
        var folder = Directory.CreateTempSubdirectory("platform-settings-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), """{ "Parameters": { "one": "base", "two": "base" } }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "appsettings.Development.json"), """{ "Parameters": { "two": "development" } }""", TestContext.Current.CancellationToken);
        await using var app = await Applications.StartAsync(
            builder => builder.AddShell("shows", "echo $ONE and $TWO; exec sleep 1000")
                .WithEnvironment("ONE", builder.AddParameter("one"))
                .WithEnvironment("TWO", builder.AddParameter("two")),
            (options, settings) => (options.ProjectDirectory, settings.EnvironmentName) = (folder.FullName, Environments.Development));

        await app.LineAsync("shows", "base and development");

        folder.Delete(recursive: true);
    }
}
