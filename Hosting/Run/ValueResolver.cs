using System.Globalization;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>Turns what callbacks put into variables and arguments into text, as one instance sees it.</summary>
/// <param name="context">The execution context and the resource.</param>
/// <param name="privatePorts">The ports that the instance listens on, by endpoint.</param>
internal sealed class ValueResolver(ValueProviderContext context, IReadOnlyDictionary<string, int> privatePorts)
{
    public async ValueTask<string?> ResolveAsync(object? value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                return text;
            case EndpointReferenceExpression { Property: EndpointProperty.TargetPort } own
                when ReferenceEquals(own.Endpoint.Resource, context.Caller) && privatePorts.TryGetValue(own.Endpoint.EndpointName, out var port):
                return port.ToString(CultureInfo.InvariantCulture);
            case ReferenceExpression expression:
                return await ComposeAsync(expression, cancellationToken);
            case IValueProvider provider:
                return await provider.GetValueAsync(context, cancellationToken);
            case IResourceBuilder<IResource> { Resource: IValueProvider provider }:
                return await provider.GetValueAsync(context, cancellationToken);
            case IFormattable formattable:
                return formattable.ToString(format: null, CultureInfo.InvariantCulture);
            default:
                return value.ToString();
        }
    }

    private async ValueTask<string?> ComposeAsync(ReferenceExpression expression, CancellationToken cancellationToken)
    {
        var parts = new object?[expression.ValueProviders.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = await ResolveAsync(expression.ValueProviders[i], cancellationToken);
            parts[i] = part is not null && expression.StringFormats[i] == "uri" ? Uri.EscapeDataString(part) : part;
        }

        return string.Format(CultureInfo.InvariantCulture, expression.Format, parts);
    }
}
