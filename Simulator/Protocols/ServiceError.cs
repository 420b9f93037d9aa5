namespace Platform.Simulator.Protocols;

/// <summary>A call that is refused, in the words of its service.</summary>
internal sealed class ServiceError(string code, string message, int status) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>CloudFormation's, STS's and IAM's word for nearly everything.</summary>
    public static ServiceError Validation(string message) => new("ValidationError", message, 400);

    public static ServiceError Missing(string name) => new("ValidationError", $"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null", 400);

    public static ServiceError Unreadable(string why) => new("SerializationException", why, 400);

    public static ServiceError Denied(CallerIdentity caller, string action, string resource) =>
        new("AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action} on resource: {resource}", 403);
}
