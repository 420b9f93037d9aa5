namespace Platform.Deploy.Aws;

/// <summary>
/// Every place where AWS says in prose what no code says. Nothing else in this project reads a message. The texts are AWS's of 2026; where one
/// changes, the general problem with the whole text is shown instead.
/// </summary>
internal static class AwsMessages
{
    private const string User = "User: ";
    private const string NotAuthorized = " is not authorized to perform: ";
    private const string OnResource = " on resource: ";

    // CloudFormation answers ValidationError for a stack that does not exist, and for much else.
    public static bool SaysNoSuchStack(string message) =>
        message.StartsWith("Stack", StringComparison.Ordinal) && message.EndsWith(" does not exist", StringComparison.Ordinal);

    // ListImports answers ValidationError for an export that nobody imports: "Export 'x' is not imported by any stack."
    public static bool SaysNotImported(string message) =>
        message.StartsWith("Export ", StringComparison.Ordinal) && message.TrimEnd('.').EndsWith("is not imported by any stack", StringComparison.Ordinal);

    // The reason of a change set that failed; the second text is that of templates with transforms.
    public static bool SaysNoChanges(string reason) =>
        reason.Contains("didn't contain changes", StringComparison.Ordinal) || reason.Contains("No updates are to be performed", StringComparison.Ordinal);

    // The reason of each resource that was being made or changed when the first one failed.
    public static bool SaysCancelled(string reason) =>
        reason.Contains("Resource creation cancelled", StringComparison.Ordinal) || reason.Contains("Resource update cancelled", StringComparison.Ordinal)
        || reason.Contains("Resource deletion cancelled", StringComparison.Ordinal);

    /// <summary>
    /// What CloudFormation's resource providers end their reasons with: <c>… (RequestToken: ID, HandlerErrorCode: AlreadyExists)</c>. Null where there is none.
    /// </summary>
    public static string? ProviderCode(string reason)
    {
        const string mark = "HandlerErrorCode: ";
        return reason.LastIndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? Word(reason[(at + mark.Length)..]).TrimEnd(')') : null;
    }

    // EC2, IAM and others answer a signature of another time with the code of a wrong signature.
    public static bool SaysAnotherTime(string message) =>
        message.StartsWith("Signature expired", StringComparison.Ordinal) || message.StartsWith("Signature not yet current", StringComparison.Ordinal);

    /// <summary>
    /// <c>User: ARN is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows the ACTION action</c>, or
    /// <c>… with an explicit deny in a service control policy</c>; EC2 adds a sentence before and an encoded text behind. Null where it is none of these.
    /// </summary>
    public static Denial? ReadDenial(string message)
    {
        var verb = message.IndexOf(NotAuthorized, StringComparison.Ordinal);
        if (verb < 0)
        {
            return null;
        }

        var user = message.LastIndexOf(User, verb, StringComparison.Ordinal);
        var rest = message[(verb + NotAuthorized.Length)..];
        var action = Word(rest);
        var resource = rest.IndexOf(OnResource, StringComparison.Ordinal) is >= 0 and var at ? Word(rest[(at + OnResource.Length)..]) : null;
        return new Denial(user < 0 ? null : message[(user + User.Length)..verb], action, resource, ReasonOf(rest));
    }

    /// <summary>
    /// Without what follows the sentences: a refused signature is answered with the text that should have been signed, the session token in it,
    /// and EC2 adds a thousand encoded characters.
    /// </summary>
    public static string WithoutAppendix(string message)
    {
        foreach (var start in (string[])["The Canonical String", "Encoded authorization failure message"])
        {
            var at = message.IndexOf(start, StringComparison.Ordinal);
            message = at < 0 ? message : message[..at].TrimEnd();
        }

        return message;
    }

    private static DenialReason ReasonOf(string message) =>
        message.Contains("service control policy", StringComparison.Ordinal) || message.Contains("resource control policy", StringComparison.Ordinal) ? DenialReason.Organization
        : message.Contains("permissions boundary", StringComparison.Ordinal) ? DenialReason.Boundary
        : message.Contains("explicit deny", StringComparison.Ordinal) ? DenialReason.ExplicitDeny
        : DenialReason.NotAllowed;

    private static string Word(string text) => text.Split(' ', 2)[0].TrimEnd('.', ',', ';');
}

/// <param name="Principal">ARN of who asked; null where AWS does not say it.</param>
/// <param name="Action">Such as <c>eks:DescribeCluster</c>.</param>
/// <param name="Resource">ARN, <c>*</c>, or null.</param>
internal sealed record Denial(string? Principal, string Action, string? Resource, DenialReason Reason);

internal enum DenialReason
{
    /// <summary>No policy allows it.</summary>
    NotAllowed,

    /// <summary>A policy of the principal or of the resource forbids it.</summary>
    ExplicitDeny,

    /// <summary>The boundary of the role does not allow it.</summary>
    Boundary,

    /// <summary>A policy of the organization forbids it.</summary>
    Organization,
}
