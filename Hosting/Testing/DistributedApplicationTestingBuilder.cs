using Microsoft.Extensions.Hosting;

namespace Platform.Hosting.Testing;

/// <summary>
/// Makes the application of an AppHost for a test: in the test's own process, with free ports and without a dashboard unless
/// <see cref="DistributedApplicationOptions.DisableDashboard"/> is set to false.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes how the host is made; of the settings the environment's name counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Runs an AppHost's <c>Main</c> up to <c>Build()</c>.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes how the host is made; of the settings the environment's name counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The model.</returns>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        var main = new HeldAppHost(entryPoint.Assembly, options => Prepare(options, args, configureBuilder));
        return new TestingBuilder(await main.StartAsync(cancellationToken), main.ReleaseAsync, main.Abandon);
    }

    /// <summary>Begins a model of the test's own.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The model.</returns>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>Begins a model of the test's own.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes how the host is made; of the settings the environment's name counts.</param>
    /// <returns>The model.</returns>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var options = new DistributedApplicationOptions();
        Prepare(options, args, configureBuilder);
        var builder = new DistributedApplicationBuilder(options);
        return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
    }

    private static void Prepare(
        DistributedApplicationOptions options, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var settings = new HostApplicationBuilderSettings { EnvironmentName = Environments.Development };
        options.Args = [.. options.Args ?? [], .. args];
        options.DisableDashboard = true;
        options.ForTest = true;
        configureBuilder(options, settings);
        options.EnvironmentName = settings.EnvironmentName;
    }
}
