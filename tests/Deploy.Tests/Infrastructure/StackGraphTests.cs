using System.Text.Json.Nodes;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.KubernetesObjects;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Tests.Infrastructure;

/// <summary>What stacks need of each other, and what others need of them.</summary>
public sealed class StackGraphTests
{
    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_stack_imports_only_what_a_stack_before_it_exports(string variant)
    {
        var stacks = StackRenderer.Render(Variants.Model(variant)).Stacks;

        var dangling = stacks.SelectMany((stack, index) => stack.Imports
            .Where(import => !stacks.Take(index).Any(before => before.Exports.Contains(import)))
            .Select(import => $"{stack.ShortName} imports {import}"));

        Assert.Empty(dangling);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void An_export_is_one_stacks(string variant)
    {
        var stacks = StackRenderer.Render(Variants.Model(variant)).Stacks;

        var twice = stacks.SelectMany(stack => stack.Exports).GroupBy(export => export).Where(same => same.Count() > 1).Select(same => same.Key);

        Assert.Empty(twice);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Deleted_in_the_reverse_order_no_stack_is_still_needed(string variant)
    {
        var stacks = StackRenderer.Render(Variants.Model(variant)).Stacks.Reverse().ToList();

        var needed = stacks.SelectMany((stack, index) => stack.Exports
            .Where(export => stacks.Skip(index + 1).Any(left => left.Imports.Contains(export)))
            .Select(export => $"{stack.ShortName} exports {export}"));

        Assert.Empty(needed);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Every_output_that_objects_name_is_there(string variant)
    {
        var model = Variants.Model(variant);
        var outputs = StackRenderer.Render(model).Stacks.SelectMany(stack => stack.Template.Outputs.Select(output => new LateValue(stack.ShortName, output.Name))).ToHashSet();

        var named = ObjectRenderer.Render(model).Objects.SelectMany(item => item.LateValues)
            .Concat(model.Ingresses.Select(ingress => ingress.Certificate).OfType<Value.Late>().Select(late => late.Source))
            .Concat(model.Workloads.SelectMany(workload => workload.Environment.Values).SelectMany(value => value.Flat).OfType<Value.Late>().Select(late => late.Source));

        Assert.Empty(named.Where(late => !outputs.Contains(late)).Distinct());
    }

    [Fact]
    public void Every_output_that_the_model_knows_of_is_there_in_production()
    {
        var outputs = StackRenderer.Render(Sample.Model(Profile.Production)).Stacks
            .SelectMany(stack => stack.Template.Outputs.Select(output => new LateValue(stack.ShortName, output.Name))).ToHashSet();

        LateValue[] known =
        [
            StackOutput.AccessLogBucket, StackOutput.CertificateArn, StackOutput.ClusterSecurityGroupId, StackOutput.StorageKeyArn, StackOutput.WebAclArn,
            .. Enumerable.Range(1, 3).Select(StackOutput.NodeSubnetId), .. Enumerable.Range(1, 3).Select(StackOutput.PublicSubnetId),
        ];

        Assert.Superset(known.ToHashSet(), outputs);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Exports_are_those_that_others_may_hold_on_to(string variant)
    {
        var model = Variants.Model(variant);
        string[] designed =
        [
            "VpcId", "PublicSubnetIds", "NodeSubnetIds", "ControlPlaneSubnetIds", "VpcCidr",
            "ClusterRoleArn", "NodeRoleName", "NodeRoleArn", "SecretsKeyArn", "CniRoleArn", "EbsCsiRoleArn", "LoadBalancerControllerRoleArn", "LokiRoleArn", "WebRoleArn", "DbRoleArn",
            "ClusterName", "ClusterSecurityGroupId", "ClusterEndpoint", "OidcIssuerUrl",
            "AlarmTopicArn",
        ];

        var exports = StackRenderer.Render(model).Stacks.SelectMany(stack => stack.Exports);

        Assert.Subset(designed.Select(model.Names.Export).ToHashSet(), exports.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Templates_use_only_functions_that_an_emulator_knows(string variant)
    {
        string[] known = ["Fn::Equals", "Fn::GetAtt", "Fn::ImportValue", "Fn::Join", "Fn::Not", "Fn::Split", "Fn::Sub"];

        var used = StackRenderer.Render(Variants.Model(variant)).Stacks.SelectMany(stack => Members(TemplateView.Json(stack))).ToList();

        Assert.Subset(known.ToHashSet(), used.Where(member => member.Key.StartsWith("Fn::", StringComparison.Ordinal)).Select(member => member.Key).ToHashSet());
        Assert.All(used.Where(member => member.Key == "Fn::GetAtt"), member => Assert.IsType<JsonArray>(member.Value));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Members(member.Value).Prepend(member)),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}
