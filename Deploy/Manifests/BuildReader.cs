using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Deploy.Manifests;

/// <summary>Reads where the image of a container comes from.</summary>
internal sealed class BuildReader(ManifestTextParser texts, ReadingFindings findings)
{
    private static readonly MemberNames Build = new("A build", ["context", "dockerfile", "stage", "buildOnly", "args", "secrets"]);
    private static readonly MemberNames Secret = new("A build secret", ["type", "value", "source"]);
    private static readonly Words<bool> SecretIsFile = new([("env", false), ("file", true)]);

    public WorkloadSource ReadImageOrBuild(Members container)
    {
        if (container.Has("image") && container.Has("build"))
        {
            findings.Add(ManifestProblems.ImageAndBuild(container.Place.Subject));
        }

        if (container.Find("build") is not { } build)
        {
            return new WorkloadSource.Image(texts.Parse(container.FilledText("image", Members.Missing)));
        }

        return Members.Of(build, container.Place.Member("build"), Build, findings) is { } members
            ? new WorkloadSource.Build(members.PathText("context"), members.PathText("dockerfile"))
            {
                Stage = members.Text("stage"),
                BuildOnly = members.Flag("buildOnly", whenAbsent: false),
                Args = ReadArgs(members, "args"),
                Secrets = ReadSecrets(members),
            }
            : new WorkloadSource.Build(Members.Missing, Members.Missing);
    }

    /// <summary>The older form, <c>dockerfile.v0</c>.</summary>
    public WorkloadSource ReadDockerfile(Members dockerfile) =>
        new WorkloadSource.Build(dockerfile.PathText("context"), dockerfile.PathText("path")) { Args = ReadArgs(dockerfile, "buildArgs") };

    private ImmutableSortedDictionary<string, ManifestText?> ReadArgs(Members members, string name) =>
        members.Map(name, StringComparer.Ordinal).ToImmutableSortedDictionary(
            argument => argument.Name,
            argument => argument.Value.ValueKind == JsonValueKind.Null ? null : texts.Parse(Members.TextOf(argument.Value, argument.Place, findings)),
            StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, BuildSecret> ReadSecrets(Members members)
    {
        var secrets = ImmutableSortedDictionary.CreateBuilder<string, BuildSecret>(StringComparer.Ordinal);
        foreach (var (name, value, place) in members.Map("secrets", StringComparer.Ordinal))
        {
            if (Members.Of(value, place, Secret, findings) is not { } secret)
            {
                continue;
            }

            secrets.Add(name, secret.Word("type", SecretIsFile)
                ? new BuildSecret.File(secret.PathText("source"))
                : new BuildSecret.Env(secret.Text("value") is { } text ? texts.Parse(text) : null));
        }

        return secrets.ToImmutable();
    }
}
