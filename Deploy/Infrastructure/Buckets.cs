using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <summary>Buckets that are private, encrypted, versioned and reached by TLS only. They stay when their stack goes.</summary>
internal static class Buckets
{
    private const int DaysOfUnfinishedUploads = 7;
    private const int DaysOfOldVersions = 30;

    /// <param name="logicalId">The policy's has <c>Policy</c> behind it.</param>
    /// <param name="name">Null: CloudFormation makes one that begins with the stack's.</param>
    /// <param name="expiresAfterDays">Null: never.</param>
    /// <param name="statements">What others may do with it.</param>
    public static ImmutableArray<Resource> Private(string logicalId, CfnValue? name, int? expiresAfterDays, params ImmutableArray<PolicyStatement> statements) =>
    [
        new Resource(logicalId, new Bucket
        {
            BucketName = name,
            BucketEncryption = new BucketEncryption("AES256"),
            PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration(),
            OwnershipControls = new OwnershipControls("BucketOwnerEnforced"),
            VersioningConfiguration = new VersioningConfiguration("Enabled"),
            LifecycleConfiguration = new LifecycleConfiguration(new LifecycleRule("expire")
            {
                ExpirationInDays = expiresAfterDays is { } days ? days : null,
                NoncurrentDays = DaysOfOldVersions,
                DaysAfterInitiation = DaysOfUnfinishedUploads,
            }),
        })
        { Removal = Removal.Retain },
        new Resource(logicalId + "Policy", new BucketPolicy
        {
            Bucket = new CfnValue.Ref(logicalId),
            PolicyDocument = new PolicyDocument([TlsOnly(logicalId), .. statements]),
        })
        { Removal = Removal.Retain },
    ];

    private static PolicyStatement TlsOnly(string logicalId) => new("TlsOnly", PolicyEffect.Deny)
    {
        Principal = PolicyPrincipal.Everyone,
        Action = ["s3:*"],
        Resource = [new CfnValue.GetAtt(logicalId, "Arn"), Arn.Objects(logicalId, "/*")],
        Condition = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
    };
}
