using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Hosting.Manifests;

/// <summary>Renders <c>deploymentHints</c>.</summary>
internal static class HintsJson
{
    /// <summary>Writes the member; nothing where no resource has hints.</summary>
    public static void Write(Utf8JsonWriter writer, ImmutableArray<DeploymentHints> hints)
    {
        if (hints.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("deploymentHints");
        foreach (var resource in hints)
        {
            Write(writer, resource);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DeploymentHints hints)
    {
        writer.WriteStartObject(hints.Resource);
        if (hints.Description is not null)
        {
            writer.WriteString("description", hints.Description);
        }

        if (hints.Replicas is { } replicas)
        {
            writer.WriteNumber("replicas", replicas);
        }

        WriteProbes(writer, hints.Probes);
        WriteChecks(writer, hints.Checks);
        WriteWaits(writer, hints.WaitFor);
        if (hints.ExplicitStart)
        {
            writer.WriteBoolean("explicitStart", true);
        }

        if (hints.Parent is not null)
        {
            writer.WriteString("parent", hints.Parent);
        }

        writer.WriteEndObject();
    }

    private static void WriteProbes(Utf8JsonWriter writer, ImmutableArray<ProbeHint> probes)
    {
        if (probes.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("probes");
        foreach (var probe in probes)
        {
            writer.WriteStartObject(probe.Kind);
            writer.WriteString("path", probe.Path);
            writer.WriteString("binding", probe.Binding);
            if (probe.IsHttps)
            {
                writer.WriteString("scheme", "https");
            }

            if (probe.Timing is { } timing)
            {
                writer.WriteNumber("initialDelaySeconds", timing.InitialDelaySeconds);
                writer.WriteNumber("periodSeconds", timing.PeriodSeconds);
                writer.WriteNumber("timeoutSeconds", timing.TimeoutSeconds);
                writer.WriteNumber("failureThreshold", timing.FailureThreshold);
                writer.WriteNumber("successThreshold", timing.SuccessThreshold);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter writer, ImmutableArray<HealthCheckHint> checks)
    {
        if (checks.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("healthChecks");
        foreach (var check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("path", check.Path);
            writer.WriteString("binding", check.Binding);
            writer.WriteNumber("statusCode", check.StatusCode);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteWaits(Utf8JsonWriter writer, ImmutableArray<WaitHint> waits)
    {
        if (waits.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("waitFor");
        foreach (var wait in waits)
        {
            writer.WriteStartObject();
            writer.WriteString("resource", wait.Resource);
            writer.WriteString("condition", wait.Condition);
            if (wait.ExitCode is { } exitCode)
            {
                writer.WriteNumber("exitCode", exitCode);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
