using Platform.Simulator.Faults;

namespace Platform.Simulator.Accounts;

/// <summary>One account in one region: what there is, what time it is, what goes wrong. Whoever reads or changes it has entered it.</summary>
internal sealed class SimulatedAccount(string id, string region, VirtualClock clock)
{
    private readonly Lock _lock = new();
    private readonly List<ITimed> _timed = [];
    private readonly List<IKept> _kept = [];

    /// <summary>12 digits.</summary>
    public string Id { get; } = id;

    public string Region { get; } = region;

    /// <summary>Of the ARNs of this region.</summary>
    public string Partition => Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public string DnsSuffix => Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>Where all services answer; null until they do.</summary>
    public Uri? Endpoint { get; set; }

    public ResourceStore Resources { get; } = new();

    public Identifiers Ids { get; } = new(id);

    public FaultBook Faults { get; } = new();

    public VirtualClock Clock { get; } = clock;

    /// <summary>The time of the call that is being answered, or of what is just happening.</summary>
    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public IReadOnlyList<IKept> Kept => _kept;

    /// <summary>Changes with time from now on.</summary>
    public void Add(ITimed timed) => _timed.Add(timed);

    /// <summary>Is kept in the state folder from now on.</summary>
    public void Add(IKept part) => _kept.Add(part);

    public Lock.Scope Enter() => _lock.EnterScope();

    /// <summary>When something happens next; null: never.</summary>
    public DateTimeOffset? NextDue() => _timed.Min(timed => timed.NextDue);

    /// <summary>Lets happen what is due until then.</summary>
    /// <returns>Whether something did.</returns>
    public bool AdvanceTo(DateTimeOffset time)
    {
        var happened = false;
        while (_timed.Where(timed => timed.NextDue <= time).MinBy(timed => timed.NextDue) is { NextDue: { } due } next)
        {
            Now = due > Now ? due : Now;
            next.Advance(due);
            happened = true;
            if (next.NextDue is { } after && after < due)
            {
                throw new InvalidOperationException($"{next.GetType().Name} is due at {after:O} and has just been advanced to {due:O}.");
            }
        }

        Now = time > Now ? time : Now;
        return happened;
    }

    public string Arn(string service, string rest) => $"arn:{Partition}:{service}:{Region}:{Id}:{rest}";

    /// <summary>Of services without regions.</summary>
    public string GlobalArn(string service, string rest) => $"arn:{Partition}:{service}::{Id}:{rest}";
}
