using Platform.Simulator.Accounts;
using Platform.Simulator.Faults;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Identity and Access Management, to look at. Policies are not evaluated: everybody may do what no fault forbids.</summary>
internal sealed class IamApi(SimulatedAccount account) : ISimulatedService
{
    public string SigningName => "iam";

    public WireProtocol Protocol { get; } = new WireProtocol.Query("https://iam.amazonaws.com/doc/2010-05-08/");

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetRole" => Answer.Of(Role(call.Input.Required("RoleName"))),
        "GetOpenIDConnectProvider" => Provider(call.Input.Required("OpenIDConnectProviderArn")),
        "SimulatePrincipalPolicy" => Simulate(call.Input),
        _ => throw call.UnknownOperation(),
    };

    private System.Xml.Linq.XElement Role(string name)
    {
        var role = account.Resources.Find("AWS::IAM::Role", name) ?? throw NoSuch($"The role with name {name} cannot be found.");
        var boundary = role.Text("PermissionsBoundary");
        return Elements.Structure(
            "Role",
            Elements.Text("Path", role.Text("Path") ?? "/"),
            Elements.Text("RoleName", role.Id),
            Elements.Text("RoleId", role.Text("RoleId") ?? $"AROA{role.Id}"),
            Elements.Text("Arn", role.Arn),
            Elements.Time("CreateDate", role.CreatedAt),
            Elements.Text("AssumeRolePolicyDocument", Uri.EscapeDataString(role.Properties["AssumeRolePolicyDocument"]?.ToJsonString() ?? "{}")),
            Elements.Number("MaxSessionDuration", 3_600),
            boundary is null ? null : Elements.Structure("PermissionsBoundary", Elements.Text("PermissionsBoundaryType", "PermissionsBoundaryPolicy"), Elements.Text("PermissionsBoundaryArn", boundary)),
            Elements.List("Tags", role.Tags, Tag));
    }

    private Answer Provider(string arn)
    {
        var provider = account.Resources.Find("AWS::IAM::OIDCProvider", arn) ?? throw NoSuch($"OpenIDConnect Provider not found for arn {arn}");
        return Answer.Of(
            Elements.Text("Url", provider.Text("Url")?.Replace("https://", "", StringComparison.Ordinal)),
            Elements.Texts("ClientIDList", provider.Texts("ClientIdList")),
            Elements.Texts("ThumbprintList", provider.Texts("ThumbprintList")),
            Elements.Time("CreateDate", provider.CreatedAt),
            Elements.List("Tags", provider.Tags, Tag));
    }

    private Answer Simulate(CallInput input)
    {
        var resources = input.Texts("ResourceArns");
        return Answer.Of(
            Elements.List("EvaluationResults", input.Texts("ActionNames"), action =>
            [
                Elements.Text("EvalActionName", action),
                Elements.Text("EvalResourceName", resources is [var only, ..] ? only : "*"),
                Elements.Text("EvalDecision", IsForbidden(action) ? "implicitDeny" : "allowed"),
                Elements.Texts("MissingContextValues", []),
            ]),
            Elements.Flag("IsTruncated", false));
    }

    // cloudformation:CreateChangeSet=error:AccessDenied forbids the action of the same name.
    private bool IsForbidden(string action) => account.Faults.Of<FaultRule.Call>().Any(rule =>
        rule.Action is CallFault.Error(var code) && code.StartsWith("AccessDenied", StringComparison.Ordinal)
        && (rule.Pattern.Service == "*" || action.StartsWith(rule.Pattern.Service + ":", StringComparison.OrdinalIgnoreCase))
        && (rule.Pattern.Operation == "*" || action.EndsWith(":" + rule.Pattern.Operation, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<System.Xml.Linq.XElement?> Tag(KeyValuePair<string, string> tag) => [Elements.Text("Key", tag.Key), Elements.Text("Value", tag.Value)];

    private static ServiceError NoSuch(string message) => new("NoSuchEntity", message, 404);
}
