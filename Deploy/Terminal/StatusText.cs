using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>How an environment is: for a person and for machines.</summary>
internal static class StatusText
{
    public static string Render(EnvironmentStatus status, Palette palette)
    {
        var text = new StringBuilder();
        _ = text.Append(palette.Strong(status.Name)).Append(CultureInfo.InvariantCulture, $" in account {status.Account}, {status.Region}{(status.Simulated ? " (simulated)" : "")}\n");
        if (status.Stacks.IsEmpty)
        {
            return text.Append("There is nothing of it. 'platform aws plan' shows what a deployment would make.\n").ToString();
        }

        var (names, states) = (status.Stacks.Max(stack => stack.Name.Length), status.Stacks.Max(stack => stack.Status.Length));
        _ = text.Append('\n').Append(palette.Strong("Stacks")).Append('\n');
        foreach (var stack in status.Stacks)
        {
            var sign = stack.Condition switch
            {
                StackCondition.Good => palette.Good("✓"),
                StackCondition.Moving or StackCondition.RolledBack or StackCondition.Empty => palette.Careful("!"),
                _ => palette.Bad("✗"),
            };
            var since = stack.Since is { } time ? Minute(time) : "";
            var more = string.Concat(stack.IsProtected ? "  protected" : "", stack.Drift is { } drift ? $"  drift: {drift}" : "", stack.Reason is { } reason ? $"  {reason}" : "");
            _ = text.Append("  ").Append(sign).Append($" {stack.Name.PadRight(names)}  {stack.Status.PadRight(states)}  {since}{more}".TrimEnd()).Append('\n');
        }

        if (status.Cluster is { } cluster)
        {
            _ = text.Append('\n').Append(palette.Strong("Cluster")).Append('\n')
                .Append("  ").Append(cluster.Status == "ACTIVE" ? palette.Good("✓") : palette.Careful("!"))
                .Append(CultureInfo.InvariantCulture, $" {cluster.Name}  {cluster.Status}, Kubernetes {cluster.Version}, API {Reach(cluster)}\n");
            foreach (var issue in cluster.Health?.Issues ?? [])
            {
                _ = text.Append("    ").Append(palette.Bad("✗")).Append(CultureInfo.InvariantCulture, $" {issue.Code}: {issue.Message}\n");
            }
        }

        if (status.Certificate is { } certificate)
        {
            _ = text.Append('\n').Append(palette.Strong("Certificate")).Append('\n')
                .Append("  ").Append(certificate.Status == "ISSUED" ? palette.Good("✓") : palette.Careful("!")).Append(CultureInfo.InvariantCulture, $" {certificate.Domain}  {certificate.Status}\n");
        }

        if (status.Records.GetValueOrDefault("deploy") is { } kept && DeployRecords.Read(kept) is { } record)
        {
            _ = text.Append('\n').Append(palette.Strong("Last deployment")).Append(CultureInfo.InvariantCulture, $"\n  {Minute(record.Time)} by {record.Who} (run {record.Run})\n");
            foreach (var (resource, digest) in record.Images ?? ImmutableSortedDictionary<string, string>.Empty)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"  {resource}  {digest}\n");
            }
        }

        if (status.Records.GetValueOrDefault("deploy-lock") is { } held && EnvironmentLock.Read(held) is { } holder)
        {
            _ = text.Append('\n').Append(palette.Careful("Being changed")).Append(CultureInfo.InvariantCulture, $"\n  '{holder.Command}' of {holder.Who} on {holder.Host} (run {holder.Run}) since {Minute(holder.Since)}, last heard of {Minute(holder.Renewed)}\n");
        }

        return status.TaggedResources is { } count ? text.Append(CultureInfo.InvariantCulture, $"\n{count} resources have the tags of the environment.\n").ToString() : text.ToString();
    }

    public static void WriteTo(Utf8JsonWriter json, EnvironmentStatus status)
    {
        json.WriteString("environment", status.Name);
        json.WriteString("account", status.Account);
        json.WriteString("region", status.Region);
        json.WriteBoolean("simulated", status.Simulated);
        json.WriteBoolean("healthy", status.IsHealthy);
        json.WriteStartArray("stacks");
        foreach (var stack in status.Stacks)
        {
            json.WriteStartObject();
            json.WriteString("shortName", stack.ShortName);
            json.WriteString("name", stack.Name);
            json.WriteString("status", stack.Status);
            json.WriteString("reason", stack.Reason);
            json.WriteString("since", stack.Since?.ToString("o", CultureInfo.InvariantCulture));
            json.WriteString("drift", stack.Drift);
            json.WriteBoolean("protected", stack.IsProtected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (status.Cluster is { } cluster)
        {
            json.WriteStartObject("cluster");
            json.WriteString("name", cluster.Name);
            json.WriteString("status", cluster.Status);
            json.WriteString("version", cluster.Version);
            json.WriteString("endpoint", cluster.Endpoint);
            json.WriteString("reach", Reach(cluster));
            json.WriteEndObject();
        }

        if (status.Certificate is { } certificate)
        {
            json.WriteStartObject("certificate");
            json.WriteString("domain", certificate.Domain);
            json.WriteString("status", certificate.Status);
            json.WriteEndObject();
        }

        json.WriteStartObject("records");
        foreach (var (name, value) in status.Records)
        {
            json.WritePropertyName(name);
            Record(json, value);
        }

        json.WriteEndObject();
        if (status.TaggedResources is { } count)
        {
            json.WriteNumber("taggedResources", count);
        }
    }

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    // As JSON, which it is as long as nobody else has written it.
    private static void Record(Utf8JsonWriter json, string value)
    {
        try
        {
            using var record = JsonDocument.Parse(value);
            record.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(value);
        }
    }

    private static string Reach(ClusterState cluster) => cluster.ResourcesVpcConfig switch
    {
        null => "unknown",
        { EndpointPublicAccess: true, PublicAccessCidrs.Count: > 0 } open => $"open to {string.Join(", ", open.PublicAccessCidrs)}",
        { EndpointPublicAccess: true } => "open to everyone",
        _ => "private",
    };

    public static string Outputs(ImmutableArray<(string ShortName, StackState State)> stacks, Palette palette)
    {
        var rows = stacks.SelectMany(stack => stack.State.Outputs.OrderBy(output => output.OutputKey, StringComparer.Ordinal).Select(output => (Name: $"{stack.ShortName}.{output.OutputKey}", output.OutputValue))).ToList();
        var column = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max();
        return rows.Count == 0
            ? "There are no outputs: nothing is deployed.\n"
            : string.Concat(rows.Select(row => $"{palette.Strong(row.Name)}{new string(' ', column - row.Name.Length)}  {row.OutputValue}\n"));
    }

    public static void WriteOutputs(Utf8JsonWriter json, ImmutableArray<(string ShortName, StackState State)> stacks)
    {
        json.WriteStartObject("outputs");
        foreach (var (shortName, state) in stacks)
        {
            json.WriteStartObject(shortName);
            foreach (var output in state.Outputs.OrderBy(output => output.OutputKey, StringComparer.Ordinal))
            {
                json.WriteString(output.OutputKey, output.OutputValue);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
