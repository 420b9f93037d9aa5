using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

/// <summary>Adds values that the application is run or deployed with.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is read from <c>Parameters:name</c>, and asked for where it is missing.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="secret">Whether the value is masked everywhere.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(Configured(builder, name, $"Parameters:{name}", secret));

    /// <summary>Adds a parameter with a value, which <c>Parameters:name</c> does not change.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether the manifest says the value as a default.</param>
    /// <param name="secret">Whether the value is masked everywhere.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a value that is asked for when the application starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="valueGetter">Gives the value.</param>
    /// <param name="publishValueAsDefault">Whether the manifest says the value as a default.</param>
    /// <param name="secret">Whether the value is masked everywhere.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret)
        {
            ConfigurationKey = $"Parameters:{name}",
            Default = publishValueAsDefault && !secret ? new ConstantParameterDefault(valueGetter) : null,
            PublishValueAsDefault = publishValueAsDefault && !secret,
        });

    /// <summary>Adds a parameter whose value is read from <c>Parameters:name</c>, with a default such as a generated password.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">Where the value comes from if nobody gives one.</param>
    /// <param name="secret">Whether the value is masked everywhere.</param>
    /// <param name="persist">Whether a generated value is written to the user secrets, so that the next run has it again.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        var key = $"Parameters:{name}";
        return builder.AddResource(new ParameterResource(name, fallback => Read(builder, key) ?? Generate(builder, key, fallback, persist), secret)
        {
            ConfigurationKey = key,
            Default = value,
            PersistGeneratedValue = persist,
        });
    }

    /// <summary>Adds a parameter whose value is read from a key of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configurationKey">The key.</param>
    /// <param name="secret">Whether the value is masked everywhere.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        builder.AddResource(Configured(builder, name, configurationKey, secret));

    /// <summary>Says what the parameter is for, to the one who is asked for it.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="description">The description.</param>
    /// <param name="enableMarkdown">Whether it is Markdown.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Adds a connection string that is read from <c>ConnectionStrings:name</c>, and asked for where it is missing.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="environmentVariableName">The variable that others get it in; <c>ConnectionStrings__name</c> where it is null.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        var key = $"ConnectionStrings:{name}";
        return builder.AddResource(new ConnectionStringParameterResource(name, _ => Read(builder, key) ?? throw Missing(name, key), environmentVariableName)
        {
            ConfigurationKey = key,
        });
    }

    private static ParameterResource Configured(IDistributedApplicationBuilder builder, string name, string key, bool secret) =>
        new(name, _ => Read(builder, key) ?? throw Missing(name, key), secret) { ConfigurationKey = key };

    // A shell takes no hyphen in the name of a variable: Parameters__my_key stands for Parameters:my-key.
    private static string? Read(IDistributedApplicationBuilder builder, string key) =>
        builder.Configuration[key] ?? builder.Configuration[key.Replace('-', '_')];

    private static string Generate(IDistributedApplicationBuilder builder, string key, ParameterDefault? fallback, bool persist)
    {
        var value = fallback?.GetDefaultValue() ?? throw Missing(key, key);
        if (persist && builder.ExecutionContext.IsRunMode)
        {
            UserSecretsFile.Of(builder.AppHostAssembly)?.Set(key, value);
        }

        // Read twice, a parameter keeps its value.
        builder.Configuration[key] = value;
        return value;
    }

    private static MissingParameterValueException Missing(string name, string key) =>
        new($"The parameter '{name}' has no value: the configuration has no '{key}'.");
}

/// <summary>Adds connection strings made of other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="connectionStringExpression">How it is made.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));

    /// <summary>Adds a connection string.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="connectionStringBuilder">Makes it.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }
}
