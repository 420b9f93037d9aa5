using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

public sealed class StackProblemTests
{
    [Fact]
    public void A_role_that_would_get_more_than_IAM_attaches_is_a_problem()
    {
        var model = Sample.Model(Profile.Dev) with
        {
            Workloads = [Sample.Web() with { Role = new WorkloadRole("shop-dev-web", "WebRole", [.. Enumerable.Range(1, 11).Select(number => $"arn:aws:iam::123456789012:policy/part{number}")]) }],
        };

        var problem = Assert.Single(StackRenderer.Render(model).Problems);

        Assert.Equal(
            new Problem(
                "DEP121",
                "The role of 'web' is given 11 managed policies; IAM attaches 10 to a role.",
                "Put what the resource needs into fewer policies of your own, and name those.",
                ExitCode.Input)
            { Subject = "resources.web.awsPolicies" },
            problem);
    }

    [Fact]
    public void A_role_that_would_read_more_secrets_than_a_policy_can_name_is_a_problem()
    {
        var secrets = Enumerable.Range(1, 49).Select(number => new SecretModel($"s{number:D2}", $"shop/dev/s{number:D2}", $"S{number:D2}Secret", new SecretOrigin.Given(null))).ToArray();
        var model = Sample.Model(Profile.Dev) with { Secrets = [.. secrets], Workloads = [Sample.Web() with { Secrets = [.. secrets.Select(secret => secret.Key)] }] };

        var problem = Assert.Single(StackRenderer.Render(model).Problems);

        Assert.Equal(
            new Problem(
                "DEP122",
                "'web' reads 49 secrets; the policies of a role have room for 48.",
                "Put secrets that belong together into one connection string, or divide the resource.",
                ExitCode.Input)
            { Subject = "resources.web" },
            problem);
    }

    [Fact]
    public void More_names_than_a_certificate_holds_are_a_problem()
    {
        var model = Sample.Model(Profile.Production);
        var rule = model.Ingresses[0].Rules[0];
        var many = model with { Ingresses = [model.Ingresses[0] with { Rules = [.. Enumerable.Range(1, 101).Select(number => rule with { Host = $"h{number}.shop.example.com" })] }] };

        var problem = Assert.Single(StackRenderer.Render(many).Problems);

        Assert.Equal(
            new Problem(
                "DEP123",
                "The application answers to 101 names; a certificate of AWS holds 100.",
                "Set 'edge.certificateArn' to a certificate for a wildcard, or to an imported one.",
                ExitCode.Input)
            { Subject = "edge.domain" },
            problem);
    }

    [Fact]
    public void A_template_that_is_too_large_is_a_problem()
    {
        var model = Sample.Model(Profile.Dev);
        var large = model with
        {
            Settings = model.Settings with { Cluster = model.Settings.Cluster with { Operators = [.. Enumerable.Range(1, 120).Select(number => $"arn:aws:iam::123456789012:role/watchers-{number}-{new string('x', 150)}")] } },
        };

        var problem = Assert.Single(StackRenderer.Render(large).Problems);

        Assert.Equal("DEP120", problem.Code);
        Assert.Equal("stacks.shop-dev-cluster", problem.Subject);
        Assert.Matches("^The template of the stack 'shop-dev-cluster' has [0-9]+ bytes; CloudFormation takes 51200.$", problem.Summary);
    }
}
