using System.Diagnostics;
using System.Text.Json;
using Platform.Deploy.Infrastructure;

namespace Platform.Deploy.Rendering;

/// <summary>The stacks of an environment: a template and a stack policy each, and in <c>stacks.json</c> the order and what to pass.</summary>
internal static class StackFiles
{
    /// <summary>Of a rendering; holds a folder for each environment.</summary>
    public const string Folder = "infrastructure";

    public static IEnumerable<Artifact> Of(EnvironmentRendering environment)
    {
        var folder = $"{Folder}/{environment.Name}";
        foreach (var stack in environment.Stacks.Stacks)
        {
            yield return new Artifact($"{folder}/{TemplateFile(stack)}", () => stack.Body.AsMemory());
            if (stack.StackPolicy is { } policy)
            {
                yield return new Artifact($"{folder}/{PolicyFile(stack)}", () => policy.AsMemory());
            }
        }

        yield return new Artifact($"{folder}/stacks.json", () => JsonText.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("stacks");
            foreach (var stack in environment.Stacks.Stacks)
            {
                Write(json, stack);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private static string TemplateFile(StackTemplate stack) => $"{stack.ShortName}.template.json";

    private static string PolicyFile(StackTemplate stack) => $"{stack.ShortName}.stack-policy.json";

    private static void Write(Utf8JsonWriter json, StackTemplate stack)
    {
        json.WriteStartObject();
        json.WriteString("name", stack.Name);
        json.WriteString("scope", stack.Scope switch
        {
            StackScope.Account => "account",
            StackScope.Access => "access",
            StackScope.Product => "product",
            _ => "environment",
        });
        json.WriteString("template", TemplateFile(stack));
        json.WriteString("stackPolicy", stack.StackPolicy is null ? null : PolicyFile(stack));
        json.WriteBoolean("terminationProtection", stack.TerminationProtection);
        WriteList(json, "capabilities", stack.Capabilities);
        json.WriteStartObject("tags");
        foreach (var (name, value) in stack.Tags)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("parameters");
        foreach (var parameter in stack.Parameters)
        {
            json.WriteStartObject(parameter.Name);
            Write(json, parameter.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteList(json, "exports", stack.Exports);
        WriteList(json, "imports", stack.Imports);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ParameterValue value)
    {
        switch (value)
        {
            case ParameterValue.Text text:
                json.WriteString("value", text.Value);
                break;
            case ParameterValue.Late late:
                json.WriteString("output", late.Source.ToString());
                break;
            case ParameterValue.CallerCidr:
                json.WriteString("from", "the address of whoever deploys, as ADDRESS/32");
                break;
            case ParameterValue.AddonVersion version:
                json.WriteString("from", $"the version of the add-on {version.Addon} that fits the cluster");
                break;
            case ParameterValue.LoadBalancer balancer:
                json.WriteString("from", $"the load balancer of the Ingress {balancer.Ingress}: {balancer.Attribute}");
                break;
            case ParameterValue.TargetGroup group:
                json.WriteString("from", $"the target group of the Ingress {group.Ingress} for {group.Workload}: its CloudWatch dimension");
                break;
            case ParameterValue.UnlessOidcProvider unless:
                json.WriteString("from", $"'{unless.Value}', or empty where the account has an OIDC provider for {unless.Url}");
                break;
            default:
                throw new UnreachableException();
        }
    }
}
