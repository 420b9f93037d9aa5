using System.Collections.Immutable;

namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A client of registries that is not ours, for registries of this machine.</summary>
internal static class Skopeo
{
    /// <returns>What it writes.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await ToolProcess.RunAsync(new ToolCall(Need.Program("skopeo"), [.. arguments], Path.GetTempPath()), TestContext.Current.CancellationToken);
        Assert.True(result is { ExitCode: 0 }, result?.Error);
        return result!.Output;
    }

    /// <summary>All platforms and what refers to them stay what they are.</summary>
    public static Task<string> CopyAsync(string from, string to) =>
        RunAsync("copy", "--all", "--preserve-digests", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{from}", $"docker://{to}");

    public static Task<string> InspectAsync(string reference, params ImmutableArray<string> options) =>
        RunAsync([.. options.Where(option => option.StartsWith("--override", StringComparison.Ordinal)), "inspect", "--tls-verify=false", .. options.Where(option => !option.StartsWith("--override", StringComparison.Ordinal)), $"docker://{reference}"]);
}
