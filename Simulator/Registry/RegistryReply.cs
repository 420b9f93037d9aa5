using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Registry;

/// <summary>An answer of the registry: some bytes, or a part of a file.</summary>
internal sealed record RegistryReply(int Status)
{
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null: the body.</summary>
    public FileInfo? File { get; init; }

    /// <summary>In the file: from there to its end.</summary>
    public long Offset { get; init; }

    /// <summary>Of what a HEAD request would get; null: of the body or the file.</summary>
    public long? Length { get; init; }

    public RegistryReply With(string name, string value) => this with { Headers = Headers.Add((name, value)) };

    public static RegistryReply Error(int status, string code, string message) =>
        Json(status, "application/json", new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }) });

    public static RegistryReply Json(int status, string type, JsonNode content) =>
        new RegistryReply(status) { Body = Encoding.UTF8.GetBytes(content.ToJsonString()) }.With("Content-Type", type);
}
