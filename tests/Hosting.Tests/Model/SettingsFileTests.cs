namespace Platform.Hosting.Tests.Model;

public sealed class SettingsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_settings_file_that_is_no_JSON_is_a_problem_with_its_place()
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        File.WriteAllText(file, "{ \"Parameters\": { \"name\": } }");

        var failure = Assert.Throws<DistributedApplicationException>(
            () => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = _folder.FullName }));

        Assert.Equal(3, failure.ExitCode);
        Assert.StartsWith($"error HST053: The settings cannot be read: {file}\n    | ", failure.Message, StringComparison.Ordinal);
    }
}
