using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Deploy.Apply;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Terminal;

/// <summary>A run for machines: a JSON object a line, each with <c>time</c> and <c>event</c>.</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Without a newline at its end.</returns>
    public static string Of(RunEvent happened, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            json.WriteStartObject();
            json.WriteString("time", now);
            Write(json, happened);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Planned planned:
                Named(json, "planned", step: null);
                json.WriteStartArray("steps");
                foreach (var step in planned.Steps)
                {
                    json.WriteStartObject();
                    json.WriteString("id", step.Id);
                    json.WriteString("title", step.Title);
                    if (step.Expected is { } expected)
                    {
                        json.WriteNumber("expectedSeconds", (long)expected.TotalSeconds);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            case RunEvent.Started started:
                Named(json, "started", started.Step);
                break;
            case RunEvent.Progressed progressed:
                Named(json, "progressed", progressed.Step);
                json.WriteString("text", progressed.Text);
                break;
            case RunEvent.Uploaded uploaded:
                Named(json, "uploaded", uploaded.Step);
                json.WriteNumber("bytesSent", uploaded.BytesSent);
                json.WriteNumber("bytesInAll", uploaded.BytesInAll);
                break;
            case RunEvent.Finished finished:
                Named(json, "finished", finished.Step);
                json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(finished.Outcome.ToString()));
                json.WriteString("text", finished.Text);
                break;
            case RunEvent.Failed failed:
                Named(json, "failed", failed.Step);
                Problems(json, failed.Problems);
                break;
            case RunEvent.Abandoned abandoned:
                Named(json, "abandoned", abandoned.Step);
                json.WriteString("text", abandoned.Text);
                break;
            case RunEvent.Resource resource:
                Named(json, "resource", resource.Step);
                json.WriteString("logicalId", resource.LogicalId);
                json.WriteString("type", resource.Type);
                json.WriteString("status", resource.Status);
                if (resource.Reason is { } reason)
                {
                    json.WriteString("reason", reason);
                }

                break;
            case RunEvent.Notice notice:
                Named(json, "notice", notice.Step);
                json.WriteString("text", notice.Text);
                break;
            case RunEvent.Waiting waiting:
                Named(json, "waiting", waiting.Step);
                json.WriteString("text", waiting.Text);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Named(Utf8JsonWriter json, string name, string? step)
    {
        json.WriteString("event", name);
        if (step is not null)
        {
            json.WriteString("step", step);
        }
    }

    private static void Problems(Utf8JsonWriter json, IEnumerable<Problem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            JsonResult.Write(json, problem);
        }

        json.WriteEndArray();
    }
}
