using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Security Token Service.</summary>
internal sealed class StsApi(SimulatedAccount account, KeyRing keys) : ISimulatedService
{
    private const int DefaultDuration = 3_600;

    public string SigningName => "sts";

    public WireProtocol Protocol { get; } = new WireProtocol.Query("https://sts.amazonaws.com/doc/2011-06-15/");

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "GetCallerIdentity" => Answer.Of(
            Elements.Text("Arn", call.Caller.Arn), Elements.Text("UserId", call.Caller.UserId), Elements.Text("Account", call.Caller.Account)),
        "AssumeRole" => AssumeRole(call),
        _ => throw call.UnknownOperation(),
    };

    private Answer AssumeRole(ServiceCall call)
    {
        var arn = call.Input.Required("RoleArn");
        var session = call.Input.Required("RoleSessionName");
        var role = account.Resources.All("AWS::IAM::Role").FirstOrDefault(role => role.Arn == arn)
            ?? throw ServiceError.Denied(call.Caller, "sts:AssumeRole", arn);
        var duration = call.Input.Number("DurationSeconds") ?? DefaultDuration;
        if (duration is < 900 or > 43_200)
        {
            throw ServiceError.Validation($"1 validation error detected: Value '{duration}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900");
        }

        var roleId = role.Text("RoleId") ?? $"AROA{role.Id}";
        var identity = new CallerIdentity(account.Id, $"arn:{account.Partition}:sts::{account.Id}:assumed-role/{role.Id}/{session}", $"{roleId}:{session}", "");
        var made = new SigningKeys(
            $"ASIA{account.Ids.Word(16, "session")}",
            account.Ids.Word(32, "session secret") + account.Ids.Hex(8, "session secret"),
            $"simulated{account.Ids.Hex(64, "session token")}",
            account.Now.AddSeconds(duration),
            identity);
        keys.Add(made);
        return Answer.Of(
            Elements.Structure(
                "Credentials",
                Elements.Text("AccessKeyId", made.AccessKeyId),
                Elements.Text("SecretAccessKey", made.SecretAccessKey),
                Elements.Text("SessionToken", made.SessionToken),
                Elements.Time("Expiration", made.Expiration)),
            Elements.Structure("AssumedRoleUser", Elements.Text("AssumedRoleId", identity.UserId), Elements.Text("Arn", identity.Arn)));
    }
}
