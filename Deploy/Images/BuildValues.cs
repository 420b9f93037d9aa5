using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Images;

/// <summary>
/// The texts of arguments and secrets of builds. Those of secret parameters are on the machine that builds, where Aspire has them too: in the
/// variable <c>Parameters__NAME</c>.
/// </summary>
internal sealed class BuildValues(Func<string, string?> variable)
{
    /// <summary>Null where a variable lacks; then <paramref name="missing"/> has its problem.</summary>
    public string? Text(Value value, string subject, List<Problem> missing)
    {
        var parts = value.Flat.Select(part => part switch
        {
            Value.Literal literal => literal.Text,
            Value.Secret secret => Of(secret, subject, missing),
            _ => Late(subject, missing),
        }).ToList();
        return parts.Contains(null) ? null : string.Concat(parts);
    }

    /// <summary>A variable of this machine.</summary>
    public string? Variable(string name) => variable(name);

    private string? Of(Value.Secret secret, string subject, List<Problem> missing)
    {
        var name = $"Parameters__{secret.Key}";
        var text = variable(name) ?? variable(name.Replace('-', '_'));
        if (text is null)
        {
            missing.Add(ImageProblems.NoSecret(name, subject));
        }

        return text;
    }

    private static string? Late(string subject, List<Problem> missing)
    {
        missing.Add(ImageProblems.LateValue(subject));
        return null;
    }
}
