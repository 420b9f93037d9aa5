using System.Collections.Frozen;
using System.Net;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Aws;

/// <summary>From AWS's error codes to what they mean here: the only place that knows them.</summary>
internal static class AwsErrorCatalogue
{
    private static readonly FrozenDictionary<string, AwsErrorKind> Kinds = new (AwsErrorKind Kind, string[] Codes)[]
    {
        (AwsErrorKind.Throttled, [
            "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
            "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", "TransactionInProgressException",
            "TooManyUpdates"]),
        (AwsErrorKind.Unavailable, [
            "InternalError", "InternalFailure", "InternalServerError", "InternalServiceError", "InternalServerException", "ServerException",
            "InternalServiceException", "ServiceFailure", "ServiceUnavailable", "ServiceUnavailableException", "Unavailable", "RequestTimeout", "RequestTimeoutException", "IDPCommunicationError", "ServiceException"]),
        (AwsErrorKind.WrongTime, ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]),
        (AwsErrorKind.ExpiredKeys, ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]),
        (AwsErrorKind.UnknownKeys, [
            "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException", "MissingSecurityHeader"]),
        (AwsErrorKind.WrongSignature, ["SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "IncompleteSignatureException"]),
        (AwsErrorKind.AccessDenied, ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException", "ForbiddenException", "NotAuthorized"]),
        (AwsErrorKind.RegionDisabled, ["OptInRequired", "RegionDisabledException", "InvalidRegion"]),
        (AwsErrorKind.AccountNotReady, ["PendingVerification", "Blocked", "AccountProblem", "SubscriptionRequiredException", "AccountSuspended"]),
        (AwsErrorKind.Limit, ["LimitExceeded", "ServiceQuotaExceededException", "QuotaExceededException", "TooManyLoadBalancers", "TooManyTargetGroups"]),
        (AwsErrorKind.NotFound, ["NoSuchEntity", "ParameterNotFound", "StackNotFoundException", "NoSuchResourceException", "ScanNotFoundException"]),
        (AwsErrorKind.AlreadyExists, [
            "AlreadyExists", "AlreadyExistsException", "ResourceExistsException", "ParameterAlreadyExists", "EntityAlreadyExists",
            "RepositoryAlreadyExistsException", "ResourceAlreadyExistsException", "TokenAlreadyExistsException"]),
        (AwsErrorKind.Conflict, [
            "ResourceInUseException", "ResourceInUse", "DependencyViolation", "OperationInProgressException", "OperationAbortedException", "InvalidChangeSetStatus",
            "ConflictException", "DeleteConflict", "InvalidParameterState", "InvalidStateTransition", "VolumeInUse", "InvalidNetworkInterface.InUse"]),
    }.SelectMany(row => row.Codes.Select(code => (Code: code, row.Kind))).ToFrozenDictionary(row => row.Code, row => row.Kind, StringComparer.Ordinal);

    public static AwsErrorKind KindOf(AwsApi api, string code, string message, HttpStatusCode status) => code switch
    {
        _ when Kinds.TryGetValue(code, out var kind) =>
            kind is AwsErrorKind.WrongSignature or AwsErrorKind.UnknownKeys && AwsMessages.SaysAnotherTime(message) ? AwsErrorKind.WrongTime : kind,
        "ValidationError" when api == AwsApi.CloudFormation && (AwsMessages.SaysNoSuchStack(message) || AwsMessages.SaysNotImported(message)) => AwsErrorKind.NotFound,

        // Families of codes: InvalidGroup.NotFound, ChangeSetNotFound, RepositoryNotFoundException; VpcLimitExceeded, ParameterLimitExceeded.
        _ when code.EndsWith("NotFound", StringComparison.Ordinal) || code.EndsWith("NotFoundException", StringComparison.Ordinal) => AwsErrorKind.NotFound,
        _ when code.EndsWith("LimitExceeded", StringComparison.Ordinal) || code.EndsWith("LimitExceededException", StringComparison.Ordinal) => AwsErrorKind.Limit,
        _ when status == HttpStatusCode.TooManyRequests => AwsErrorKind.Throttled,
        _ when status == HttpStatusCode.RequestTimeout || (int)status >= 500 => AwsErrorKind.Unavailable,
        _ when status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => AwsErrorKind.AccessDenied,
        _ => AwsErrorKind.Rejected,
    };

    /// <param name="keys">Where the keys of the call came from.</param>
    public static Problem ProblemOf(AwsError error, string region, string keys) => error.Kind switch
    {
        AwsErrorKind.NotFound => AwsProblems.NotFound(error),
        AwsErrorKind.AlreadyExists => AwsProblems.AlreadyExists(error),
        AwsErrorKind.Conflict => AwsProblems.Conflict(error),
        AwsErrorKind.AccessDenied => AwsProblems.AccessDenied(error, AwsMessages.ReadDenial(error.Message)),
        AwsErrorKind.ExpiredKeys => AwsProblems.ExpiredKeys(keys),
        AwsErrorKind.UnknownKeys => AwsProblems.UnknownKeys(error, keys, region),
        AwsErrorKind.WrongSignature => AwsProblems.WrongSignature(error, keys),
        AwsErrorKind.WrongTime => AwsProblems.WrongTime(error),
        AwsErrorKind.Limit => AwsProblems.Limit(error, region),
        AwsErrorKind.RegionDisabled => AwsProblems.RegionDisabled(error, region),
        AwsErrorKind.AccountNotReady => AwsProblems.AccountNotReady(error),
        AwsErrorKind.Throttled => AwsProblems.Throttled(error),
        AwsErrorKind.Unavailable => AwsProblems.Unavailable(error),
        AwsErrorKind.Unreachable => AwsProblems.Unreachable(error),
        AwsErrorKind.Unreadable => AwsProblems.Unreadable(error),
        _ => AwsProblems.Rejected(error),
    };
}
