using System.Globalization;
using System.Text;
using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Manifests;

/// <summary>Turns values of the model into texts of the manifest.</summary>
/// <param name="resources">The resources of the application.</param>
/// <param name="problems">Where problems are added.</param>
internal sealed class ManifestTexts(IReadOnlyCollection<IResource> resources, ICollection<Problem> problems)
{
    private readonly HashSet<string> _names = new(resources.Select(resource => resource.Name), StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _nameByText = new(StringComparer.Ordinal);
    private readonly List<ManifestResource> _encoded = [];

    /// <summary>The URL-encoded values that the texts so far refer to.</summary>
    public IReadOnlyList<ManifestResource> Encoded => _encoded;

    /// <summary>The text of a value.</summary>
    /// <param name="user">The resource that uses it.</param>
    /// <param name="place">Where, such as <c>env.PORT</c>.</param>
    /// <param name="value">The value.</param>
    public string Of(IResource user, string place, object? value)
    {
        var source = value is IResourceBuilder<IResource> builder ? builder.Resource : value;
        if (source is not null and not string)
        {
            CheckReferences(user, place, source);
        }

        switch (source)
        {
            case null:
                return "";
            case string text:
                return text;
            case ReferenceExpression expression:
                return Filled(user, place, expression);
            case IManifestExpressionProvider provider:
                return provider.ValueExpression;
            case ExternalServiceResource { UrlParameter: { } parameter }:
                return parameter.ValueExpression;
            case ExternalServiceResource { Uri: { } uri }:
                return uri.ToString();
            default:
                problems.Add(ManifestProblems.UnsupportedValue(user.Name, place, source.GetType()));
                return "";
        }
    }

    private string Filled(IResource user, string place, ReferenceExpression expression)
    {
        var parts = new object?[expression.ValueProviders.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var text = expression.ValueProviders[i] is ReferenceExpression nested ? Filled(user, place, nested) : expression.ManifestExpressions[i];
            switch (expression.StringFormats[i])
            {
                case null or "":
                    parts[i] = text;
                    break;
                case "uri":
                    parts[i] = UriEncoded(text);
                    break;
                case var format:
                    problems.Add(ManifestProblems.UnknownFormat(user.Name, place, format));
                    break;
            }
        }

        return string.Format(CultureInfo.InvariantCulture, expression.Format, parts);
    }

    private string UriEncoded(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return Uri.EscapeDataString(text);
        }

        if (!_nameByText.TryGetValue(text, out var name))
        {
            _nameByText[text] = name = NameOf(text);
            _encoded.Add(new ManifestResource.EncodedEntry(text) { Name = name });
        }

        return $"{{{name}.value}}";
    }

    // "{password.value}" becomes password-uri-encoded, as Aspire names it; "{api.bindings.http.url}" becomes api-bindings-http-url-uri-encoded.
    private string NameOf(string text)
    {
        var plain = new StringBuilder();
        foreach (var character in text.Replace(".value}", "}", StringComparison.Ordinal))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                _ = plain.Append(character);
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                _ = plain.Append('-');
            }
        }

        var wanted = $"{plain.ToString().TrimEnd('-')}-uri-encoded";
        var name = wanted;
        for (var i = 1; !_names.Add(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
        }

        return name;
    }

    // Build() has checked what the With… methods know of; a callback may put in anything.
    private void CheckReferences(IResource user, string place, object value)
    {
        var open = new Stack<object>([value]);
        while (open.TryPop(out var part))
        {
            if (part is IResource resource)
            {
                CheckReference(user, place, resource);
            }
            else if (part is IValueWithReferences composed)
            {
                if (part is EndpointReference { Exists: false } endpoint)
                {
                    var known = endpoint.Resource.GetEndpoints().Select(candidate => candidate.EndpointName);
                    problems.Add(ModelProblems.UnknownEndpoint(user.Name, place, endpoint.Resource.Name, endpoint.EndpointName, known));
                }

                foreach (var reference in composed.References)
                {
                    open.Push(reference);
                }
            }
        }
    }

    private void CheckReference(IResource user, string place, IResource resource)
    {
        if (!resources.Contains(resource))
        {
            var closest = ClosestName.Among(resources.Select(known => known.Name), resource.Name);
            problems.Add(ModelProblems.UnknownResource(user.Name, place, resource.Name, closest));
        }
        else if (resource.IsExcludedFromPublish())
        {
            problems.Add(ModelProblems.NotInManifest(user.Name, place, resource.Name));
        }
    }
}
