using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Simulator.Accounts;
using Platform.Simulator.Protocols;

namespace Platform.Simulator.Apis;

/// <summary>Certificate Manager.</summary>
internal sealed class AcmApi(SimulatedAccount account) : ISimulatedService
{
    private const string Type = "AWS::CertificateManager::Certificate";
    private static readonly TimeSpan RecordKnown = TimeSpan.FromSeconds(10);

    public string SigningName => "acm";

    public WireProtocol Protocol { get; } = new WireProtocol.Json();

    public Answer Handle(ServiceCall call) => call.Operation switch
    {
        "DescribeCertificate" => Answer.Of(new JsonObject { ["Certificate"] = Detail(Find(call.Input.Required("CertificateArn"))) }),
        "ListCertificates" => List(call.Input),
        _ => throw call.UnknownOperation(),
    };

    private Answer List(CallInput input)
    {
        var (certificates, next) = Paging.Page(account.Resources.All(Type), input.Text("NextToken"), 100);
        return Answer.Of(AwsJson.WithoutNulls(new JsonObject
        {
            ["CertificateSummaryList"] = new JsonArray([.. certificates.Select(JsonNode? (certificate) => new JsonObject
            {
                ["CertificateArn"] = certificate.Id,
                ["DomainName"] = certificate.Text("DomainName"),
                ["Status"] = CertificateIssuing.StatusOf(account, certificate),
                ["Type"] = "AMAZON_ISSUED",
                ["CreatedAt"] = AwsJson.Time(certificate.CreatedAt),
            })]),
            ["NextToken"] = next,
        }));
    }

    private JsonObject Detail(CloudResource certificate)
    {
        var isIssued = CertificateIssuing.StatusOf(account, certificate) == CertificateIssuing.Issued;
        var issued = CertificateIssuing.IssueOf(account, certificate);
        List<string> domains = [.. ((string?[])[certificate.Text("DomainName"), .. certificate.Texts("SubjectAlternativeNames")]).OfType<string>().Distinct(StringComparer.Ordinal)];
        return AwsJson.WithoutNulls(new JsonObject
        {
            ["CertificateArn"] = certificate.Id,
            ["DomainName"] = certificate.Text("DomainName"),
            ["SubjectAlternativeNames"] = AwsJson.Texts(domains),
            ["Status"] = CertificateIssuing.StatusOf(account, certificate),
            ["Type"] = "AMAZON_ISSUED",
            ["DomainValidationOptions"] = new JsonArray([.. domains.Select(JsonNode? (domain) => AwsJson.WithoutNulls(new JsonObject
            {
                ["DomainName"] = domain,
                ["ValidationDomain"] = domain,
                ["ValidationStatus"] = isIssued ? "SUCCESS" : CertificateIssuing.Pending,
                ["ValidationMethod"] = "DNS",
                ["ResourceRecord"] = account.Now - certificate.CreatedAt < RecordKnown ? null : Record(domain),
            }))]),
            ["InUseBy"] = AwsJson.Texts(account.Resources.All("AWS::ElasticLoadBalancingV2::Listener").Where(listener => Uses(listener, certificate.Id)).Select(listener => listener.Text("LoadBalancerArn")).OfType<string>()),
            ["CreatedAt"] = AwsJson.Time(certificate.CreatedAt),
            ["IssuedAt"] = isIssued ? AwsJson.Time(issued) : null,
            ["NotAfter"] = isIssued ? AwsJson.Time(issued?.AddDays(395)) : null,
        });
    }

    private static JsonObject Record(string domain)
    {
        var bare = domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare)));
        return new JsonObject { ["Name"] = $"_{hash[..32]}.{bare}.", ["Type"] = "CNAME", ["Value"] = $"_{hash[32..]}.simulated.acm-validations.aws." };
    }

    private static bool Uses(CloudResource listener, string arn) => (listener.Properties["Certificates"] as JsonArray ?? []).Any(certificate => certificate?["CertificateArn"]?.GetValue<string>() == arn);

    private CloudResource Find(string arn) => account.Resources.Find(Type, arn)
        ?? throw new ServiceError("ResourceNotFoundException", $"Could not find certificate {arn}.", 400);
}
