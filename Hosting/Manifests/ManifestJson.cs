using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Platform.Hosting.Manifests;

/// <summary>Renders a manifest: spelling and order are those of Aspire's own writer.</summary>
internal static class ManifestJson
{
    private const string Schema = "https://json.schemastore.org/aspire-8.0.json";

    private static readonly JsonWriterOptions Format = new() { Indented = true, IndentCharacter = ' ', IndentSize = 2, NewLine = "\n" };

    /// <summary>The text, in UTF-8 without a mark, lines ended by LF.</summary>
    public static ReadOnlyMemory<byte> Render(ManifestDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteStartObject("resources");
            foreach (var resource in document.Resources)
            {
                Write(writer, resource);
            }

            writer.WriteEndObject();
            HintsJson.Write(writer, document.Hints);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, ManifestResource resource)
    {
        writer.WritePropertyName(resource.Name);
        if (resource is ManifestResource.CustomEntry custom)
        {
            custom.Content.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        switch (resource)
        {
            case ManifestResource.ProjectEntry project:
                writer.WriteString("type", "project.v0");
                writer.WriteString("path", project.Path);
                Write(writer, project.Workload);
                break;
            case ManifestResource.ContainerEntry container:
                Write(writer, container);
                break;
            case ManifestResource.ExecutableEntry executable:
                writer.WriteString("type", "executable.v0");
                WriteUnlessNull(writer, "connectionString", executable.ConnectionString);
                writer.WriteString("workingDirectory", executable.WorkingDirectory);
                writer.WriteString("command", executable.Command);
                Write(writer, executable.Workload);
                break;
            case ManifestResource.ParameterEntry parameter:
                Write(writer, parameter);
                break;
            case ManifestResource.ValueEntry value:
                writer.WriteString("type", "value.v0");
                writer.WriteString("connectionString", value.ConnectionString);
                break;
            case ManifestResource.EncodedEntry encoded:
                writer.WriteString("type", "annotated.string");
                writer.WriteString("value", encoded.Text);
                writer.WriteString("filter", "uri");
                break;
            case ManifestResource.UnsupportedEntry:
                writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
            default:
                throw new UnreachableException();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ManifestResource.ContainerEntry container)
    {
        writer.WriteString("type", container.Build is null ? "container.v0" : "container.v1");
        WriteUnlessNull(writer, "connectionString", container.ConnectionString);
        WriteUnlessNull(writer, "image", container.Image);
        Write(writer, container.Build);
        WriteUnlessNull(writer, "entrypoint", container.Entrypoint);
        WriteArguments(writer, container.Workload.Arguments);
        WriteMounts(writer, "bindMounts", "source", container.BindMounts);
        WriteMounts(writer, "volumes", "name", container.Volumes);
        WriteMap(writer, "env", container.Workload.Environment);
        WriteBindings(writer, container.Workload.Bindings);
    }

    private static void Write(Utf8JsonWriter writer, ManifestResource.ParameterEntry parameter)
    {
        writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            writer.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } fallback)
        {
            writer.WritePropertyName("default");
            fallback.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ManifestBuild? build)
    {
        if (build is null)
        {
            return;
        }

        writer.WriteStartObject("build");
        writer.WriteString("context", build.Context);
        writer.WriteString("dockerfile", build.Dockerfile);
        WriteUnlessNull(writer, "stage", build.Stage);
        WriteMap(writer, "args", build.Arguments);
        if (!build.Secrets.IsEmpty)
        {
            writer.WriteStartObject("secrets");
            foreach (var secret in build.Secrets)
            {
                writer.WriteStartObject(secret.Name);
                writer.WriteString("type", secret.IsFile ? "file" : "env");
                writer.WriteString(secret.IsFile ? "source" : "value", secret.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ManifestWorkload workload)
    {
        WriteArguments(writer, workload.Arguments);
        WriteMap(writer, "env", workload.Environment);
        WriteBindings(writer, workload.Bindings);
    }

    private static void WriteArguments(Utf8JsonWriter writer, ImmutableArray<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            writer.WriteStartArray("args");
            foreach (var argument in arguments)
            {
                writer.WriteStringValue(argument);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteMounts(Utf8JsonWriter writer, string property, string source, ImmutableArray<ManifestMount> mounts)
    {
        if (!mounts.IsEmpty)
        {
            writer.WriteStartArray(property);
            foreach (var mount in mounts)
            {
                writer.WriteStartObject();
                writer.WriteString(source, mount.Source);
                writer.WriteString("target", mount.Target);
                writer.WriteBoolean("readOnly", mount.IsReadOnly);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteMap<T>(Utf8JsonWriter writer, string property, ImmutableArray<KeyValuePair<string, T>> entries)
        where T : class?
    {
        if (!entries.IsEmpty)
        {
            writer.WriteStartObject(property);
            foreach (var (name, value) in entries)
            {
                writer.WriteString(name, value as string);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteBindings(Utf8JsonWriter writer, ImmutableArray<ManifestBinding> bindings)
    {
        if (bindings.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("bindings");
        foreach (var binding in bindings)
        {
            writer.WriteStartObject(binding.Name);
            writer.WriteString("scheme", binding.Scheme);
            writer.WriteString("protocol", binding.Protocol);
            writer.WriteString("transport", binding.Transport);
            WriteUnlessNull(writer, "port", binding.Port);
            WriteUnlessNull(writer, "targetPort", binding.TargetPort);
            if (binding.External)
            {
                writer.WriteBoolean("external", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, string property, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(property, value);
        }
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, string property, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(property, number);
        }
    }
}
