using Platform.Deploy.Manifests;

namespace Platform.Deploy.Tests.Manifests;

public sealed class RealManifestTests
{
    [Fact]
    public void Every_real_manifest_is_read_without_a_problem()
    {
        var files = Directory.GetFiles(Need.SharedData("manifests"), "*.json").Where(file => !Path.GetFileName(file).StartsWith("schema", StringComparison.Ordinal)).Order().ToList();

        var readings = files.Select(file => (Name: Path.GetFileName(file), Reading: ManifestReader.Read(File.ReadAllBytes(file), "/app"))).ToList();

        Assert.Equal(26, readings.Count);
        Assert.Equal("", string.Concat(readings.Select(read => Dump.Of(read.Reading.Problems))));
        Golden.Matches(string.Concat(readings.Select(read => $"{read.Name}\n{Summary(read.Reading)}")), "Manifests/real-manifests.txt");
    }

    private static string Summary(ManifestReading reading) =>
        string.Concat(reading.Manifest.Resources
            .GroupBy(resource => $"{resource.GetType().Name} {resource.Type}").OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => $"  {kind.Count()} {kind.Key}\n"))
        + string.Concat(reading.Notes.Select(note => $"  {note.Subject}: {note.Text}\n"));
}
