using System.Collections.Immutable;
using System.Text.Json;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>
/// The application for <c>docker compose</c>, from the same model that the cluster gets: images, values, order, isolation. Paths are relative to
/// the manifest's folder, which is given as <c>--project-directory</c>; secrets and outputs of stacks are variables that have to be set.
/// </summary>
internal static class ComposeRenderer
{
    public static Artifact File(DeploymentModel model) => new("compose.yaml", () => JsonText.Yaml(json => Write(json, model)));

    private static void Write(Utf8JsonWriter json, DeploymentModel model)
    {
        var services = new ComposeService(model);
        json.WriteStartObject();
        json.WriteString("name", model.Names.Application);
        json.WriteStartObject("services");
        foreach (var workload in model.Workloads)
        {
            services.Write(json, workload);
        }

        json.WriteEndObject();
        WriteVolumes(json, model.Workloads);
        WriteFiles(json, model.Workloads);
        WriteBuildSecrets(json, model.Images);
        json.WriteEndObject();
    }

    private static void WriteVolumes(Utf8JsonWriter json, ImmutableArray<Workload> workloads)
    {
        var volumes = (from workload in workloads from volume in workload.Volumes select ComposeNames.Volume(workload, volume)).ToList();
        if (volumes.Count == 0)
        {
            return;
        }

        json.WriteStartObject("volumes");
        foreach (var volume in volumes)
        {
            json.WriteStartObject(volume);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, ImmutableArray<Workload> workloads)
    {
        var files = (from workload in workloads from file in ComposeFile.Of(workload) select file).ToList();
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartObject("configs");
        foreach (var file in files)
        {
            json.WriteStartObject(file.Name);
            json.WriteString("content", ComposeNames.Escaped(file.Content));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBuildSecrets(Utf8JsonWriter json, ImmutableArray<ImageModel> images)
    {
        var secrets = (from image in images
                       let build = image.Source as ImageSource.Build
                       where build is not null
                       from secret in build.Secrets
                       select (Name: ComposeNames.BuildSecret(image, secret.Key), Secret: secret.Value)).ToList();
        if (secrets.Count == 0)
        {
            return;
        }

        json.WriteStartObject("secrets");
        foreach (var (name, secret) in secrets)
        {
            json.WriteStartObject(name);
            if (secret.File is { } file)
            {
                json.WriteString("file", $"./{file}");
            }
            else
            {
                json.WriteString("environment", ComposeNames.Variable(secret.Value is Value.Secret single ? single.Key : name));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
