#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial interface IModelNameParameter;

public partial interface IResourceWithParameters : IResource
{
    IDictionary<string, object?> Parameters { get; }
}

public partial interface IValueProvider
{
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => throw null!;
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

public partial interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

public partial interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}

public partial interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

public partial class ValueProviderContext
{
    public IResource? Caller { get => throw null!; init { } }
    public DistributedApplicationExecutionContext? ExecutionContext { get => throw null!; init { } }
    public NetworkIdentifier? Network { get => throw null!; init { } }
}

public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = null!;
    public IValueProvider? Condition => throw null!;
    public string Format => throw null!;
    public bool IsConditional => throw null!;
    public IReadOnlyList<string> ManifestExpressions => throw null!;
    public string? MatchValue => throw null!;
    public IReadOnlyList<string?> StringFormats => throw null!;
    public string ValueExpression => throw null!;
    public IReadOnlyList<IValueProvider> ValueProviders => throw null!;
    public ReferenceExpression? WhenFalse => throw null!;
    public ReferenceExpression? WhenTrue => throw null!;
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => throw null!;
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) => throw null!;
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => throw null!;
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => throw null!;
}

public partial class ReferenceExpressionBuilder
{
    public bool IsEmpty => throw null!;
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler) => throw null!;
    public void AppendFormatted(string? value, string? format = null) => throw null!;
    public void AppendFormatted(string? value) => throw null!;
    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider => throw null!;
    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => throw null!;
    public void AppendLiteral(string value) => throw null!;
    public void AppendValueProvider(object valueProvider, string? format = null) => throw null!;
    public ReferenceExpression Build() => throw null!;
}

public partial class ConnectionStringReference : IExpressionValue, IValueWithReferences
{
    public ConnectionStringReference(IResourceWithConnectionString resource, bool optional) { }
    public bool Optional => throw null!;
    public IResourceWithConnectionString Resource => throw null!;
}

public sealed partial class ConnectionPropertyAnnotation : IResourceAnnotation
{
    public ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression) { }
    public string Name => throw null!;
    public ReferenceExpression Value => throw null!;
}

public partial class ConnectionStringRedirectAnnotation : IResourceAnnotation
{
    public ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource) { }
    public IResourceWithConnectionString Resource => throw null!;
}

public partial record HostUrl(string Url) : IExpressionValue;

public partial class ParameterResource : Resource, IExpressionValue
{
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(default!) { }
    public ParameterDefault? Default { get => throw null!; set { } }
    public string? Description { get => throw null!; set { } }
    public bool EnableDescriptionMarkdown { get => throw null!; set { } }
    public bool IsConnectionString { get => throw null!; set { } }
    public bool Secret => throw null!;
    [Obsolete("Obsolete in Aspire.")] public string Value => throw null!;
    public string ValueExpression => throw null!;
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => throw null!;
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => throw null!;
}

public abstract partial class ParameterDefault
{
    public abstract string GetDefaultValue();
    public abstract void WriteToManifest(ManifestPublishingContext context);
}

public sealed partial class GenerateParameterDefault : ParameterDefault
{
    public bool Lower { get => throw null!; set { } }
    public int MinLength { get => throw null!; set { } }
    public int MinLower { get => throw null!; set { } }
    public int MinNumeric { get => throw null!; set { } }
    public int MinSpecial { get => throw null!; set { } }
    public int MinUpper { get => throw null!; set { } }
    public bool Numeric { get => throw null!; set { } }
    public bool Special { get => throw null!; set { } }
    public bool Upper { get => throw null!; set { } }
    public override string GetDefaultValue() => throw null!;
    public override void WriteToManifest(ManifestPublishingContext context) => throw null!;
}

public sealed partial class ReferenceEnvironmentInjectionAnnotation : IResourceAnnotation
{
    public ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) { }
    public ReferenceEnvironmentInjectionFlags Flags => throw null!;
}

[Flags] public enum ReferenceEnvironmentInjectionFlags { None = 0, ConnectionString = 1, ConnectionProperties = 2, ServiceDiscovery = 4, Endpoints = 8, All = 15 }
