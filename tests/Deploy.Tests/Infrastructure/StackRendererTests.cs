using System.Globalization;
using System.Text;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>Every template letter by letter, and what belongs to the stacks beside their templates.</summary>
public sealed class StackRendererTests
{
    [Theory]
    [MemberData(nameof(Variants.Shown), MemberType = typeof(Variants))]
    public void A_variant_has_its_stacks(string variant)
    {
        var model = Variants.Model(variant);
        var plain = StackRenderer.Render(Sample.Model(model.Settings.Profile)).Stacks.ToDictionary(stack => stack.ShortName, stack => Text(stack.Body));

        var rendering = StackRenderer.Render(model);

        Assert.Empty(rendering.Problems);
        Golden.Matches(Listing(rendering), $"Infrastructure/{variant}/stacks.txt");
        Assert.All(
            rendering.Stacks.Where(stack => variant == model.Settings.Environment || plain.GetValueOrDefault(stack.ShortName) != Text(stack.Body)),
            stack => Golden.Matches(Text(stack.Body), $"Infrastructure/{variant}/{stack.ShortName}.template.json"));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_variant_is_the_same_each_time(string variant)
    {
        var model = Variants.Model(variant);

        var first = StackRenderer.Render(model);
        var second = StackRenderer.Render(model);

        Assert.Equal(first.Stacks.Select(stack => Text(stack.Body)), second.Stacks.Select(stack => Text(stack.Body)));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void The_certificate_has_every_name_of_the_load_balancers(string variant)
    {
        var model = Variants.Model(variant);
        var hosts = model.Ingresses.SelectMany(ingress => ingress.Rules).Select(rule => rule.Host ?? model.Settings.Edge.Domain).Distinct().Order(StringComparer.Ordinal);

        var certificates = TemplateView.Of(model).OfType("AWS::CertificateManager::Certificate");

        Assert.All(certificates, certificate => Assert.Equal(
            hosts.Append(model.Settings.Edge.Domain).Distinct().Order(StringComparer.Ordinal),
            (certificate.At("SubjectAlternativeNames")?.AsArray().Select(name => name?.GetValue<string>()) ?? []).Append(certificate.Text("DomainName")).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_workload_changes_only_what_is_its_own_by_another_name()
    {
        var model = Sample.Model(Profile.Production);
        var renamed = model with
        {
            Workloads = [.. model.Workloads.Select(workload => workload.Name == "db" ? workload with
            {
                Resource = "store",
                Name = "store",
                Role = new WorkloadRole("shop-production-store", "StoreRole", []),
            }
            : workload)],
        };

        var before = LogicalIds(model);
        var after = LogicalIds(renamed);

        Assert.Equal(["addons/DbRolePodIdentity", "identity/DbRole"], before.Except(after));
        Assert.Equal(["addons/StoreRolePodIdentity", "identity/StoreRole"], after.Except(before));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public void An_application_of_any_size_fits_into_its_stacks(int services)
    {
        var model = Variants.Large(Profile.Production, services);

        var rendering = StackRenderer.Render(model);

        Assert.Empty(rendering.Problems);
        Assert.All(rendering.Stacks, stack =>
        {
            Assert.InRange(stack.Body.Length, 1, 51_200);
            Assert.InRange(stack.Template.Resources.Length, 1, 500);
            Assert.InRange(stack.Template.Outputs.Length, 0, 200);
            Assert.InRange(stack.Template.Parameters.Length, 0, 200);
            Assert.Equal(stack.Template.Parameters.Select(parameter => parameter.Name), stack.Parameters.Select(parameter => parameter.Name));
        });
        Assert.Equal(rendering.Stacks.Length, rendering.Stacks.Select(stack => stack.Name).Distinct().Count());
        Assert.Equal(services, Count(rendering, "AWS::ECR::Repository"));
        Assert.Equal(services, Count(rendering, "AWS::SecretsManager::Secret"));
        Assert.Equal(services + 1, Count(rendering, "AWS::EKS::PodIdentityAssociation"));
    }

    [Fact]
    public void What_an_application_of_a_thousand_services_has_stays_where_it_is_when_one_more_comes()
    {
        var before = LogicalIds(Variants.Large(Profile.Staging, 1000));

        var after = LogicalIds(Variants.Large(Profile.Staging, 1001));

        Assert.Empty(before.Except(after));
    }

    [Fact]
    public void No_template_holds_what_a_workload_is_told()
    {
        const string canary = "canary-5f1d0c";
        var model = Sample.Model(Profile.Production);
        var told = model with
        {
            Workloads = [.. model.Workloads.Select(workload => workload with { Environment = workload.Environment.SetItem("TOLD", Value.Of(canary)), Args = [Value.Of(canary)] })],
        };

        var stacks = StackRenderer.Render(told).Stacks;

        Assert.All(stacks, stack => Assert.DoesNotContain(canary, Text(stack.Body), StringComparison.Ordinal));
        Assert.All(stacks, stack => Assert.DoesNotContain("SecretString\"", Text(stack.Body).Replace("GenerateSecretString\"", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static string Listing(StackRendering rendering)
    {
        var text = new StringBuilder();
        foreach (var stack in rendering.Stacks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{stack.Name} ({stack.Scope}, {(stack.TerminationProtection ? "protected" : "not protected")})\n");
            text.Append(CultureInfo.InvariantCulture, $"  capabilities {string.Join(' ', stack.Capabilities)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  tags {string.Join(' ', stack.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}\n");
            foreach (var parameter in stack.Parameters.Where(parameter => parameter.Name != "LifecyclePolicy"))
            {
                text.Append(CultureInfo.InvariantCulture, $"  passes {parameter.Name} = {parameter.Value}\n");
            }

            Append(text, "imports", stack.Imports);
            Append(text, "exports", stack.Exports);
            Append(text, "outputs", stack.Template.Outputs.Where(output => output.Export is null).Select(output => output.Name));
            text.Append(stack.StackPolicy is { } policy ? Text(policy) : "");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string word, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {word} {name}\n");
        }
    }

    private static string Text(IEnumerable<byte> utf8) => Encoding.UTF8.GetString([.. utf8]);

    private static int Count(StackRendering rendering, string type) => rendering.Stacks.Sum(stack => stack.Template.Resources.Count(resource => resource.Properties.Type == type));

    private static List<string> LogicalIds(DeploymentModel model) =>
        [.. StackRenderer.Render(model).Stacks.SelectMany(stack => stack.Template.Resources.Select(resource => $"{stack.ShortName}/{resource.LogicalId}")).Order(StringComparer.Ordinal)];
}
