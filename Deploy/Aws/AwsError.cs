using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>What went wrong with one call, after all its attempts.</summary>
/// <param name="Operation">Such as <c>CreateChangeSet</c>.</param>
/// <param name="Kind">What to do about it.</param>
/// <param name="Code">AWS's, such as <c>ValidationError</c>; <c>HTTP 502</c> or the name of the failure where no AWS answered.</param>
/// <param name="Message">AWS's, without anything secret.</param>
/// <param name="RequestId">What AWS's support asks for; null where no AWS answered.</param>
internal sealed record AwsError(AwsApi Api, string Operation, AwsErrorKind Kind, string Code, string Message, string? RequestId)
{
    /// <summary>As IAM names it: <c>cloudformation:CreateChangeSet</c>.</summary>
    public string Action => $"{Api.ActionPrefix}:{Operation}";

    /// <summary>What is shown below a problem.</summary>
    public string Text => $"{Code}{(Message.Length == 0 ? "" : $": {Message}")}{(RequestId is null ? "" : $" (request {RequestId})")}";
}

internal enum AwsErrorKind
{
    /// <summary>What was asked for cannot be done as it was asked; the message says why.</summary>
    Rejected,
    NotFound,
    AlreadyExists,

    /// <summary>Something else is using it or changing it now.</summary>
    Conflict,
    AccessDenied,

    /// <summary>Temporary keys are over.</summary>
    ExpiredKeys,

    /// <summary>AWS does not know the key id.</summary>
    UnknownKeys,

    /// <summary>The secret does not belong to the key id.</summary>
    WrongSignature,

    /// <summary>The clocks differ.</summary>
    WrongTime,
    Limit,
    RegionDisabled,

    /// <summary>The account is suspended, closed, or not yet verified.</summary>
    AccountNotReady,

    /// <summary>Too many requests; asked again until no time was left.</summary>
    Throttled,

    /// <summary>AWS failed, or something between; asked again until no time was left.</summary>
    Unavailable,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>An answer that is none of AWS's: HTML of a proxy, or nothing.</summary>
    Unreadable,
}

/// <summary>A call that failed. Whoever can do something about an error catches this; everybody else lets its problem end the command.</summary>
internal sealed class AwsException(AwsError error, Problem problem, Exception? inner) : DeployException([problem], inner)
{
    public AwsError Error { get; } = error;

    public override string Message => $"{base.Message} {Error.Action}: {Error.Text}";
}
