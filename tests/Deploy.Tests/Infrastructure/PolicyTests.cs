using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Deploy.Model;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>What IAM would take and a reviewer would not, in every policy of every variant.</summary>
public sealed partial class PolicyTests
{
    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void An_action_is_written_as_service_and_action(string variant)
    {
        var statements = Statements(variant);

        var malformed = statements.SelectMany(statement => statement.Actions.Where(action => !Action().IsMatch(action)).Select(action => $"{statement.Name} {action}"));

        Assert.Empty(malformed);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Whole_services_are_allowed_only_as_a_bound_or_by_an_owner(string variant)
    {
        string[] owners = ["bootstrap/Boundary#Services", "identity/SecretsKey#Account", "identity/StorageKey#Account", "network/S3Endpoint#OwnBuckets"];

        var wide = Statements(variant).Where(statement => statement.Allows && statement.Actions.Any(action => action.EndsWith(":*", StringComparison.Ordinal))).Select(statement => statement.Name);

        Assert.Subset(owners.ToHashSet(), wide.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_role_of_an_environment_has_the_boundary_and_its_path(string variant)
    {
        var view = TemplateView.Of(Variants.Model(variant));
        var boundary = $"policy/shop/shop-eu-central-1-boundary";

        var roles = view.OfType("AWS::IAM::Role").ToList();

        Assert.All(roles.Where(role => role.Stack != "access"), role =>
        {
            Assert.Contains(boundary, role.Text("PermissionsBoundary"), StringComparison.Ordinal);
            Assert.Equal(view.Model.Names.Path, role.Text("Path"));
        });
        Assert.All(roles.Where(role => role.Stack == "access"), role => Assert.Equal(view.Model.Names.AccessPath, role.Text("Path")));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_role_is_passed_only_to_a_service_that_is_named(string variant)
    {
        var passing = Statements(variant).Where(statement => statement.Allows && statement.Actions.Contains("iam:PassRole")).ToList();

        Assert.NotEmpty(passing);
        Assert.All(passing, statement =>
        {
            Assert.Contains("iam:PassedToService", statement.Condition, StringComparison.Ordinal);
            Assert.DoesNotContain("*", statement.Resources);
        });
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_trust_names_who_may_and_from_where(string variant)
    {
        var trusts = Statements(variant).Where(statement => statement.Member == "AssumeRolePolicyDocument").ToList();

        Assert.NotEmpty(trusts);
        // EC2 sends nothing to compare with.
        Assert.All(trusts.Where(trust => !trust.Principal.Contains("ec2.amazonaws.com", StringComparison.Ordinal)), trust => Assert.NotEqual("", trust.Condition));
        Assert.All(trusts, trust => Assert.DoesNotContain("\"*\"", trust.Principal, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_workload_reads_its_own_secrets_and_no_others(string variant)
    {
        var model = Variants.Model(variant);
        var names = model.Secrets.ToDictionary(secret => secret.Key, secret => secret.SecretName);
        var expected = model.Workloads.Where(workload => workload.Role is not null)
            .ToDictionary(workload => workload.Role!.LogicalId, workload => workload.Secrets.Select(key => $":secret:{names[key]}-??????").ToArray());

        var roles = TemplateView.Of(model).OfType("AWS::IAM::Role").Where(role => expected.ContainsKey(role.LogicalId)).ToList();

        Assert.Equal(expected.Count, roles.Count);
        Assert.All(roles, role => Assert.Equal(
            expected[role.LogicalId],
            role.Statements.Where(statement => statement.Actions.Contains("secretsmanager:GetSecretValue")).SelectMany(statement => statement.Resources).Select(arn => arn[arn.IndexOf(":secret:", StringComparison.Ordinal)..^2])));
    }

    [Fact]
    public void Policies_are_within_the_limits_of_IAM_by_the_longest_names()
    {
        var sample = Variants.Model("production+github");
        var model = sample with
        {
            Names = new Names(new string('a', 24), new string('e', 12)),
            Settings = sample.Settings with { Region = "ap-southeast-2", Application = new string('a', 24), Environment = new string('e', 12) },
        };

        var resources = TemplateView.Of(model).Resources;

        Assert.All(resources.Where(resource => resource.Type == "AWS::IAM::ManagedPolicy"), policy => Assert.InRange(Length(policy.At("PolicyDocument")), 1, 6144));
        Assert.All(resources.Where(resource => resource.Type == "AWS::IAM::Role"), role =>
        {
            Assert.InRange(Length(role.At("AssumeRolePolicyDocument")), 1, 2048);
            Assert.InRange(role.Properties["Policies"]?.AsArray().Sum(policy => Length(policy!["PolicyDocument"])) ?? 0, 0, 10_240);
            Assert.InRange(role.Properties["ManagedPolicyArns"]?.AsArray().Count ?? 0, 0, 10);
            Assert.InRange(role.Text("RoleName").Length, 1, 64);
        });
    }

    [Fact]
    public void A_deployment_may_do_all_that_the_clients_of_AWS_can_ask_for()
    {
        string[] others =
        [
            "iam:GetOpenIDConnectProvider", // For the stack that an administrator deploys.
            "secretsmanager:ListSecrets", // Shows the secrets of all applications. Ours are known by name.
            "sts:GetCallerIdentity", // Needs no permission.
        ];
        var allowed = Variants.All.SelectMany(variant => Deployer(variant.Name)).Where(statement => statement.Allows).SelectMany(statement => statement.Actions).ToHashSet();

        var asked = ClientActions();

        Assert.InRange(asked.Count, 80, 200);
        Assert.Equal(others, asked.Where(action => !allowed.Contains(action)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void What_a_deployment_deletes_itself_has_the_environments_name_or_the_clusters_tag(string variant)
    {
        var model = Variants.Model(variant);
        var deleting = Deployer(variant).Where(statement => statement.Actions.Any(action => action.Contains(":Delete", StringComparison.Ordinal) || action.Contains(":Revoke", StringComparison.Ordinal)));

        var unbound = deleting.Where(statement => statement.Sid != "SweepGuardDuty"
            && !statement.Condition.Contains(model.ClusterName, StringComparison.Ordinal)
            && !statement.Resources.All(resource => resource.Contains(model.Names.Prefix, StringComparison.Ordinal)
                || resource.Contains($"{model.Names.Application}/{model.Names.Environment}/", StringComparison.Ordinal)
                || resource.Contains(model.ClusterName, StringComparison.Ordinal)
                || resource.Contains(model.Names.RegistryStack, StringComparison.Ordinal)));

        Assert.Empty(unbound.Select(statement => statement.Name));
    }

    [Fact]
    public void Nothing_is_swept_from_a_cluster_that_somebody_else_keeps()
    {
        var sweeping = Deployer("production+existing-cluster").Where(statement => statement.Sid.StartsWith("Sweep", StringComparison.Ordinal));

        Assert.Empty(sweeping);
    }

    [Fact]
    public void A_plan_on_a_pull_request_can_change_nothing()
    {
        var view = TemplateView.Of(Variants.Model("production+github"));

        var planner = view.Resources.Single(resource => resource.LogicalId == "PlannerRole");

        string[] writes = ["cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet"];
        var allowed = planner.Statements.Where(statement => statement.Allows && statement.Member != "AssumeRolePolicyDocument").SelectMany(statement => statement.Actions);
        Assert.Equal(writes, allowed.Where(action => !Reading().IsMatch(action)));
        Assert.Contains(planner.Statements, statement => !statement.Allows && statement.Actions.Contains("cloudformation:ExecuteChangeSet"));
    }

    [Fact]
    public void Workflows_are_known_by_both_forms_of_their_subject()
    {
        var view = TemplateView.Of(Variants.Model("production+github"));

        var subjects = view.Resources.Where(resource => resource.Stack == "access" && resource.Type == "AWS::IAM::Role")
            .ToDictionary(role => role.LogicalId, role => role.At("AssumeRolePolicyDocument")!["Statement"]!.AsArray()
                .Select(statement => statement!["Condition"]?["StringEquals"]?["token.actions.githubusercontent.com:sub"]?.ToJsonString()).OfType<string>().SingleOrDefault());

        Assert.Equal("""["repo:acme/shop:environment:production","repo:acme@1234/shop@567890:environment:production"]""", subjects["DeployerRole"]);
        Assert.Equal("""["repo:acme/shop:environment:production-platform","repo:acme@1234/shop@567890:environment:production-platform"]""", subjects["PlatformRole"]);
        Assert.Equal("""["repo:acme/shop:pull_request","repo:acme@1234/shop@567890:pull_request"]""", subjects["PlannerRole"]);
        Assert.Null(subjects["ExecutionRole"]);
    }

    private static IEnumerable<StatementView> Statements(string variant) => TemplateView.Of(Variants.Model(variant)).Resources.SelectMany(resource => resource.Statements);

    private static IEnumerable<StatementView> Deployer(string variant) => TemplateView.Of(Variants.Model(variant)).Resources
        .Where(resource => resource.LogicalId is "DeployerRole" or "DeployerReadPolicy" or "DeployerSweepPolicy").SelectMany(role => role.Statements).Where(statement => statement.Member != "AssumeRolePolicyDocument");

    // The operations that stand as texts in the clients.
    private static HashSet<string> ClientActions()
    {
        var services = new Dictionary<string, string> { ["LoadBalancing"] = "elasticloadbalancing", ["Tagging"] = "tag" };
        var found = from file in Directory.GetFiles(Path.Combine(Repository.Root, "Deploy", "Aws"), "*Client.cs")
                    let client = Path.GetFileName(file)[..^"Client.cs".Length]
                    from Match operation in Operation().Matches(File.ReadAllText(file))
                    select $"{services.GetValueOrDefault(client, client.ToLowerInvariant())}:{operation.Groups[1].Value}";
        return [.. found];
    }

    // As IAM counts: without white space, and with the values of the pseudo parameters.
    private static int Length(JsonNode? document) => Function().Replace(document!.ToJsonString(), "$1")
        .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
        .Replace("${AWS::Region}", "ap-southeast-2", StringComparison.Ordinal)
        .Replace("${AWS::AccountId}", "123456789012", StringComparison.Ordinal)
        .Length;

    [GeneratedRegex(@"^[a-z0-9-]+:([A-Z][A-Za-z0-9]*\*?|\*)$")]
    private static partial Regex Action();

    [GeneratedRegex("\"((?:Batch|Cancel|Continue|Create|Delete|Describe|Detect|Execute|Get|List|Put|Restore|Revoke|Rollback|Set|Simulate|Update|Validate)[A-Z][A-Za-z]+)(?<!Async)\"")]
    private static partial Regex Operation();

    [GeneratedRegex(@":(BatchGet|Describe|Get|List|Validate)")]
    private static partial Regex Reading();

    [GeneratedRegex("""\{"Fn::Sub":("[^"]*")\}""")]
    private static partial Regex Function();
}
