using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

internal sealed record Role : ResourceProperties
{
    public override string Type => "AWS::IAM::Role";

    public required CfnValue RoleName { get; init; }

    public required CfnValue Path { get; init; }

    public required CfnValue Description { get; init; }

    public required PolicyDocument AssumeRolePolicyDocument { get; init; }

    /// <summary>Null only in the access stack, whose roles an administrator makes.</summary>
    public CfnValue? PermissionsBoundary { get; init; }

    public CfnValue? MaxSessionDuration { get; init; }

    public ImmutableArray<CfnValue> ManagedPolicyArns { get; init; } = [];

    public ImmutableArray<InlinePolicy> Policies { get; init; } = [];

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(RoleName), RoleName),
        (nameof(Path), Path),
        (nameof(Description), Description),
        (nameof(MaxSessionDuration), MaxSessionDuration),
        (nameof(AssumeRolePolicyDocument), AssumeRolePolicyDocument),
        (nameof(PermissionsBoundary), PermissionsBoundary),
        (nameof(ManagedPolicyArns), ManagedPolicyArns.IsEmpty ? null : new CfnValue.List(ManagedPolicyArns)),
        (nameof(Policies), CfnValue.Each(Policies)));
}

internal sealed record InlinePolicy(string PolicyName, PolicyDocument PolicyDocument) : Part
{
    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(PolicyName), PolicyName), (nameof(PolicyDocument), PolicyDocument));
}

internal sealed record ManagedPolicy : ResourceProperties
{
    public override string Type => "AWS::IAM::ManagedPolicy";

    public required CfnValue ManagedPolicyName { get; init; }

    public required CfnValue Path { get; init; }

    public required CfnValue Description { get; init; }

    public required PolicyDocument PolicyDocument { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(ManagedPolicyName), ManagedPolicyName),
        (nameof(Path), Path),
        (nameof(Description), Description),
        (nameof(PolicyDocument), PolicyDocument));
}

internal sealed record InstanceProfile : ResourceProperties
{
    public override string Type => "AWS::IAM::InstanceProfile";

    public required CfnValue InstanceProfileName { get; init; }

    public required CfnValue Path { get; init; }

    public required CfnValue Roles { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(InstanceProfileName), InstanceProfileName), (nameof(Path), Path), (nameof(Roles), Roles));
}

/// <summary>One a URL and account. IAM trusts GitHub's certificate authority by itself and needs no thumbprint.</summary>
internal sealed record OidcProvider : ResourceProperties
{
    public override string Type => "AWS::IAM::OIDCProvider";

    public required CfnValue Url { get; init; }

    public required CfnValue ClientIdList { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(Url), Url), (nameof(ClientIdList), ClientIdList));
}

internal sealed record KmsKey : ResourceProperties
{
    public override string Type => "AWS::KMS::Key";

    public required CfnValue Description { get; init; }

    public required CfnValue EnableKeyRotation { get; init; }

    public required CfnValue RotationPeriodInDays { get; init; }

    public required CfnValue PendingWindowInDays { get; init; }

    public required CfnValue KeySpec { get; init; }

    public required CfnValue KeyUsage { get; init; }

    public required PolicyDocument KeyPolicy { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Description), Description),
        (nameof(EnableKeyRotation), EnableKeyRotation),
        (nameof(RotationPeriodInDays), RotationPeriodInDays),
        (nameof(PendingWindowInDays), PendingWindowInDays),
        (nameof(KeySpec), KeySpec),
        (nameof(KeyUsage), KeyUsage),
        (nameof(KeyPolicy), KeyPolicy));
}

internal sealed record KmsAlias : ResourceProperties
{
    public override string Type => "AWS::KMS::Alias";

    public required CfnValue AliasName { get; init; }

    public required CfnValue TargetKeyId { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of((nameof(AliasName), AliasName), (nameof(TargetKeyId), TargetKeyId));
}

/// <summary>A secret of Secrets Manager whose value is made there, once.</summary>
internal sealed record Secret : ResourceProperties
{
    public override string Type => "AWS::SecretsManager::Secret";

    public required CfnValue Name { get; init; }

    public required CfnValue Description { get; init; }

    /// <summary>Null: the key that AWS keeps for Secrets Manager.</summary>
    public CfnValue? KmsKeyId { get; init; }

    /// <summary>A change makes another value.</summary>
    public required GenerateSecretString GenerateSecretString { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(Name), Name),
        (nameof(Description), Description),
        (nameof(KmsKeyId), KmsKeyId),
        (nameof(GenerateSecretString), GenerateSecretString));
}

internal sealed record GenerateSecretString : Part
{
    public required CfnValue PasswordLength { get; init; }

    public required CfnValue ExcludeLowercase { get; init; }

    public required CfnValue ExcludeUppercase { get; init; }

    public required CfnValue ExcludeNumbers { get; init; }

    public required CfnValue ExcludePunctuation { get; init; }

    public CfnValue? ExcludeCharacters { get; init; }

    public required CfnValue IncludeSpace { get; init; }

    public required CfnValue RequireEachIncludedType { get; init; }

    public override CfnValue.Map Lower() => CfnValue.Map.Of(
        (nameof(PasswordLength), PasswordLength),
        (nameof(ExcludeLowercase), ExcludeLowercase),
        (nameof(ExcludeUppercase), ExcludeUppercase),
        (nameof(ExcludeNumbers), ExcludeNumbers),
        (nameof(ExcludePunctuation), ExcludePunctuation),
        (nameof(ExcludeCharacters), ExcludeCharacters),
        (nameof(IncludeSpace), IncludeSpace),
        (nameof(RequireEachIncludedType), RequireEachIncludedType));
}
