using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Protocols;

/// <summary>The keys of an account: the administrator's, which are the same for each run, and those of the sessions that were begun.</summary>
internal sealed class KeyRing : IKept
{
    private readonly SortedDictionary<string, SigningKeys> _sessions = new(StringComparer.Ordinal);

    public KeyRing(string accountId)
    {
        // No secret: anybody on this machine may have them, and they open nothing else.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"simulated account {accountId}"));
        Administrator = new SigningKeys(
            $"AKIA{Convert.ToHexString(hash)[..16]}", Convert.ToBase64String(hash)[..40], null, null, new CallerIdentity(accountId, $"arn:aws:iam::{accountId}:user/administrator", $"AIDA{Convert.ToHexString(hash)[16..32]}", ""));
    }

    public SigningKeys Administrator { get; }

    public string Name => "sessions";

    public SigningKeys? Find(string accessKeyId) => accessKeyId == Administrator.AccessKeyId ? Administrator : _sessions.GetValueOrDefault(accessKeyId);

    public void Add(SigningKeys session) => _sessions[session.AccessKeyId] = session;

    public JsonNode Save() => new JsonArray([.. _sessions.Values.Select(JsonNode? (session) => new JsonObject
    {
        ["accessKeyId"] = session.AccessKeyId,
        ["secretAccessKey"] = session.SecretAccessKey,
        ["sessionToken"] = session.SessionToken,
        ["expiration"] = session.Expiration,
        ["account"] = session.Identity.Account,
        ["arn"] = session.Identity.Arn,
        ["userId"] = session.Identity.UserId,
    })]);

    public void Load(JsonNode saved)
    {
        foreach (var node in saved.AsArray().OfType<JsonObject>())
        {
            string Text(string name) => node[name]?.GetValue<string>() ?? "";
            Add(new SigningKeys(
                Text("accessKeyId"), Text("secretAccessKey"), Text("sessionToken"), node["expiration"]?.GetValue<DateTimeOffset>(), new CallerIdentity(Text("account"), Text("arn"), Text("userId"), Text("accessKeyId"))));
        }
    }
}
