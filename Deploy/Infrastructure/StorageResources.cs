using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

internal sealed record Bucket : ResourceProperties
{
    public override string Type => "AWS::S3::Bucket";

    public CfnValue? BucketName { get; init; }

    public required BucketEncryption BucketEncryption { get; init; }

    public required PublicAccessBlockConfiguration PublicAccessBlockConfiguration { get; init; }

    public required OwnershipControls OwnershipControls { get; init; }

    public required VersioningConfiguration VersioningConfiguration { get; init; }

    public required LifecycleConfiguration LifecycleConfiguration { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(BucketName), BucketName),
        (nameof(BucketEncryption), BucketEncryption),
        (nameof(PublicAccessBlockConfiguration), PublicAccessBlockConfiguration),
        (nameof(OwnershipControls), OwnershipControls),
        (nameof(VersioningConfiguration), VersioningConfiguration),
        (nameof(LifecycleConfiguration), LifecycleConfiguration));
}

/// <param name="SSEAlgorithm"><c>AES256</c>: load balancers and flow logs cannot write to a bucket with a key of the account without grants on it.</param>
internal sealed record BucketEncryption(string SSEAlgorithm) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("ServerSideEncryptionConfiguration", CfnValue.List.Of(CfnValue.Map.Of(("ServerSideEncryptionByDefault", CfnValue.Map.Of((nameof(SSEAlgorithm), SSEAlgorithm)))))));
}

/// <summary>Never public, whatever a policy says.</summary>
internal sealed record PublicAccessBlockConfiguration : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        ("BlockPublicAcls", true),
        ("BlockPublicPolicy", true),
        ("IgnorePublicAcls", true),
        ("RestrictPublicBuckets", true));
}

internal sealed record OwnershipControls(string ObjectOwnership) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of(("Rules", CfnValue.List.Of(CfnValue.Map.Of((nameof(ObjectOwnership), ObjectOwnership)))));
}

internal sealed record VersioningConfiguration(string Status) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Status), Status));
}

internal sealed record LifecycleConfiguration(params ImmutableArray<LifecycleRule> Rules) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Rules), CfnValue.Each(Rules)));
}

internal sealed record LifecycleRule(string Id) : Part
{
    public CfnValue? ExpirationInDays { get; init; }

    public CfnValue? NoncurrentDays { get; init; }

    public CfnValue? DaysAfterInitiation { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Id), Id),
        ("Status", "Enabled"),
        (nameof(ExpirationInDays), ExpirationInDays),
        ("NoncurrentVersionExpiration", NoncurrentDays is null ? null : CfnValue.Map.Of((nameof(NoncurrentDays), NoncurrentDays))),
        ("AbortIncompleteMultipartUpload", DaysAfterInitiation is null ? null : CfnValue.Map.Of((nameof(DaysAfterInitiation), DaysAfterInitiation))));
}

internal sealed record BucketPolicy : ResourceProperties
{
    public override string Type => "AWS::S3::BucketPolicy";

    public required CfnValue Bucket { get; init; }

    public required PolicyDocument PolicyDocument { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Bucket), Bucket), (nameof(PolicyDocument), PolicyDocument));
}

internal sealed record LogGroup : ResourceProperties
{
    public override string Type => "AWS::Logs::LogGroup";

    public required CfnValue LogGroupName { get; init; }

    public required CfnValue RetentionInDays { get; init; }

    public required CfnValue LogGroupClass { get; init; }

    public CfnValue? KmsKeyId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(LogGroupName), LogGroupName),
        (nameof(RetentionInDays), RetentionInDays),
        (nameof(LogGroupClass), LogGroupClass),
        (nameof(KmsKeyId), KmsKeyId));
}

internal sealed record Repository : ResourceProperties
{
    public override string Type => "AWS::ECR::Repository";

    public required CfnValue RepositoryName { get; init; }

    public required CfnValue ImageTagMutability { get; init; }

    public required ImageScanningConfiguration ImageScanningConfiguration { get; init; }

    public required EncryptionConfiguration EncryptionConfiguration { get; init; }

    /// <summary>Null: nothing expires.</summary>
    public required LifecyclePolicy? LifecyclePolicy { get; init; }

    /// <summary>Deletes the images with the repository, which otherwise refuses to go.</summary>
    public required CfnValue EmptyOnDelete { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(RepositoryName), RepositoryName),
        (nameof(ImageTagMutability), ImageTagMutability),
        (nameof(ImageScanningConfiguration), ImageScanningConfiguration),
        (nameof(EncryptionConfiguration), EncryptionConfiguration),
        (nameof(LifecyclePolicy), LifecyclePolicy),
        (nameof(EmptyOnDelete), EmptyOnDelete));
}

internal sealed record ImageScanningConfiguration(CfnValue ScanOnPush) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(ScanOnPush), ScanOnPush));
}

internal sealed record EncryptionConfiguration(CfnValue EncryptionType) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(EncryptionType), EncryptionType));
}

internal sealed record LifecyclePolicy(CfnValue LifecyclePolicyText) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(LifecyclePolicyText), LifecyclePolicyText));
}
