using System.Collections.Immutable;
using System.Globalization;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Model;

/// <summary>Fills in the texts of one workload, and gathers what they take: connections, secrets, addresses outside.</summary>
internal sealed class WorkloadTexts(KnownResource known, ExpressionResolver resolver, Findings findings)
{
    private readonly HashSet<FlowModel> _calls = [];
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _outsidePorts = [];
    private readonly SortedSet<string> _hidden = new(StringComparer.Ordinal);
    private bool _internet;

    public IReadOnlyCollection<FlowModel> Calls => _calls;

    public ImmutableArray<string> Secrets => [.. _secrets];

    /// <summary>An operator's word counts: with <c>internetAccess: false</c> nothing outside is reached.</summary>
    public bool InternetAccess => known.Settings.InternetAccess ?? (_internet || _hidden.Count > 0 || known.Settings.OutsidePorts.Contains(443));

    public ImmutableArray<int> OutsidePorts => known.Settings.InternetAccess == false ? [] : [.. _outsidePorts.Union(known.Settings.OutsidePorts).Where(port => port != 443).Order()];

    /// <summary>A variable; null where it is left out, because what it needs is missing or a problem.</summary>
    public Value? Variable(string name, ManifestText text)
    {
        var place = $"{known.Place}.env.{name}";
        var resolution = resolver.Resolve(known.Name, text, place);
        foreach (var missing in resolution.Missing)
        {
            findings.Note(known.Name, $"The variable {name} is left out, because '{missing}' is missing.");
        }

        return Used(resolution, place);
    }

    /// <summary>A part of the command line, which cannot be left out.</summary>
    /// <param name="place">Such as <c>args[2]</c>.</param>
    /// <param name="text">The text.</param>
    public Value? Argument(string place, ManifestText text)
    {
        var resolution = resolver.Resolve(known.Name, text, $"{known.Place}.{place}");
        foreach (var missing in resolution.Missing)
        {
            findings.Add(ReferenceProblems.ArgumentOfMissing($"{known.Place}.{place}", missing));
        }

        return Used(resolution, $"{known.Place}.{place}");
    }

    /// <summary>A text of the settings.</summary>
    public Value Plain(string text) => Used(new Resolution(Value.Of(text)), known.Place) ?? Value.Of(text);

    /// <summary>The notes that an operator needs to know which connections are open.</summary>
    public void AddNotes()
    {
        if (known.Settings.InternetAccess is not null || known.Settings.OutsidePorts.Length > 0 || _hidden.Count == 0)
        {
            return;
        }

        var ports = _outsidePorts.Append(443).Distinct().Order().Select(port => port.ToString(CultureInfo.InvariantCulture));
        findings.Note(known.Name, $"Where {string.Join(", ", _hidden.Select(name => $"'{name}'"))} leads is known in the target only: connections to the outside are open for TCP {string.Join(", ", ports)}; others with resources.{known.Name}.outsidePorts.");
    }

    private Value? Used(Resolution resolution, string place)
    {
        foreach (var refused in resolution.Refused)
        {
            findings.Refers(known.Name, place, refused);
        }

        if (!resolution.IsUsable)
        {
            return null;
        }

        _calls.UnionWith(resolution.Calls);
        _hidden.UnionWith(resolution.HiddenAddresses);
        foreach (var port in resolution.OutsidePorts)
        {
            Reach(port);
        }

        foreach (var part in resolution.Value.Flat)
        {
            if (part is Value.Secret secret)
            {
                _ = _secrets.Add(secret.Key);
            }
            else if (part is Value.Literal literal)
            {
                foreach (var address in OutsideAddress.In(literal.Text))
                {
                    Reach(address.Port);
                }
            }
        }

        return resolution.Value;
    }

    private void Reach(int port)
    {
        if (port == 443)
        {
            _internet = true;
        }
        else
        {
            _ = _outsidePorts.Add(port);
        }
    }
}
