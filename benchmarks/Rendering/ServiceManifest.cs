using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform.Benchmarks.Rendering;

/// <summary>An Aspire manifest with any number of services: .NET projects that each call the one before, the first of them reachable from outside.</summary>
internal static class ServiceManifest
{
    public static byte[] Of(int services)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/aspire-8.0.json");
            json.WriteStartObject("resources");
            for (var number = 1; number <= services; number++)
            {
                Write(json, number);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Settings under which the manifest can be rendered for production.</summary>
    public static byte[] Settings() => Encoding.UTF8.GetBytes("""{ "edge": { "domain": "shop.example.com", "hostedZoneId": "Z0123456789ABCDEFGHIJ" } }""");

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"service{number}");

    private static void Write(Utf8JsonWriter json, int number)
    {
        var name = Name(number);
        json.WriteStartObject(name);
        json.WriteString("type", "project.v0");
        json.WriteString("path", $"{name}/{name}.csproj");
        json.WriteStartObject("env");
        json.WriteString("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        json.WriteString("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        json.WriteString("HTTP_PORTS", $"{{{name}.bindings.http.targetPort}}");
        if (number > 1)
        {
            json.WriteString($"services__{Name(number - 1)}__http__0", $"{{{Name(number - 1)}.bindings.http.url}}");
        }

        json.WriteEndObject();
        json.WriteStartObject("bindings");
        json.WriteStartObject("http");
        json.WriteString("scheme", "http");
        json.WriteString("protocol", "tcp");
        json.WriteString("transport", "http");
        if (number == 1)
        {
            json.WriteBoolean("external", true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
