using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>AWS's own offline validator, with our Guard rules, over every template of every variant. One process for all: it takes seconds to start.</summary>
public sealed class TemplateValidatorTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // Most variants change one stack: what is the same is validated once.
    private readonly HashSet<string> _written = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-templates-").FullName;

    [Fact]
    public async Task The_validator_of_AWS_finds_nothing_in_any_template()
    {
        foreach (var (name, model) in Variants.All)
        {
            Write(name, StackRenderer.Render(model));
        }

        Write("large", StackRenderer.Render(Variants.Large(Profile.Production, 60)));

        var (exitCode, output) = await ValidatedAsync();

        Assert.True(exitCode == 0, output);
        Assert.EndsWith(" 0 findings", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_validator_finds_what_is_planted()
    {
        await PlantAsync(
            "schema",
            new Resource("Mistyped", new Planted("AWS::EC2::VPC", CfnValue.Map.Of(("CidrBlok", "10.0.0.0/16")))),
            new Resource("Dangling", new Planted("AWS::SNS::Topic", CfnValue.Map.Of(("TopicName", new CfnValue.Ref("Nobody"))))));
        await PlantAsync(
            "policy",
            new Resource("WrongWord", new Planted("AWS::ECR::Repository", CfnValue.Map.Of(("ImageTagMutability", "IMMUTABEL")))),
            new Resource("Cluster", new Planted("AWS::EKS::Cluster", CfnValue.Map.Of(
                ("RoleArn", "arn:aws:iam::123456789012:role/cluster"),
                ("ResourcesVpcConfig", CfnValue.Map.Of(("SubnetIds", CfnValue.List.Of("subnet-0123456789abcdef0")), ("PublicAccessCidrs", CfnValue.List.Of("203.0.113.7/32", "0.0.0.0/0")))),
                ("AccessConfig", CfnValue.Map.Of(("BootstrapClusterCreatorAdminPermissions", true)))))),
            new Resource("Bucket", new Planted("AWS::S3::Bucket", CfnValue.Map.Of(("PublicAccessBlockConfiguration", CfnValue.Map.Of(("BlockPublicAcls", false)))))),
            new Resource("Key", new Planted("AWS::KMS::Key", CfnValue.Map.Of(("EnableKeyRotation", false)))),
            new Resource("Launch", new Planted("AWS::EC2::LaunchTemplate", CfnValue.Map.Of(("LaunchTemplateData", CfnValue.Map.Of(("MetadataOptions", CfnValue.Map.Of(("HttpTokens", "optional")))))))));

        var (exitCode, output) = await ValidatedAsync();

        string[] planted =
        [
            "F3002 FATAL Mistyped", "F1020 FATAL Dangling", "W3030 WARN WrongWord", "EKS_PUBLIC_ENDPOINT_RESTRICTED ERROR Cluster", "EKS_ACCESS_BY_ENTRIES_ONLY ERROR Cluster",
            "POLICY_PROPERTY_REQUIRED ERROR Cluster", "ECR_SCANS_AND_NEVER_MOVES_A_TAG ERROR WrongWord", "S3_IS_NEVER_PUBLIC ERROR Bucket", "KMS_KEYS_ROTATE ERROR Key",
            "EC2_METADATA_NEEDS_A_TOKEN ERROR Launch",
        ];
        Assert.Equal(1, exitCode);
        Assert.Equal([], planted.Where(finding => !output.Contains(finding, StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string variant, StackRendering rendering)
    {
        foreach (var stack in rendering.Stacks.Where(stack => _written.Add(Convert.ToHexString(SHA256.HashData([.. stack.Body])))))
        {
            var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, variant)).FullName, stack.ShortName);
            File.WriteAllBytes(path + ".template.json", [.. stack.Body]);
            File.WriteAllText(path + ".parameters.json", JsonSerializer.Serialize(stack.Parameters.ToDictionary(parameter => parameter.Name, parameter => Known(parameter.Value))));
        }
    }

    private Task PlantAsync(string name, params Resource[] resources) => File.WriteAllBytesAsync(
        Path.Combine(_folder, name + ".template.json"),
        [.. TemplateJson.Write(new Template("Planted") { Resources = [.. resources] }.Lower())],
        TestContext.Current.CancellationToken);

    // What is known only when deploying, as it may turn out to be.
    private static string Known(ParameterValue value) => value switch
    {
        ParameterValue.Text text => text.Value,
        ParameterValue.UnlessOidcProvider unless => unless.Value,
        ParameterValue.CallerCidr => "203.0.113.7/32",
        ParameterValue.AddonVersion => "v1.2.3-eksbuild.1",
        ParameterValue.LoadBalancer { Attribute: LoadBalancerAttribute.DnsName } => "k8s-shop-web-0123456789-987654321.eu-central-1.elb.amazonaws.com",
        ParameterValue.LoadBalancer { Attribute: LoadBalancerAttribute.HostedZoneId } => "Z215JYRZR1TBD5",
        ParameterValue.LoadBalancer => "app/k8s-shop-web-0123456789/50dc6c495c0c9188",
        ParameterValue.TargetGroup => "targetgroup/k8s-shop-web-0123456789/73e2d6bc24d8a067",
        _ => throw new UnreachableException(),
    };

    private async Task<(int ExitCode, string Output)> ValidatedAsync()
    {
        var start = new ProcessStartInfo(Need.Node()) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Need.NodePackages("tools/checks"), "tools", "checks", "validate-templates.mjs"));
        start.ArgumentList.Add(_folder);
        start.ArgumentList.Add("eu-central-1");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await errors);
    }

    private sealed record Planted(string PlantedType, CfnValue.Map Properties) : ResourceProperties
    {
        public override string Type => PlantedType;

        public override CfnValue.Map Lower() => Properties;
    }
}
