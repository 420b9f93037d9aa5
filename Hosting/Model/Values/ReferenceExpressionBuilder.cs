using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Hosting.ApplicationModel;

/// <summary>Puts a <see cref="ReferenceExpression"/> together piece by piece.</summary>
public sealed class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _providers = [];
    private readonly List<string> _expressions = [];
    private readonly List<string?> _stringFormats = [];

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The handler gets this builder from the compiler and writes to it.")]
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
    }

    /// <summary>Adds a text as it is.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) =>
        _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Adds a text as it is; nothing where it is null.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => AppendFormatted(value, null);

    /// <summary>Adds a text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="format">Null for as it is, <c>uri</c> for URL-encoded.</param>
    public void AppendFormatted(string? value, string? format)
    {
        if (value is not null)
        {
            AppendLiteral(format == "uri" ? Uri.EscapeDataString(value) : value);
        }
    }

    /// <summary>Adds a value that is known later.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="valueProvider">The value.</param>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, null);

    /// <summary>Adds a value that is known later.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format">Null for as it is, <c>uri</c> for URL-encoded.</param>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        _ = _format.Append('{').Append(_providers.Count).Append('}');
        _providers.Add(valueProvider);
        _expressions.Add(valueProvider.ValueExpression);
        _stringFormats.Add(format);
    }

    /// <summary>Adds the value of a resource that is known later.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="valueProvider">The resource's builder.</param>
    public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
        where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, null);

    /// <summary>Adds the value of a resource that is known later.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="valueProvider">The resource's builder.</param>
    /// <param name="format">Null for as it is, <c>uri</c> for URL-encoded.</param>
    public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
        where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, format);

    /// <summary>The expression of all that was added.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() => ReferenceExpression.Create(_format.ToString(), [.. _providers], [.. _expressions], [.. _stringFormats]);

    /// <summary>Compiler support for <see cref="Append"/>.</summary>
    /// <param name="literalLength">Ignored.</param>
    /// <param name="formattedCount">Ignored.</param>
    /// <param name="builder">The builder that is appended to.</param>
    [InterpolatedStringHandler]
    public readonly ref struct ReferenceExpressionBuilderInterpolatedStringHandler(
        int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
    {
        private readonly ReferenceExpressionBuilder _builder = Use(literalLength, formattedCount, builder);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendLiteral" />
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted(string?)" />
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted(string?, string?)" />
        public readonly void AppendFormatted(string? value, string? format) => _builder.AppendFormatted(value, format);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(T)" />
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(T, string?)" />
        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(IResourceBuilder{T})" />
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(IResourceBuilder{T}, string?)" />
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        private static ReferenceExpressionBuilder Use(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
        {
            _ = literalLength + formattedCount;
            return builder;
        }
    }

    /// <summary>Compiler support for <see cref="ReferenceExpression.Create(in ExpressionInterpolatedStringHandler)"/>.</summary>
    /// <param name="literalLength">Ignored.</param>
    /// <param name="formattedCount">Ignored.</param>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ReferenceExpressionBuilder _builder = Use(literalLength, formattedCount);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendLiteral" />
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted(string?)" />
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted(string?, string?)" />
        public readonly void AppendFormatted(string? value, string? format) => _builder.AppendFormatted(value, format);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(T)" />
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(T, string?)" />
        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(IResourceBuilder{T})" />
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <inheritdoc cref="ReferenceExpressionBuilder.AppendFormatted{T}(IResourceBuilder{T}, string?)" />
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        internal readonly ReferenceExpression GetExpression() => _builder.Build();

        private static ReferenceExpressionBuilder Use(int literalLength, int formattedCount)
        {
            _ = literalLength + formattedCount;
            return new ReferenceExpressionBuilder();
        }
    }
}
