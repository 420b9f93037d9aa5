using System.Text;
using System.Text.Json;
using Platform.Deploy.Problems;
using Platform.Deploy.Rendering;

namespace Platform.Deploy.Terminal;

/// <summary>What <c>--json</c> prints: one object, with the members of the verb and <c>problems</c>, also where there is none.</summary>
internal static class JsonResult
{
    /// <param name="writeMembers">Writes into an open object.</param>
    /// <param name="problems">In the order in which they were found.</param>
    public static string Of(Action<Utf8JsonWriter> writeMembers, IEnumerable<Problem> problems) => Encoding.UTF8.GetString(JsonText.Json(json =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            Write(json, problem);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }).Span);

    /// <summary>A problem as an object: the same members everywhere.</summary>
    public static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("summary", problem.Summary);
        json.WriteString("fix", problem.Fix);
        json.WriteString("subject", problem.Subject);
        json.WriteString("detail", problem.Detail);
        json.WriteNumber("exitCode", problem.ExitCode);
        json.WriteEndObject();
    }
}
