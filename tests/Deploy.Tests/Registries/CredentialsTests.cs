using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;

namespace Platform.Deploy.Tests.Registries;

public sealed class CredentialsTests : IDisposable
{
    private const string Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _programs = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _programs.ForEach(File.Delete);
        _home.Dispose();
    }

    [Theory]
    [InlineData("""{ "auths": { "registry.example": { "auth": "QW5uOnNlOmNyZXQ=" } } }""", "registry.example", "Ann:se:cret")]
    [InlineData("""{ "auths": { "https://registry.example/v1/": { "auth": "QW5uOnNlOmNyZXQ=" } } }""", "registry.example", "Ann:se:cret")]
    [InlineData("""{ "auths": { "https://index.docker.io/v1/": { "username": "Ann", "password": "pw" } } }""", "docker.io", "Ann:pw")]
    [InlineData("""{ "auths": { "other.example": { "auth": "QW5uOnNlOmNyZXQ=" } } }""", "registry.example", null)]
    [InlineData("""{ "auths": { "registry.example": {} } }""", "registry.example", null)]
    [InlineData("{}", "registry.example", null)]
    public async Task Docker_s_file_knows_hosts_by_several_names(string file, string host, string? expected)
    {
        _home.Write(".docker/config.json", file);

        var credential = await FindAsync(host);

        Assert.Equal(expected, credential is RegistryCredential.Password password ? $"{password.User}:{password.Secret.Reveal()}" : null);
    }

    [Fact]
    public async Task A_refresh_token_of_Docker_s_file_counts_before_its_password()
    {
        _home.Write(".docker/config.json", """{ "auths": { "registry.example": { "auth": "QW5uOnNlOmNyZXQ=", "identitytoken": "refresh" } } }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.IdentityToken(new SecretText("refresh")), credential);
    }

    [Fact]
    public async Task Podman_s_file_is_read_where_Docker_s_does_not_know_the_host()
    {
        _home.Write(".docker/config.json", "{}");
        _home.Write(".config/containers/auth.json", """{ "auths": { "registry.example": { "auth": "QW5uOnNlOmNyZXQ=" } } }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.Password("Ann", new SecretText("se:cret")), credential);
    }

    [Fact]
    public async Task The_folder_of_Docker_s_file_can_be_another()
    {
        _variables["DOCKER_CONFIG"] = _home.File("elsewhere");
        _home.Write("elsewhere/config.json", """{ "auths": { "registry.example": { "auth": "QW5uOnNlOmNyZXQ=" } } }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.Password("Ann", new SecretText("se:cret")), credential);
    }

    [Theory]
    [InlineData("{ \"auths\": ")]
    [InlineData("""{ "auths": { "registry.example": { "auth": "no base64" } } }""")]
    public async Task A_file_that_cannot_be_read_is_a_problem(string text)
    {
        var file = _home.Write(".docker/config.json", text);

        var problem = await RegistrySession.ProblemAsync(() => FindAsync("registry.example"));

        Assert.Equal(("DEP235", "The file with the credentials of registries cannot be read.", file, 4), (problem.Code, problem.Summary, problem.Subject, problem.ExitCode));
    }

    [Fact]
    public async Task A_program_that_keeps_credentials_is_asked_by_its_standard_input()
    {
        var name = Program("""read -r host; echo "{\"ServerURL\":\"$host\",\"Username\":\"Ann of $host\",\"Secret\":\"pw\"}" """);
        _home.Write(".docker/config.json", $$"""{ "credHelpers": { "registry.example": "{{name}}" } }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.Password("Ann of registry.example", new SecretText("pw")), credential);
    }

    [Fact]
    public async Task A_program_may_hand_out_a_refresh_token()
    {
        var name = Program("""echo '{"Username":"<token>","Secret":"refresh"}'""");
        _home.Write(".docker/config.json", $$"""{ "credsStore": "{{name}}" }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.IdentityToken(new SecretText("refresh")), credential);
    }

    [Fact]
    public async Task A_program_that_does_not_know_the_host_leaves_it_to_the_file()
    {
        var name = Program("echo 'credentials not found in native keychain'; exit 1");
        _home.Write(".docker/config.json", $$"""{ "credsStore": "{{name}}", "auths": { "registry.example": { "auth": "QW5uOnNlOmNyZXQ=" } } }""");

        var credential = await FindAsync("registry.example");

        Assert.Equal(new RegistryCredential.Password("Ann", new SecretText("se:cret")), credential);
    }

    [Theory]
    [InlineData("echo 'the keychain is locked' >&2; exit 1", "the keychain is locked")]
    [InlineData("echo 'no JSON'", "Its answer is not understood.")]
    public async Task A_program_that_fails_is_a_problem(string script, string reason)
    {
        var name = Program(script);
        _home.Write(".docker/config.json", $$"""{ "credsStore": "{{name}}" }""");

        var problem = await RegistrySession.ProblemAsync(() => FindAsync("registry.example"));

        Assert.Equal(
            new Problem("DEP237", $"'docker-credential-{name}' does not hand out the credentials of registry.example.", "Run 'docker login registry.example' again.", ExitCode.Environment)
            {
                Subject = $"docker-credential-{name}",
                Detail = reason,
            },
            problem);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_a_problem()
    {
        _home.Write(".docker/config.json", """{ "credsStore": "of-nobody" }""");

        var problem = await RegistrySession.ProblemAsync(() => FindAsync("registry.example"));

        Assert.Equal(("DEP236", "The credentials of registry.example are kept by 'docker-credential-of-nobody', which does not start."), (problem.Code, problem.Summary));
    }

    [Fact]
    public async Task The_environment_s_go_to_the_registry_of_the_images_and_to_no_other()
    {
        _variables["PLATFORM_REGISTRY_USERNAME"] = "Ann";
        _variables["PLATFORM_REGISTRY_PASSWORD"] = "pw";

        var (own, other) = (await FindAsync("target.example"), await FindAsync("registry.example"));

        Assert.Equal(new RegistryCredential.Password("Ann", new SecretText("pw")), own);
        Assert.Null(other);
    }

    [Fact]
    public async Task A_workflow_of_GitHub_is_let_into_its_registry()
    {
        _variables["GITHUB_TOKEN"] = "ghs";
        _variables["GITHUB_ACTOR"] = "ann";

        var (own, other) = (await FindAsync("ghcr.io"), await FindAsync("registry.example"));

        Assert.Equal(new RegistryCredential.Password("ann", new SecretText("ghs")), own);
        Assert.Null(other);
    }

    [Fact]
    public async Task ECR_s_come_from_the_identity_in_AWS()
    {
        _home.Write(".docker/config.json", $$"""{ "auths": { "{{Ecr}}": { "auth": "QW5uOnNlOmNyZXQ=" } } }""");

        var credential = await FindAsync(Ecr);

        Assert.Equal(new RegistryCredential.Password("AWS", new SecretText("of ECR")), credential);
    }

    [Fact]
    public async Task Without_an_identity_in_AWS_a_login_by_Docker_is_used_for_ECR()
    {
        _home.Write(".docker/config.json", $$"""{ "auths": { "{{Ecr}}": { "auth": "QW5uOnNlOmNyZXQ=" } } }""");

        var credential = await FindAsync(Ecr, (_, _) => throw new DeployException(new Problem("DEP999", "No identity.", "Sign in.", 4)));

        Assert.Equal(new RegistryCredential.Password("Ann", new SecretText("se:cret")), credential);
    }

    [Fact]
    public async Task Without_any_credentials_for_ECR_the_problem_of_AWS_is_told()
    {
        var problem = await RegistrySession.ProblemAsync(() => FindAsync(Ecr, (_, _) => throw new DeployException(new Problem("DEP999", "No identity.", "Sign in.", 4))));

        Assert.Equal("DEP999", problem.Code);
    }

    [Fact]
    public void No_credential_shows_its_secret()
    {
        RegistryCredential[] credentials = [new RegistryCredential.Password("Ann", new SecretText("canary")), new RegistryCredential.IdentityToken(new SecretText("canary"))];

        var text = string.Join(' ', credentials.Select(credential => credential.ToString()));

        Assert.Equal("Password { User = Ann, Secret = *** } IdentityToken { Token = *** }", text);
    }

    private Task<RegistryCredential?> FindAsync(string host) =>
        FindAsync(host, (_, _) => Task.FromResult<RegistryCredential?>(new RegistryCredential.Password("AWS", new SecretText("of ECR"))));

    private Task<RegistryCredential?> FindAsync(string host, CredentialSource ecr) =>
        Credentials.Of("target.example", ecr, _variables.GetValueOrDefault, _home.Path)(host, Token);

    // Beside the program that runs is where programs are looked for first.
    private string Program(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Only on Unix, which has scripts.");
        }

        var name = $"deploy-test-{Guid.NewGuid():N}";
        var file = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath)!, $"docker-credential-{name}");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _programs.Add(file);
        return name;
    }
}
