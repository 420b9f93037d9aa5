using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Faults;

namespace Platform.Simulator.Resources;

/// <summary>Names, certificates and the firewall.</summary>
internal static class EdgeTypes
{
    public const string Certificate = "AWS::CertificateManager::Certificate";

    // With a zone of ours AWS adds the record; without one it waits for a person, who is quick here.
    private static readonly TimeSpan WithZone = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WithoutZone = TimeSpan.FromMinutes(25);

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Certificate,
            Id = work => work.Account.Arn("acm", $"certificate/{work.Account.Ids.Guid($"{work.Purpose}/certificate")}"),
            Arn = work => work.Id,
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id, ["DomainValidationOptions"] = Records(work) },
            Required = ["DomainName"],
            CreateOnly = ["CertificateAuthorityArn", "DomainName", "DomainValidationOptions", "KeyAlgorithm", "SubjectAlternativeNames", "ValidationMethod"],
            Times = new TypeTimes(WithZone, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)),
            CreationTime = work => work.Account.Faults.Of<FaultRule.PendingCertificate>().Any() ? null
                : work.Properties["DomainValidationOptions"] is JsonArray options && options.Any(option => option.At("HostedZoneId") is not null) ? WithZone
                : WithoutZone,
            States = new TypeStates("PENDING_VALIDATION", "ISSUED", "ISSUED", "ISSUED"),
        },
        new()
        {
            Name = "AWS::WAFv2::WebACL",
            Id = work => $"{work.NameOr("Name", 128)}|{work.Account.Ids.Guid($"{work.Purpose}/acl")}|{work.Text("Scope")}",
            Arn = work => work.Account.Arn("wafv2", $"{(work.Text("Scope") == "CLOUDFRONT" ? "global" : "regional")}/webacl/{work.Id.Split('|')[0]}/{work.Id.Split('|')[1]}"),
            AttributeNames = ["Arn", "Capacity", "Id", "LabelNamespace"],
            Attributes = work => new JsonObject
            {
                ["Arn"] = work.Resource?.Arn,
                ["Capacity"] = 902,
                ["Id"] = work.Id.Split('|')[1],
                ["LabelNamespace"] = $"awswaf:{work.Account.Id}:webacl:{work.Id.Split('|')[0]}:",
            },
            Required = ["DefaultAction", "Scope", "VisibilityConfig"],
            CreateOnly = ["Name", "Scope"],
            Times = TypeTimes.Seconds(12, 10, 5),
        },
        new()
        {
            Name = "AWS::Route53::RecordSet",
            Id = work => work.Text("Name", ""),
            Required = ["Name", "Type"],
            CreateOnly = ["HostedZoneId", "HostedZoneName", "Name"],
            IsTagged = false,
            Times = TypeTimes.Seconds(38, 38, 38),
        },
    ];

    private static JsonArray Records(ResourceWork work) => new(
    [
        .. ((IEnumerable<string>)[work.Text("DomainName", ""), .. work.Texts("SubjectAlternativeNames")]).Distinct().Select(domain => new JsonObject
        {
            ["DomainName"] = domain,
            ["ResourceRecord"] = new JsonObject
            {
                ["Name"] = $"_{work.Account.Ids.Hex(32, $"{domain}/name")}.{domain.Replace("*.", "", StringComparison.Ordinal)}.",
                ["Type"] = "CNAME",
                ["Value"] = $"_{work.Account.Ids.Hex(32, $"{domain}/value")}.acm-validations.aws.",
            },
        }),
    ]);
}
