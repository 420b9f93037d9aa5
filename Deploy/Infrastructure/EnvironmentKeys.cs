using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Keys of the customer: for secrets outside dev, and for disks in production. Elsewhere AWS's own encrypt.</summary>
internal static class EnvironmentKeys
{
    /// <summary>Logical id of the key of secrets, in the cluster and in Secrets Manager, and of logs.</summary>
    public const string Secrets = "SecretsKey";

    /// <summary>Logical id of the key of nodes' disks and of volumes.</summary>
    public const string Storage = "StorageKey";

    public static bool HasSecretsKey(DeploymentModel model) => model.Settings.Profile != Profile.Dev;

    public static bool HasStorageKey(DeploymentModel model) => model.Settings.Profile == Profile.Production && model.Settings.Cluster.Existing is null;

    public static IEnumerable<Resource> Of(DeploymentModel model) =>
    [
        .. HasSecretsKey(model) ? Key(model, Secrets, "secrets", $"Secrets and logs of {model.Names.Prefix}", Logs(model)) : [],
        .. HasStorageKey(model) ? Key(model, Storage, "storage", $"Disks and volumes of {model.Names.Prefix}") : [],
    ];

    public static IEnumerable<Output> Outputs(DeploymentModel model)
    {
        if (HasSecretsKey(model))
        {
            yield return Output.Exported(model, "SecretsKeyArn", "Encrypts secrets and logs", new CfnValue.GetAtt(Secrets, "Arn"));
        }

        if (HasStorageKey(model))
        {
            yield return new Output(StackOutput.StorageKeyArn.Output, "Encrypts disks and volumes", new CfnValue.GetAtt(Storage, "Arn"), Export: null);
        }
    }

    /// <summary>What a role needs to have disks encrypted: EC2 takes the grant, the role never sees a key.</summary>
    public static InlinePolicy UseOfStorageKey() => new("storage-key", new PolicyDocument(
        PolicyStatement.Allow("Encrypt") with
        {
            Action = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
            Resource = [new CfnValue.GetAtt(Storage, "Arn")],
        },
        PolicyStatement.Allow("GrantToEc2") with
        {
            Action = ["kms:CreateGrant"],
            Resource = [new CfnValue.GetAtt(Storage, "Arn")],
            Condition = [new PolicyCondition("Bool", "kms:GrantIsForAWSResource", "true")],
        }));

    private static IEnumerable<Resource> Key(DeploymentModel model, string logicalId, string alias, string description, params ImmutableArray<PolicyStatement> statements)
    {
        var production = model.Settings.Profile == Profile.Production;
        return
        [
            new Resource(logicalId, new KmsKey
            {
                Description = description,
                EnableKeyRotation = true,
                RotationPeriodInDays = 365,
                PendingWindowInDays = production ? 30 : 7,
                KeySpec = "SYMMETRIC_DEFAULT",
                KeyUsage = "ENCRYPT_DECRYPT",
                KeyPolicy = new PolicyDocument([Account(), .. statements]),
            })
            { Removal = production ? Removal.Retain : Removal.Delete },
            new Resource(logicalId + "Alias", new KmsAlias { AliasName = $"alias/{model.Names.Prefix}-{alias}", TargetKeyId = new CfnValue.Ref(logicalId) }),
        ];
    }

    // Hands the decision to IAM policies; without it nobody could ever change the key again.
    private static PolicyStatement Account() => PolicyStatement.Allow("Account") with
    {
        Principal = new PolicyPrincipal("AWS", Arn.Global("iam", "root")),
        Action = ["kms:*"],
        Resource = ["*"],
    };

    private static PolicyStatement Logs(DeploymentModel model) => PolicyStatement.Allow("Logs") with
    {
        Principal = PolicyPrincipal.Service(new CfnValue.Sub("logs.${AWS::Region}.amazonaws.com")),
        Action = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource = ["*"],
        Condition = [new PolicyCondition("ArnLike", "kms:EncryptionContext:aws:logs:arn", Arn.Regional("logs", $"log-group:/aws/eks/{model.Names.Cluster}/*"))],
    };
}
