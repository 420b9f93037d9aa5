using System.Collections.Immutable;
using System.Xml.Linq;

namespace Platform.Deploy.Aws;

/// <summary>IAM, to ask what a principal may do before it tries.</summary>
internal sealed class IamClient(AwsConnection connection)
{
    private readonly QueryProtocol _query = new(connection, AwsApi.Iam);

    /// <summary>Needs a permission that few have: whoever asks has to live with <see cref="AwsErrorKind.AccessDenied"/>.</summary>
    public IAsyncEnumerable<PolicyEvaluation> SimulatePrincipalPolicyAsync(SimulatePrincipalPolicyRequest request, CancellationToken cancellationToken) =>
        Pages.AllAsync(
            async marker =>
            {
                var result = await _query.CallAsync("SimulatePrincipalPolicy", request.Form().Text("Marker", marker), cancellationToken);
                return new Page<PolicyEvaluation>(result.Members("EvaluationResults", PolicyEvaluation.Read), result.Text("Marker"));
            },
            cancellationToken);

    /// <summary>A role's ARN with its path, which the ARN of its sessions leaves out.</summary>
    /// <returns>Null where there is no such role.</returns>
    public async Task<Role?> GetRoleAsync(string roleName, CancellationToken cancellationToken) =>
        (await _query.CallAsync("GetRole", QueryForm.Query().Text("RoleName", roleName), cancellationToken).OrNullAsync())?.Child("Role") is { } role ? Role.Read(role) : null;
}

/// <summary>SimulatePrincipalPolicy.</summary>
internal sealed record SimulatePrincipalPolicyRequest
{
    /// <summary>ARN of a user or role, not of a session.</summary>
    public required string PolicySourceArn { get; init; }

    public required ImmutableArray<string> ActionNames { get; init; }

    /// <summary>Everything, where it is empty.</summary>
    public ImmutableArray<string> ResourceArns { get; init; } = [];

    /// <summary>Values of condition keys, such as <c>aws:RequestedRegion</c>.</summary>
    public ImmutableArray<PolicyContext> ContextEntries { get; init; } = [];

    public QueryForm Form() => QueryForm.Query()
        .Text(nameof(PolicySourceArn), PolicySourceArn)
        .Texts(nameof(ActionNames), ActionNames)
        .Texts(nameof(ResourceArns), ResourceArns)
        .Structures(nameof(ContextEntries), ContextEntries, PolicyContext.Write);
}

/// <param name="ContextKeyType"><c>string</c>, <c>boolean</c>, …</param>
internal sealed record PolicyContext(string ContextKeyName, string ContextKeyType, ImmutableArray<string> ContextKeyValues)
{
    public static void Write(QueryForm form, PolicyContext entry) => form
        .Text(nameof(ContextKeyName), entry.ContextKeyName)
        .Text(nameof(ContextKeyType), entry.ContextKeyType)
        .Texts(nameof(ContextKeyValues), entry.ContextKeyValues);
}

/// <param name="EvalDecision"><c>allowed</c>, <c>explicitDeny</c>, <c>implicitDeny</c>.</param>
/// <param name="MissingContextValues">Condition keys that the answer depends on and that were not given.</param>
/// <param name="AllowedByOrganizations">Null where the account is in no organization.</param>
/// <param name="AllowedByPermissionsBoundary">Null where the principal has none.</param>
internal sealed record PolicyEvaluation(
    string EvalActionName, string? EvalResourceName, string EvalDecision, ImmutableArray<string> MissingContextValues, bool? AllowedByOrganizations, bool? AllowedByPermissionsBoundary)
{
    public static PolicyEvaluation Read(XElement element) => new(
        element.Always(nameof(EvalActionName)),
        element.Text(nameof(EvalResourceName)),
        element.Always(nameof(EvalDecision)),
        element.Texts(nameof(MissingContextValues)),
        element.Child("OrganizationsDecisionDetail")?.Flag(nameof(AllowedByOrganizations)),
        element.Child("PermissionsBoundaryDecisionDetail")?.Flag(nameof(AllowedByPermissionsBoundary)));
}

/// <param name="PermissionsBoundaryArn">Null where it has none.</param>
internal sealed record Role(string RoleName, string Arn, string Path, string? PermissionsBoundaryArn)
{
    public static Role Read(XElement element) => new(
        element.Always(nameof(RoleName)), element.Always(nameof(Arn)), element.Always(nameof(Path)), element.Child("PermissionsBoundary")?.Text(nameof(PermissionsBoundaryArn)));
}
