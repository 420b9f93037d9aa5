namespace Platform.Simulator.Faults;

/// <summary>Something that goes wrong on purpose. The texts of all are in docs/simulator.md.</summary>
public abstract record FaultRule
{
    private FaultRule(string text) => Text = text;

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads one rule.</summary>
    /// <param name="text">Such as <c>cloudformation:CreateChangeSet#2=throttle</c>.</param>
    /// <exception cref="FormatException">It is none; the message says why, and what is nearest.</exception>
    public static FaultRule Parse(string text) => FaultReading.Read(text);

    public sealed override string ToString() => Text;

    /// <summary><c>SERVICE:OPERATION#N=ACTION</c>: a call is not answered as it should be.</summary>
    internal sealed record Call(string Written, CallPattern Pattern, CallFault Action) : FaultRule(Written);

    /// <summary><c>stack:LOGICALID=fail[:reason]</c>, <c>rollback-fail</c>, <c>delete-fail</c>: CloudFormation cannot make, take back or delete a resource.</summary>
    internal sealed record Stack(string Written, string LogicalId, StackFault Fault, string? Reason) : FaultRule(Written);

    /// <summary><c>quota:vpc=0</c>: the account may have no more than that.</summary>
    internal sealed record Quota(string Written, string Name, int Value) : FaultRule(Written);

    /// <summary><c>certificate=pending</c>: nobody adds the record that a certificate waits for.</summary>
    internal sealed record PendingCertificate(string Written) : FaultRule(Written);

    /// <summary><c>leftovers</c>: a cluster's load balancer, target group, security group, network interface and volume are there from the moment that it is active.</summary>
    internal sealed record Leftovers(string Written) : FaultRule(Written);

    /// <summary><c>scan:critical=2</c>: the scan of every image finds that many of a severity.</summary>
    internal sealed record Scan(string Written, string Severity, int Count) : FaultRule(Written);

    /// <summary><c>drift:LOGICALID</c>: somebody changed a resource by hand.</summary>
    internal sealed record Drift(string Written, string LogicalId) : FaultRule(Written);
}

/// <summary>What CloudFormation cannot do to a resource.</summary>
internal enum StackFault
{
    /// <summary>Create or update it.</summary>
    Fail,

    /// <summary>Take its creation or update back.</summary>
    RollbackFail,

    /// <summary>Delete it with its stack.</summary>
    DeleteFail,
}

/// <summary>Which calls a rule is for.</summary>
/// <param name="Service">The signing name of a service, <c>registry</c>, or <c>*</c>.</param>
/// <param name="Operation">Such as <c>CreateChangeSet</c>, or <c>*</c>.</param>
/// <param name="First">The number of the first matching call that it is for, from 1.</param>
/// <param name="AndLater">Whether it is for those after it as well.</param>
internal sealed record CallPattern(string Service, string Operation, int First, bool AndLater);

/// <summary>What happens to a call.</summary>
internal abstract record CallFault
{
    private CallFault()
    {
    }

    /// <summary><c>throttle</c>: refused as one too many.</summary>
    public sealed record Throttle : CallFault;

    /// <summary><c>latency:5s</c>: answered, but late by the wall's clock.</summary>
    public sealed record Latency(TimeSpan Delay) : CallFault;

    /// <summary><c>status:503</c>: an empty answer with that status, and no effect.</summary>
    public sealed record Status(int Code) : CallFault;

    /// <summary><c>error:CODE</c>: refused with that code.</summary>
    public sealed record Error(string Code) : CallFault;

    /// <summary><c>html</c>: the page of a proxy, status 502, and no effect.</summary>
    public sealed record Html : CallFault;

    /// <summary><c>cut</c>: done, and the connection is cut before the answer.</summary>
    public sealed record Cut : CallFault;

    /// <summary><c>refuse</c>: the connection is cut before anything is done.</summary>
    public sealed record Refuse : CallFault;

    /// <summary><c>hang</c>: done, and never answered.</summary>
    public sealed record Hang : CallFault;

    /// <summary><c>hang-before</c>: neither done nor answered.</summary>
    public sealed record HangBefore : CallFault;

    /// <summary><c>expired-token</c>: refused, as the keys are over.</summary>
    public sealed record ExpiredToken : CallFault;
}
