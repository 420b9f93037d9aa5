using System.Text.Json;
using Platform.Deploy.Model;

namespace Platform.Deploy.Rendering;

/// <summary>Where compose gets the image of a service from.</summary>
internal sealed class ComposeImage(Dictionary<string, ImageModel> images)
{
    public void Write(Utf8JsonWriter json, Workload workload)
    {
        if (workload.Image is WorkloadImage.ThirdParty thirdParty)
        {
            json.WriteString("image", thirdParty.Reference);
            return;
        }

        var built = (WorkloadImage.Built)workload.Image;
        json.WriteString("image", built.ShortName);
        if (images.GetValueOrDefault(built.Resource) is { Source: ImageSource.Build build } image)
        {
            json.WriteString("pull_policy", "build");
            WriteBuild(json, image, build);
        }
        else
        {
            // Nobody else's image of that name may ever run.
            json.WriteString("pull_policy", "never");
            json.WriteString("x-built-by", "platform images build --load");
        }
    }

    private static void WriteBuild(Utf8JsonWriter json, ImageModel image, ImageSource.Build build)
    {
        json.WriteStartObject("build");
        json.WriteString("context", build.Context.Length == 0 || build.Context == "." ? "." : $"./{build.Context}");
        json.WriteString("dockerfile", build.DockerfileInContext);
        if (build.Stage is not null)
        {
            json.WriteString("target", build.Stage);
        }

        if (!build.Args.IsEmpty)
        {
            json.WriteStartObject("args");
            foreach (var (name, value) in build.Args)
            {
                if (value is null)
                {
                    json.WriteNull(name);
                }
                else
                {
                    json.WriteString(name, ComposeNames.Text(value));
                }
            }

            json.WriteEndObject();
        }

        if (!build.Secrets.IsEmpty)
        {
            json.WriteStartArray("secrets");
            foreach (var name in build.Secrets.Keys)
            {
                json.WriteStartObject();
                json.WriteString("source", ComposeNames.BuildSecret(image, name));
                json.WriteString("target", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
