using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Completes a template to a stack: what follows from the template and from the environment alone.</summary>
internal static class StackAssembly
{
    // A stack with more than roles' names in it needs no more than this.
    private const string NamedIam = "CAPABILITY_NAMED_IAM";

    public static StackTemplate Of(DeploymentModel model, string shortName, StackScope scope, Template template, params ImmutableArray<StackParameter> parameters)
    {
        var shared = scope is StackScope.Account or StackScope.Product;
        var guarded = model.Settings.Profile == Profile.Dev ? [] : Guarded(shortName);
        var lowered = template.Lower();
        return new StackTemplate(shortName, Name(model.Names, shortName, scope), scope, template)
        {
            Body = TemplateJson.Write(lowered),
            Parameters = parameters,
            StackPolicy = guarded.IsEmpty ? null : TemplateJson.Write(StackPolicy(guarded)),
            // What environments share is the same whichever of them is deployed.
            TerminationProtection = shared || model.Settings.Profile != Profile.Dev,
            Capabilities = template.Resources.Any(resource => resource.Properties is Role or ManagedPolicy or InstanceProfile) ? [NamedIam] : [],
            Tags = shared ? Tags.OfApplication(model) : Tags.OfEnvironment(model),
            Exports = [.. template.Outputs.Select(output => output.Export).OfType<string>()],
            Imports = [.. Imports(lowered)],
        };
    }

    // Replacing or deleting one of these takes the environment, or its data, down.
    private static ImmutableArray<string> Guarded(string shortName) => shortName switch
    {
        NetworkStack.ShortName => ["Vpc", "*Subnet*", "NatEip*"],
        IdentityStack.ShortName => ["ClusterRole", "NodeRole", EnvironmentKeys.Secrets, EnvironmentKeys.Storage],
        ClusterStack.ShortName => ["Cluster"],
        _ => [],
    };

    private static string Name(Names names, string shortName, StackScope scope) => scope switch
    {
        StackScope.Account => names.BootstrapStack,
        StackScope.Product => names.RegistryStack + shortName["registry".Length..],
        _ => names.Stack(shortName),
    };

    private static CfnValue.Map StackPolicy(ImmutableArray<string> guarded) => CfnValue.Map.Of(("Statement", CfnValue.List.Of(
        CfnValue.Map.Of(("Effect", "Allow"), ("Action", "Update:*"), ("Principal", "*"), ("Resource", "*")),
        CfnValue.Map.Of(
            ("Effect", "Deny"),
            ("Action", CfnValue.List.Of("Update:Replace", "Update:Delete")),
            ("Principal", "*"),
            ("Resource", new CfnValue.List([.. guarded.Select(id => new CfnValue.Text($"LogicalResourceId/{id}"))]))))));

    private static IEnumerable<string> Imports(CfnValue value) => value switch
    {
        CfnValue.ImportValue import => [import.Export],
        CfnValue.List list => list.Items.SelectMany(Imports),
        CfnValue.Map map => map.Members.SelectMany(member => Imports(member.Value)),
        CfnValue.Join join => join.Values.SelectMany(Imports),
        CfnValue.Split split => Imports(split.Source),
        _ => [],
    };
}
