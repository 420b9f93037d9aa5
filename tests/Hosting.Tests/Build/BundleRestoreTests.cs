namespace Platform.Hosting.Tests.Build;

public sealed class BundleRestoreTests : IDisposable
{
    private const string Started = "Restoring the Aspire orchestrator and dashboard (122 MB to download, 300 MB on disk; once) …\n";
    private const string Done = "Restored the Aspire orchestrator and dashboard 13.5.4 in N s.\n";
    private const string SetupCall = "aspire setup --install-path HOME --nologo --non-interactive";

    private readonly BundleFixture _tools = new();

    public void Dispose() => _tools.Dispose();

    [Fact]
    public async Task The_first_restore_installs_extracts_and_says_so()
    {
        var result = await _tools.RestoreAsync();

        Assert.Equal((0, Started + Done), result);
        Assert.Equal($"npm\n{SetupCall}\n", _tools.Calls);
        Assert.Equal(_tools.Read("package-lock.json"), _tools.Read(".home/restored.lock.json"));
    }

    [Fact]
    public async Task A_second_restore_starts_nothing_and_says_nothing()
    {
        await _tools.RestoreAsync();
        var before = _tools.Calls;

        var result = await _tools.RestoreAsync();

        Assert.Equal((0, ""), result);
        Assert.Equal(before, _tools.Calls);
    }

    [Fact]
    public async Task A_changed_lock_file_restores_anew()
    {
        await _tools.RestoreAsync();
        _tools.Append("package-lock.json", "\n");

        var result = await _tools.RestoreAsync();

        Assert.Equal((0, Started + Done), result);
    }

    [Fact]
    public async Task A_bundle_that_lost_a_file_is_restored_anew()
    {
        await _tools.RestoreAsync();
        File.Delete(_tools.PathOf(".home/bundle/dcp/dcp"));

        var result = await _tools.RestoreAsync();

        Assert.Equal((0, Started + Done), result);
    }

    [Fact]
    public async Task Two_restores_at_once_install_once()
    {
        await Task.WhenAll(_tools.RestoreAsync(), _tools.RestoreAsync());

        Assert.Equal($"npm\n{SetupCall}\n", _tools.Calls);
    }

    [Fact]
    public async Task The_lock_of_a_killed_restore_is_taken_away()
    {
        Directory.CreateDirectory(_tools.PathOf(".home"));
        _tools.Write(".home/restore.pid", $"{int.MaxValue}");

        var result = await _tools.RestoreAsync();

        Assert.Equal((0, Started + Done), result);
        Assert.False(File.Exists(_tools.PathOf(".home/restore.pid")));
    }

    [Fact]
    public async Task Another_bundle_makes_a_failure_a_note()
    {
        var result = await _tools.RestoreAsync("--optional", ("NPM_SAYS", "offline"));

        Assert.Equal(
            (0, Started + "The pinned Aspire bundle was not restored; another one will be used. The Aspire orchestrator and dashboard could not be "
                + "downloaded (npm: GET http://registry/x attempt 1 failed with ECONNREFUSED).\n"),
            result);
    }

    [Theory]
    [InlineData("NPM_SAYS", "offline", "error HST222: The Aspire orchestrator and dashboard could not be downloaded (npm: GET http://registry/x attempt 1 failed with ECONNREFUSED). fix Connect to the npm registry and build again, or set ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH to a bundle that you have.   see docs/errors.md#hst222")]
    [InlineData("NPM_SAYS", "usage", "error HST227: ROOT/package-lock.json does not fit package.json beside it. fix Restore both files from version control.   see docs/errors.md#hst227")]
    [InlineData("ASPIRE_FAILS", "1", "error HST224: The Aspire bundle could not be extracted to ROOT/.home (No space left on device). fix Make room for 300 MB there, or delete that folder, and build again.   see docs/errors.md#hst224")]
    [InlineData("ASPIRE_VERSION", "13.4.0", "error HST225: The Aspire bundle in ROOT/.home is of version 13.4.0, the build asks for 13.5.4. fix Delete that folder and build again.   see docs/errors.md#hst225")]
    public async Task What_goes_wrong_is_said_with_its_cure(string variable, string value, string problem)
    {
        var result = await _tools.RestoreAsync("", (variable, value));

        Assert.Equal((4, $"{Started}ROOT/package.json : {problem}\n"), result);
        Assert.False(File.Exists(_tools.PathOf(".home/restored.lock.json")));
    }

    [Fact]
    public async Task An_operating_system_without_a_package_is_named()
    {
        _tools.Write("package-lock.json", """{ "packages": { "x": { "os": ["plan9"], "cpu": ["mips"] } } }""");

        var (exitCode, output) = await _tools.RestoreAsync("", ("NPM_SAYS", "nothing"));

        Assert.Equal(4, exitCode);
        Assert.StartsWith($"{Started}ROOT/package.json : error HST223: There is no Aspire orchestrator and dashboard for ", output, StringComparison.Ordinal);
    }
}
