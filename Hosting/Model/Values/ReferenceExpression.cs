using System.Globalization;

namespace Platform.Hosting.ApplicationModel;

/// <summary>A text with values in it that are known later: a template for the manifest and for the running application alike.</summary>
public sealed class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    private readonly string[] _manifestExpressions;
    private readonly string?[] _formats;

    private ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] formats)
    {
        Format = format;
        ValueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
        _formats = formats;
    }

    /// <summary>The text as a composite format: <c>Host={0};Port={1}</c>.</summary>
    public string Format { get; }

    /// <summary>The values, in the order of their numbers in <see cref="Format"/>.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The values' expressions, in the same order.</summary>
    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    /// <summary>How each value is written: null as it is, <c>uri</c> URL-encoded.</summary>
    public IReadOnlyList<string?> StringFormats => _formats;

    /// <inheritdoc />
    public IEnumerable<object> References => ValueProviders;

    /// <inheritdoc />
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, _manifestExpressions);

    /// <summary>Makes an expression from its parts.</summary>
    /// <param name="format">The text as a composite format.</param>
    /// <param name="valueProviders">The values.</param>
    /// <param name="manifestExpressions">The values' expressions.</param>
    /// <param name="stringFormats">How each value is written.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(
        string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats) =>
        new(format, valueProviders, manifestExpressions, stringFormats);

    /// <summary>Makes an expression from an interpolated string, whose holes are strings, endpoints, parameters or resources.</summary>
    /// <param name="handler">The interpolated string.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(in ReferenceExpressionBuilder.ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        if (ValueProviders.Count == 0)
        {
            return string.Format(CultureInfo.InvariantCulture, Format, []);
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken);
            values[i] = value is not null && _formats[i] == "uri" ? Uri.EscapeDataString(value) : value;
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }
}
