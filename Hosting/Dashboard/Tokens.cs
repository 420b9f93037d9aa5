using System.Security.Cryptography;

namespace Platform.Hosting.Dashboard;

/// <summary>Makes the keys that the parts of one run know each other by.</summary>
internal static class Tokens
{
    /// <summary>128 random bits as 32 hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
