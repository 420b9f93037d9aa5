using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.Simulator.Accounts;
using Platform.Simulator.Apis;
using Platform.Simulator.Faults;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Server;

/// <summary>Answers one signed call: who is it, what goes wrong, what happened meanwhile, what does the service say.</summary>
internal sealed class CallDispatch(SimulatedAccount account, KeyRing keys, FrozenDictionary<string, ISimulatedService> services, CallLog log, AccountFile? file)
{
    private static readonly string[] Readings = ["Describe", "Get", "List", "Validate", "Simulate", "BatchGet"];

    private bool _happened = true;

    /// <param name="scope">Null: not signed.</param>
    public (Reply Reply, ImmutableArray<CallFault> Faults) Answer(SignedRequest request, SigningScope? scope, string requestId)
    {
        using var entered = account.Enter();
        if (scope is null || !services.TryGetValue(scope.Service, out var service))
        {
            return (NoService(scope, requestId), []);
        }

        ImmutableArray<CallFault> faults = [];
        try
        {
            var (operation, input) = CallReading.Read(service.Protocol, request);
            log.Add(scope.Service, operation);
            faults = account.Faults.Count(scope.Service, operation);
            if (CallFaults.AnswerBefore(service.Protocol, faults, new DeniedCall(keys.Find(scope.AccessKeyId)?.Identity.Arn ?? scope.AccessKeyId, scope.Service, operation), requestId) is { } refusal)
            {
                return (refusal, faults);
            }

            var isReading = Array.Exists(Readings, operation.StartsWith);
            Advance(isReading);
            var caller = SignatureCheck.Verify(request, scope, keys.Find, account.Now, TimeProvider.System.GetUtcNow());
            var answer = service.Handle(new ServiceCall(scope.Service, operation, input, caller with { AccessKeyId = scope.AccessKeyId }));
            if (!isReading || _happened)
            {
                file?.Changed(account);
            }

            return (Reply.Of(service.Protocol, operation, answer, requestId), faults);
        }
        catch (ServiceError error)
        {
            return (Reply.Of(service.Protocol, error, requestId), faults);
        }
    }

    /// <summary>Counts a call of the registry, and says what happens to it.</summary>
    public ImmutableArray<CallFault> CountRegistry(string operation)
    {
        using var entered = account.Enter();
        log.Add("registry", operation);
        account.AdvanceTo(account.Clock.GetUtcNow());
        return account.Faults.Count("registry", operation);
    }

    /// <summary>After something other than a signed call changed the account.</summary>
    public void Keep()
    {
        using var entered = account.Enter();
        file?.Changed(account);
    }

    private void Advance(bool isReading)
    {
        var happened = account.AdvanceTo(account.Clock.GetUtcNow()) || !isReading;
        if (!happened && !_happened && account.Clock.JumpsToWhatIsNext && account.NextDue() is { } next)
        {
            account.Clock.MoveTo(next);
            happened = account.AdvanceTo(next);
        }

        ClusterLeftovers.Plant(account);
        _happened = happened;
    }

    private static Reply NoService(SigningScope? scope, string requestId) => scope is null
        ? Reply.Of(new WireProtocol.Query(""), new ServiceError("MissingAuthenticationToken", "Missing Authentication Token", 403), requestId)
        : Reply.Of(new WireProtocol.Query(""), new ServiceError("UnknownService", $"The simulator does not play the service '{scope.Service}'.", 400), requestId);
}
