using System.Diagnostics;
using System.Text;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>Whatever a file holds, reading it gives a manifest or problems. The seed is fixed, so a failure comes again.</summary>
public sealed class ManifestFuzzTests
{
    private const int Seed = 20_260_101;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly string[] Tokens =
        ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "-1", "1e999", "0.5", "\"\"", "\"{a.b}\"", "{{{", "\"type\"", "\"value\"",
         "\"resources\":{", "\u202e", "😀"];

    [Fact]
    public void No_mutation_of_a_manifest_is_a_bug()
    {
        var seeds = Directory.GetFiles(Path.Combine(Repository.TestProject, "Manifests"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            .Concat([Encoding.UTF8.GetBytes(FuzzSeed.Rich)]).ToArray();
        var random = new Random(Seed);
        var started = Stopwatch.GetTimestamp();

        var failures = new List<string>();
        for (var round = 0; round < 20_000 && Stopwatch.GetElapsedTime(started) < Limit; round++)
        {
            var mutant = seeds[round % seeds.Length];
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                mutant = Mutate(random, mutant);
            }

            if (Failure(mutant) is { } failure)
            {
                failures.Add($"round {round}: {failure}\n{Encoding.UTF8.GetString(mutant)}");
            }
        }

        Assert.Equal([], failures);
    }

    [Theory]
    [InlineData("[", 2_000_000)]
    [InlineData("{\"resources\":", 500_000)]
    [InlineData("{\"resources\":{\"a\":{\"type\":\"container.v0\",\"env\":", 1)]
    [InlineData("\\", 1_000_000)]
    [InlineData("\"\\ud83d", 500_000)]
    [InlineData("{ \"resources\": { \"a\": { \"type\": \"value.v0\", \"connectionString\": \"{{{{{{", 1)]
    public void No_bomb_is_a_bug(string part, int times) => Assert.Null(Failure(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, times)))));

    [Fact]
    public void A_text_of_nothing_but_braces_is_read_in_time_that_grows_with_its_length()
    {
        var braces = string.Concat(Enumerable.Repeat("{a.b", 500_000));

        var reading = ManifestReader.Read(Encoding.UTF8.GetBytes($$"""{ "resources": { "a": { "type": "value.v0", "connectionString": "{{braces}}" } } }"""), "/app");

        Assert.Equal($"Connection a (value.v0)\n  ConnectionString: {braces}\n", Dump.Of(reading));
    }

    private static string? Failure(byte[] file)
    {
        try
        {
            _ = Dump.Of(ManifestReader.Read(file, "/app"));
            return null;
        }
#pragma warning disable CA1031 // Any exception at all is what this looks for.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return bug.ToString();
        }
    }

    private static byte[] Mutate(Random random, byte[] file)
    {
        if (file.Length == 0)
        {
            return [.. "{"u8];
        }

        var at = random.Next(file.Length);
        var length = Math.Min(random.Next(1, 40), file.Length - at);
        return random.Next(8) switch
        {
            0 => [.. file[..at], (byte)random.Next(256), .. file[(at + 1)..]],
            1 => [.. file[..at], (byte)(file[at] ^ (1 << random.Next(8))), .. file[(at + 1)..]],
            2 => file[..at],
            3 => [.. file[..at], .. file[(at + length)..]],
            4 => [.. file[..(at + length)], .. file[at..]],
            5 => [.. file[..at], .. Token(random), .. file[at..]],
            6 => ReplaceWord(random, file, at),
            _ => [.. file[..at], .. Enumerable.Repeat((byte)"[{"[random.Next(2)], random.Next(200)), .. file[at..]],
        };
    }

    // A whole value or name for another one, so that what is wrong lies deeper than the grammar of JSON.
    private static byte[] ReplaceWord(Random random, byte[] file, int at)
    {
        var open = Array.IndexOf(file, (byte)'"', at);
        var close = open < 0 ? -1 : Array.IndexOf(file, (byte)'"', open + 1);
        return close < 0 ? file : [.. file[..open], .. Token(random), .. file[(close + 1)..]];
    }

    private static byte[] Token(Random random) => Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
}
