using System.Diagnostics;
using System.Text;
using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

/// <summary>Whatever a file holds, reading it gives a manifest or problems. The seed is fixed, so a failure comes again.</summary>
public sealed class ManifestFuzzTests
{
    private const int Seed = 20_260_101;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

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
                mutant = Mutation.OfBytes(random, mutant);
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
}
