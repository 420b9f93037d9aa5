using System.Globalization;
using System.Xml.Linq;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.CloudFormation;

/// <summary>Parts of long answers. The token is the number of the first one of the next part.</summary>
internal static class AnswerPages
{
    public static (List<T> Items, XElement? NextToken) Of<T>(IEnumerable<T> all, CallInput input, int most)
    {
        var start = 0;
        if (input.Text("NextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            throw StackErrors.Validation("NextToken is invalid");
        }

        var items = all.Skip(start).Take(most + 1).ToList();
        return items.Count <= most ? (items, null) : (items[..most], Elements.Number("NextToken", start + most));
    }
}
