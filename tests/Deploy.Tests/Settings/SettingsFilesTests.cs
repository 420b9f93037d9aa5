using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Settings;

public sealed class SettingsFilesTests : IDisposable
{
    private readonly DirectoryInfo _solution = Directory.CreateTempSubdirectory("settings");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _solution.Delete(recursive: true);

    [Theory]
    [InlineData("Deploy/environments")]
    [InlineData("environments")]
    [InlineData("AppHost/environments")]
    public void The_folder_is_the_nearest_one_above_the_AppHost(string folder)
    {
        var appHost = _solution.CreateSubdirectory("AppHost").FullName;
        var expected = _solution.CreateSubdirectory(folder).FullName;

        var found = SettingsFiles.FolderAbove(appHost);

        Assert.Equal(expected, found);
    }

    [Fact]
    public void No_folder_outside_of_the_solution_is_taken()
    {
        _solution.CreateSubdirectory("environments");
        var inner = _solution.CreateSubdirectory("inner");
        File.WriteAllText(Path.Combine(inner.FullName, "Inner.slnx"), "<Solution />");

        var found = SettingsFiles.FolderAbove(inner.CreateSubdirectory("AppHost").FullName);

        Assert.Null(found);
    }

    [Fact]
    public async Task A_file_has_the_name_that_it_has_from_here()
    {
        var folder = _solution.CreateSubdirectory("Deploy/environments").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "preview.json"), "{}", Token);

        var file = await SettingsFiles.ReadAsync("preview", folder, _solution.FullName, Token);

        Assert.Equal(("Deploy/environments/preview.json", 2), (file?.Name, file?.Bytes.Length));
    }

    [Fact]
    public async Task A_profile_needs_no_file()
    {
        var file = await SettingsFiles.ReadAsync("staging", folder: null, _solution.FullName, Token);

        Assert.Null(file);
    }

    [Fact]
    public async Task An_environment_that_is_neither_file_nor_profile_is_refused_with_the_closest_name()
    {
        var folder = _solution.CreateSubdirectory("environments").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "preview.json"), "{}", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.schema.json"), "{}", Token);

        var refused = await Assert.ThrowsAsync<DeployException>(() => SettingsFiles.ReadAsync("prevew", folder, _solution.FullName, Token));

        Assert.Equal(
            """
            DEP040 There is no environment 'prevew'.
              at  --environment
              fix Did you mean 'preview'? Write environments/prevew.json, or take one of dev, preview, production, staging.

            """,
            Written.Text(refused.Problems));
    }

    [Fact]
    public async Task A_name_never_leads_out_of_the_folder()
    {
        var refused = await Assert.ThrowsAsync<DeployException>(() => SettingsFiles.ReadAsync("../secret", _solution.FullName, _solution.FullName, Token));

        Assert.Equal(["DEP047"], refused.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_cannot_be_read()
    {
        _solution.CreateSubdirectory("environments/dev.json");

        var refused = await Assert.ThrowsAsync<DeployException>(() => SettingsFiles.ReadAsync("dev", Path.Combine(_solution.FullName, "environments"), _solution.FullName, Token));

        Assert.Equal(("DEP041", "environments/dev.json"), (refused.Problems[0].Code, refused.Problems[0].Subject));
    }
}
