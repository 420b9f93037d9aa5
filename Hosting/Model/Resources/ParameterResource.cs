using Platform.Hosting.Problems;

namespace Platform.Hosting.ApplicationModel;

/// <summary>A value that the application is run or deployed with.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Func<ParameterDefault?, string> _read;
    private readonly TaskCompletionSource<string> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a parameter.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="callback">Reads the value; gets the default, and throws <see cref="MissingParameterValueException"/> where there is none.</param>
    /// <param name="secret">Whether the value is masked everywhere, and no manifest says it.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        _read = callback;
        Secret = secret;
    }

    /// <summary>Whether the value is masked everywhere.</summary>
    public bool Secret { get; }

    /// <summary>Where the value comes from if nobody gives one; null for nowhere.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>What to tell the one who is asked for the value.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>Whether the value is a connection string, read from <c>ConnectionStrings:name</c>.</summary>
    public bool IsConnectionString { get; set; }

    /// <inheritdoc />
    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    /// <summary>The key that the value is read from, such as <c>Parameters:password</c>.</summary>
    internal string ConfigurationKey { get; init; } = "";

    /// <summary>Whether the manifest says the value itself, as the default of an input.</summary>
    internal bool PublishValueAsDefault { get; init; }

    /// <summary>Whether a generated value is written to the user secrets, so that the next run has it again.</summary>
    internal bool PersistGeneratedValue { get; init; }

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => await _value.Task.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        await _value.Task.WaitAsync(cancellationToken);

    /// <summary>Reads the value; false where it is missing. The problem is then the reader's to report.</summary>
    internal bool TryRead(out string value)
    {
        try
        {
            value = _read(Default);
            return true;
        }
        catch (MissingParameterValueException)
        {
            value = "";
            return false;
        }
    }

    /// <summary>Gives the value to all who wait for it. The first value stays.</summary>
    internal void Resolve(string value) => _ = _value.TrySetResult(value);

    internal Problem MissingValue() => RunProblems.MissingParameter(Name, ConfigurationKey, Secret);
}

/// <summary>A parameter that is a connection string.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
{
    public ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
        : base(name, callback, secret: true)
    {
        ConnectionStringEnvironmentVariable = environmentVariableName;
        IsConnectionString = true;
    }

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create("{0}", [this], [$"{{{Name}.value}}"], [null]);

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);

    string IManifestExpressionProvider.ValueExpression => ValueExpression;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => GetValueAsync(context, cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [];
}

/// <summary>Where a parameter's value comes from if nobody gives one.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    /// <returns>The value; a generated one differs each time.</returns>
    public abstract string GetDefaultValue();

    /// <summary>Writes what the object <c>default</c> of the manifest's input holds.</summary>
    /// <param name="context">Where to write: inside of that object.</param>
    public abstract void WriteToManifest(ManifestPublishingContext context);
}

/// <summary>A fixed default.</summary>
internal sealed class ConstantParameterDefault(Func<string> value) : ParameterDefault
{
    public override string GetDefaultValue() => value();

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteString("value", GetDefaultValue());
    }
}
