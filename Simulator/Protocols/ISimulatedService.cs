namespace Platform.Simulator.Protocols;

/// <summary>One service of AWS. It answers inside of its account's lock, at once; what takes time is an <see cref="Accounts.ITimed"/>.</summary>
internal interface ISimulatedService
{
    /// <summary>As in the scope of signatures: <c>cloudformation</c>, <c>elasticloadbalancing</c>.</summary>
    string SigningName { get; }

    WireProtocol Protocol { get; }

    /// <exception cref="ServiceError">The call is refused.</exception>
    Answer Handle(ServiceCall call);
}

/// <param name="Service">Signing name.</param>
/// <param name="Operation">As in the service's model.</param>
internal sealed record ServiceCall(string Service, string Operation, CallInput Input, CallerIdentity Caller)
{
    /// <summary>What a service says to an operation that it does not know.</summary>
    public ServiceError UnknownOperation() => new("InvalidAction", $"Could not find operation {Operation}", 400);
}

/// <param name="Account">12 digits.</param>
/// <param name="Arn">Of a user, or of the session of a role.</param>
/// <param name="AccessKeyId">That the call was signed with.</param>
internal sealed record CallerIdentity(string Account, string Arn, string UserId, string AccessKeyId);
