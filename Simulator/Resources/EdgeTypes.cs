using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;

namespace Platform.Simulator.Resources;

/// <summary>Names, certificates and the firewall.</summary>
internal static class EdgeTypes
{
    public const string Certificate = "AWS::CertificateManager::Certificate";

    public static readonly ImmutableArray<ResourceType> All =
    [
        new()
        {
            Name = Certificate,
            Id = work => work.Account.Arn("acm", $"certificate/{work.Account.Ids.Guid($"{work.Purpose}/certificate")}"),
            Arn = work => work.Id,
            AttributeNames = ["Id"],
            Attributes = work => new JsonObject { ["Id"] = work.Id },
            Required = ["DomainName"],
            CreateOnly = ["CertificateAuthorityArn", "DomainName", "DomainValidationOptions", "KeyAlgorithm", "SubjectAlternativeNames", "ValidationMethod"],
            Times = TypeTimes.Seconds(4, 4, 4),
            CreationTime = work => work.Resource is { } certificate ? CertificateIssuing.IssueOf(work.Account, certificate) - work.Account.Now : null,
            States = new TypeStates(CertificateIssuing.Pending, CertificateIssuing.Issued, CertificateIssuing.Issued, CertificateIssuing.Issued),
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
}
