namespace Platform.Deploy.Settings;

/// <summary>A place in the tree of keys: a group with members, a map with any names, or a setting.</summary>
/// <param name="Key">Such as <c>resources.*.replicas</c>; empty for the root.</param>
internal sealed record SettingNode(string Key)
{
    private readonly Dictionary<string, SettingNode> _members = new(StringComparer.Ordinal);

    /// <summary>Null for groups and maps.</summary>
    public Setting? Setting { get; private set; }

    /// <summary>What any name leads to; null where names are fixed.</summary>
    public SettingNode? AnyName { get; private set; }

    /// <summary>In the order of the catalogue; empty for settings and maps.</summary>
    public IReadOnlyDictionary<string, SettingNode> Members => _members;

    /// <summary>A map whose names lead to values: the rest of a key, dots and all, is such a name.</summary>
    public bool IsMapOfValues => AnyName?.Setting is not null;

    /// <summary>The value of such a name: any text, <c>null</c> too.</summary>
    public bool IsValueOfMap => Setting is not null && Key.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>How the names of a map look.</summary>
    public SettingFormat NameFormat => SettingCatalogue.NameFormat(Key);

    public static SettingNode TreeOf(IEnumerable<Setting> settings)
    {
        var root = new SettingNode("");
        foreach (var setting in settings)
        {
            var node = root;
            foreach (var segment in setting.Key.Split('.'))
            {
                node = node.Grown(segment);
            }

            node.Setting = setting;
        }

        return root;
    }

    /// <summary>Null: there is no such member.</summary>
    public SettingNode? Member(string name) => AnyName ?? _members.GetValueOrDefault(name);

    /// <summary>
    /// The member that a part of a variable's name means, with its name as a file has it. Case does not count; a resource has hyphens where the
    /// variable, which cannot have them, has underscores.
    /// </summary>
    public (string Name, SettingNode Node)? MemberOfVariable(string name)
    {
        if (AnyName is not null)
        {
            return (NameFormat == TextFormats.ResourceName ? name.Replace('_', '-').ToLowerInvariant() : name, AnyName);
        }

        foreach (var (written, node) in _members)
        {
            if (written.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return (written, node);
            }
        }

        return null;
    }

    private SettingNode Grown(string segment)
    {
        var key = Key.Length == 0 ? segment : $"{Key}.{segment}";
        if (segment == "*")
        {
            return AnyName ??= new SettingNode(key);
        }

        if (!_members.TryGetValue(segment, out var member))
        {
            member = new SettingNode(key);
            _members.Add(segment, member);
        }

        return member;
    }
}
