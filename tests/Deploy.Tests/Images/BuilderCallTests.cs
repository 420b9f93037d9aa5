using Platform.Deploy.Images;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Tests.Images;

public sealed class BuilderCallTests
{
    private const string Canary = "canary-4711";

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    public void Values_and_secrets_are_in_the_environment_and_never_in_the_arguments(string program)
    {
        ContainerBuilder builder = program == "docker" ? new ContainerBuilder.Buildx() : new ContainerBuilder.Buildah("buildah", ["bud"], ["push", "--quiet"]);
        var call = new DockerfileCall("linux/arm64", "/src", "/src/Dockerfile", "final")
        {
            Arguments = ["GREETING"],
            SecretVariables = ToolCall.Variables(("token", "PLATFORM_BUILD_SECRET_0")),
            SecretFiles = ToolCall.Variables(("npmrc", "/secrets/npmrc")),
            Environment = ToolCall.Variables(("GREETING", Canary), ("PLATFORM_BUILD_SECRET_0", Canary)),
            Time = 1_770_000_000,
            IdFile = "/build/id",
            Archive = "/build/image.tar",
        };

        var (build, save) = (builder.Build(call), builder.Save(call, "sha256:12"));

        Assert.DoesNotContain(build.Arguments.Concat(save.Arguments), argument => argument.Contains(Canary, StringComparison.Ordinal));
        Assert.Equal(Canary, build.Environment["GREETING"]);
        Golden.Matches($"{build.Program} {string.Join(' ', build.Arguments)}\n{save.Program} {string.Join(' ', save.Arguments)}\n", $"Images/calls-{program}.txt");
    }

    [Fact]
    public void A_secret_of_a_build_comes_from_the_variable_that_Aspire_has_it_in()
    {
        var missing = new List<Problem>();
        var values = new BuildValues(name => name == "Parameters__api_key" ? Canary : null);

        var (known, unknown) = (values.Text(Secret("api-key"), "resources.web.build.secrets.token", missing), values.Text(Secret("other"), "resources.web.build.secrets.other", missing));

        Assert.Equal((Canary, null), (known, unknown));
        Assert.Equal(
            [new Problem("DEP217", "A build needs a secret that is not there: the variable 'Parameters__other'.", "Set Parameters__other for the build.", ExitCode.Environment) { Subject = "resources.web.build.secrets.other" }],
            missing);
    }

    private static Value.Secret Secret(string key) => new Value.Secret(key);
}
