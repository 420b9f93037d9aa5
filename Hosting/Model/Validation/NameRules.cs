using Platform.Hosting.ApplicationModel;
using Platform.Hosting.Problems;

namespace Platform.Hosting.Validation;

/// <summary>Names of resources become DNS names and variables, so they are narrow and unique without regard to case.</summary>
internal static class NameRules
{
    private const int MaxLength = 64;

    public static IEnumerable<Problem> Check(DistributedApplicationModel model)
    {
        foreach (var name in model.Resources.Select(resource => resource.Name).Distinct(StringComparer.Ordinal))
        {
            if (WhyInvalid(name) is { } why)
            {
                yield return ModelProblems.InvalidName(name, why);
            }
        }

        foreach (var same in model.Resources.GroupBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase))
        {
            var first = same.First();
            foreach (var second in same.Skip(1))
            {
                yield return ModelProblems.DuplicateName(first.Name, TypeOf(first), second.Name, TypeOf(second));
            }
        }
    }

    /// <summary>Why a name is none; null where it is one.</summary>
    public static string? WhyInvalid(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Length > MaxLength)
        {
            return $"it has {name.Length} characters";
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            return "it does not start with a letter";
        }

        var wrong = name.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character != '-');
        if (wrong != default)
        {
            return $"it has the character '{wrong}'";
        }

        return name.EndsWith('-') ? "it ends with a hyphen" : name.Contains("--", StringComparison.Ordinal) ? "it has two hyphens in a row" : null;
    }

    private static string TypeOf(IResource resource) => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal).ToLowerInvariant();
}
