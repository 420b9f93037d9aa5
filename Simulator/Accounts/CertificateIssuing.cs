using System.Text.Json.Nodes;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Accounts;

/// <summary>When a certificate is issued: some minutes after its request where a zone of Route 53 gets its record, and else never.</summary>
internal static class CertificateIssuing
{
    public const string Pending = "PENDING_VALIDATION";
    public const string Issued = "ISSUED";

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(4);

    /// <summary>Null: not by itself.</summary>
    public static DateTimeOffset? IssueOf(SimulatedAccount account, CloudResource certificate) =>
        account.Faults.Of<FaultRule.PendingCertificate>().Any() || !HasZone(certificate) ? null : certificate.CreatedAt + Duration;

    public static string StatusOf(SimulatedAccount account, CloudResource certificate) =>
        certificate.State is { Length: > 0 } state and not Pending ? state
        : IssueOf(account, certificate) <= account.Now ? Issued
        : Pending;

    private static bool HasZone(CloudResource certificate) =>
        (certificate.Properties["DomainValidationOptions"] as JsonArray ?? []).Any(option => option?["HostedZoneId"] is not null);
}
