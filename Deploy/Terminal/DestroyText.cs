using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Planning;

namespace Platform.Deploy.Terminal;

/// <summary>What goes and what stays, before an environment is destroyed; and the proof behind it.</summary>
internal static class DestroyText
{
    public static string Sight(string environment, AwsTarget target, DestroySight sight, VolumeFate volumes, Palette palette)
    {
        var text = new StringBuilder();
        _ = text.Append(palette.Strong($"Destroying {environment} in account {target.Account}, {target.Region}")).Append(target.Simulated ? " (simulated)" : "").Append('\n');
        if (sight.Stacks.IsEmpty)
        {
            _ = text.Append("  It has no stacks.\n");
        }

        var width = sight.Stacks.Select(stack => stack.State.StackName.Length).Concat(sight.Staying.Select(stack => stack.Name.Length)).DefaultIfEmpty().Max();
        foreach (var stack in sight.Stacks)
        {
            var kept = stack.Retained.IsEmpty ? "" : $"; {string.Join(", ", stack.Retained)} {(stack.Retained.Length == 1 ? "stays" : "stay")}";
            _ = text.Append("  ").Append(palette.Gone("goes ")).Append(' ').Append(stack.State.StackName.PadRight(width)).Append("  ")
                .Append(string.Create(CultureInfo.InvariantCulture, $"{stack.Resources.Length} {(stack.Resources.Length == 1 ? "resource" : "resources")}{kept}")).Append('\n');
        }

        foreach (var volume in sight.Volumes)
        {
            var (word, style) = volumes == VolumeFate.Delete ? ("goes ", (Func<string, string>)palette.Gone) : ("stays", palette.Good);
            _ = text.Append("  ").Append(style(word)).Append(' ').Append(Line(volume)).Append('\n');
        }

        foreach (var (name, why) in sight.Staying)
        {
            _ = text.Append("  ").Append(palette.Good("stays")).Append(' ').Append(name.PadRight(width)).Append("  ").Append(why).Append('\n');
        }

        return text.ToString();
    }

    public static string Line(VolumeState volume)
    {
        var claim = volume.Tags.FirstOrDefault(tag => tag.Key == "kubernetes.io/created-for/pvc/name")?.Value;
        return string.Create(CultureInfo.InvariantCulture, $"volume {volume.VolumeId}, {volume.Size} GiB{(claim is null ? "" : $", of {claim}")}");
    }

    public static string Proof(string environment, ImmutableArray<Remnant> remnants, DestroySight sight, bool isJson, Screen screen)
    {
        if (isJson)
        {
            return JsonResult.Of(
                json =>
                {
                    json.WriteString("environment", environment);
                    json.WriteStartArray("left");
                    foreach (var remnant in remnants)
                    {
                        json.WriteStartObject();
                        json.WriteString("arn", remnant.Arn);
                        json.WriteString("why", remnant.Why);
                        json.WriteBoolean("meant", remnant.IsMeant);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                },
                []);
        }

        var palette = new Palette(screen.Colours);
        var text = new StringBuilder();
        _ = text.Append(palette.Strong(sight.IsEmpty ? $"Nothing of {environment} was there." : $"{environment} is destroyed.")).Append(' ')
            .Append(remnants.IsEmpty
                ? "Its inventory is empty: no resource of the account bears its tags.\n"
                : string.Create(CultureInfo.InvariantCulture, $"Of its inventory {remnants.Length} {(remnants.Length == 1 ? "entry is" : "entries are")} left:\n"));
        foreach (var remnant in remnants)
        {
            _ = text.Append("  ").Append(remnant.IsMeant ? palette.Good("·") : palette.Bad("✗")).Append(' ').Append(remnant.Arn).Append(palette.Quiet($"  {remnant.Why}")).Append('\n');
        }

        return text.ToString();
    }
}
