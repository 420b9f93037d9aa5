using System.Text.Json.Nodes;
using static Platform.Deploy.Tests.Security.TemplateRules;

namespace Platform.Deploy.Tests.Security;

/// <summary>Rules over buckets in templates.</summary>
internal static class StorageRules
{
    private static readonly string[] Blocks = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

    public static IEnumerable<TemplateRule> All
    {
        get
        {
            yield return OfType("AWS::S3::Bucket", bucket => bucket.At("LoggingConfiguration") is null, "does not write down who reads it", "AwsSolutions-S1");
            yield return OfType("AWS::S3::Bucket", bucket => Blocks.Any(block => !bucket.IsTrue($"PublicAccessBlockConfiguration.{block}")), "could be made public", "AwsSolutions-S2");
            yield return Rule(
                view => view.OfType("AWS::S3::Bucket").Where(bucket => !view.OfType("AWS::S3::BucketPolicy").Any(policy => policy.At("Bucket.Ref") is JsonValue name && name.GetValue<string>() == bucket.LogicalId && IdentityRules.RefusesPlainText(policy))),
                "is read without TLS",
                "AwsSolutions-S10");
        }
    }
}
