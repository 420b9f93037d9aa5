using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Simulator.Accounts;

/// <summary>
/// Makes identifiers that look like AWS's and are the same in each run that does the same: from what they are for, and how many were made for that.
/// </summary>
internal sealed class Identifiers(string accountId)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly SortedDictionary<string, int> _made = new(StringComparer.Ordinal);

    /// <summary>Hexadecimal digits, as in <c>vpc-0a1b2c3d4e5f60718</c> (17, the first is 0).</summary>
    /// <param name="purpose">Such as a stack's and a logical id.</param>
    public string Hex(int length, string purpose) => length == 17 ? "0" + Convert.ToHexStringLower(Next(purpose))[..16] : Convert.ToHexStringLower(Next(purpose))[..length];

    /// <summary>Capital letters and digits, as in names that CloudFormation makes: <c>shop-ClusterRole-1ABCD2EFGH3IJ</c>.</summary>
    /// <param name="purpose">Such as a stack's and a logical id.</param>
    public string Word(int length, string purpose) => string.Concat(Next(purpose).Take(length).Select(value => Letters[value % Letters.Length]));

    /// <param name="purpose">Such as a stack's and a logical id.</param>
    public string Guid(string purpose) => new Guid(Next(purpose).AsSpan(0, 16)).ToString("D");

    public JsonObject Save() => new(_made.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    public void Load(JsonObject saved)
    {
        foreach (var (purpose, count) in saved)
        {
            _made[purpose] = count?.GetValue<int>() ?? 0;
        }
    }

    private byte[] Next(string purpose)
    {
        var count = _made[purpose] = _made.GetValueOrDefault(purpose) + 1;
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}\n{purpose}\n{count}"));
    }
}
