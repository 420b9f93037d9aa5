using System.Collections.Immutable;

namespace Platform.Deploy.Commands;

/// <summary>All verbs, in the order of the help.</summary>
internal static class Verbs
{
    public static ImmutableArray<Verb> All() =>
    [
        RenderCommand.Verb(),
        AwsCommand.Verb(),
        ImagesCommand.Verb(),
        SettingsCommand.Verb(),
        CompletionCommand.Verb(),
    ];
}
