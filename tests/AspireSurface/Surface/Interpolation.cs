#nullable enable
namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpression
{
    IEnumerable<object> IValueWithReferences.References => throw null!;

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) { }
        public void AppendFormatted(string? value, string? format = null) => throw null!;
        public void AppendFormatted(string? value) => throw null!;
        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null) where T : IResource, IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendLiteral(string value) => throw null!;
    }
}

public partial class ReferenceExpressionBuilder
{
    [InterpolatedStringHandler]
    public readonly ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) { }
        public void AppendFormatted(string? value, string format) => throw null!;
        public void AppendFormatted(string? value) => throw null!;
        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format) where T : IResource, IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider => throw null!;
        public void AppendLiteral(string value) => throw null!;
    }
}
