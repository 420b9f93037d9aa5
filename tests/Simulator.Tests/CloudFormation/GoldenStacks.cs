using System.Collections.Immutable;

namespace Platform.Simulator.Tests.CloudFormation;

/// <param name="Name">Such as <c>shop-production-network</c>.</param>
/// <param name="Template">JSON.</param>
internal sealed record GoldenStack(string Name, string Template, StackInput Input);

/// <summary>The stacks that Deploy renders, from its golden files: <c>stacks.txt</c> and the templates of a folder, or of the one that it varies.</summary>
internal static class GoldenStacks
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "Deploy.Tests", "Golden", "Infrastructure");

    public static ImmutableArray<string> Variants => [.. Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public static ImmutableArray<GoldenStack> Of(string variant)
    {
        var stacks = ImmutableArray.CreateBuilder<GoldenStack>();
        foreach (var line in File.ReadAllLines(Path.Combine(Folder, variant, "stacks.txt")))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]))
            {
                var name = line.Split(' ')[0];
                stacks.Add(new GoldenStack(name, Template(variant, name), new StackInput { Capabilities = [] }));
            }
            else if (stacks.Count > 0)
            {
                stacks[^1] = stacks[^1] with { Input = With(stacks[^1].Input, line.Trim()) };
            }
        }

        return stacks.ToImmutable();
    }

    public static GoldenStack Of(string variant, string stack) => Of(variant).Single(golden => golden.Name.EndsWith($"-{stack}", StringComparison.Ordinal));

    private static string Template(string variant, string stack)
    {
        var file = $"{stack.Split('-')[^1]}.template.json";
        var own = Path.Combine(Folder, variant, file);
        return File.ReadAllText(File.Exists(own) ? own : Path.Combine(Folder, variant.Split('+')[0], file));
    }

    private static StackInput With(StackInput input, string line) => line.Split(' ', 2) switch
    {
        ["capabilities", { Length: > 0 } names] => input with { Capabilities = [.. names.Split(' ')] },
        ["tags", var tags] => input with { Tags = input.Tags.AddRange(tags.Split(' ').Select(tag => KeyValuePair.Create(tag.Split('=')[0], tag.Split('=')[1]))) },
        ["passes", var passed] => input with { Parameters = input.Parameters.SetItem(passed.Split(" = ")[0], Value(passed.Split(" = ", 2)[1])) },
        _ => input,
    };

    // What is known only later gets a value that fits.
    private static string Value(string text) =>
        text.StartsWith("Text { Value = ", StringComparison.Ordinal) ? text["Text { Value = ".Length..^2]
        : text.StartsWith("CallerCidr", StringComparison.Ordinal) ? "203.0.113.7/32"
        : text.StartsWith("AddonVersion", StringComparison.Ordinal) ? "v1.0.0-eksbuild.1"
        : text.StartsWith("UnlessOidcProvider", StringComparison.Ordinal) ? "yes"
        : text.Contains("HostedZoneId", StringComparison.Ordinal) ? "Z215JYRZR1TBD5"
        : text.StartsWith("TargetGroup", StringComparison.Ordinal) ? "targetgroup/k8s-web/0123456789abcdef"
        : "k8s-web-0123456789.eu-central-1.elb.amazonaws.com";
}
