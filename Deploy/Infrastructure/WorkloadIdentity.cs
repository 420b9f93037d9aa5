using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>What one workload or one secret of the application adds to the identity stacks.</summary>
/// <param name="Resource">As in the first of the stacks, where the key of secrets is.</param>
/// <param name="InOther">As in the others, which import the key.</param>
internal sealed record WorkloadIdentity(Resource Resource, Resource InOther, Output? Output)
{
    // All that Secrets Manager counts as punctuation, but for the four that mean nothing in a URL or a connection string.
    private const string Troublesome = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}";

    public static IEnumerable<WorkloadIdentity> Of(DeploymentModel model)
    {
        foreach (var secret in model.Secrets)
        {
            if (secret.Origin is SecretOrigin.Generated generated)
            {
                yield return new WorkloadIdentity(
                    Secret(model, secret, generated, Key(model, here: true)), Secret(model, secret, generated, Key(model, here: false)), Output: null);
            }
        }

        var secrets = model.Secrets.ToImmutableDictionary(secret => secret.Key, StringComparer.Ordinal);
        foreach (var workload in model.Workloads)
        {
            if (workload.Role is { } role)
            {
                yield return new WorkloadIdentity(
                    Role(model, workload, role, secrets, Key(model, here: true)),
                    Role(model, workload, role, secrets, Key(model, here: false)),
                    Output.Exported(model, role.LogicalId + "Arn", $"Role of the pods of {workload.Name}", new CfnValue.GetAtt(role.LogicalId, "Arn")));
            }
        }
    }

    public Resource In(bool first) => first ? Resource : InOther;

    private static CfnValue? Key(DeploymentModel model, bool here) =>
        !EnvironmentKeys.HasSecretsKey(model) ? null : here ? new CfnValue.GetAtt(EnvironmentKeys.Secrets, "Arn") : new CfnValue.ImportValue(model.Names.Export("SecretsKeyArn"));

    // Not encrypted under another name, nor made anew, when the template changes: a database keeps the password that it began with.
    private static Resource Secret(DeploymentModel model, SecretModel secret, SecretOrigin.Generated rules, CfnValue? key) => new(secret.LogicalId, new Secret
    {
        Name = secret.SecretName,
        Description = $"Generated for {model.Names.Prefix}",
        KmsKeyId = key,
        GenerateSecretString = new GenerateSecretString
        {
            PasswordLength = rules.Length,
            ExcludeLowercase = !rules.Lower,
            ExcludeUppercase = !rules.Upper,
            ExcludeNumbers = !rules.Numeric,
            ExcludePunctuation = !rules.Special,
            ExcludeCharacters = rules.Special ? Troublesome : null,
            IncludeSpace = false,
            RequireEachIncludedType = rules.Length >= Kinds(rules),
        },
    })
    { Removal = model.Settings.Profile == Profile.Production ? Removal.Retain : Removal.Delete };

    private static int Kinds(SecretOrigin.Generated rules) =>
        (rules.Lower ? 1 : 0) + (rules.Upper ? 1 : 0) + (rules.Numeric ? 1 : 0) + (rules.Special ? 1 : 0);

    private static Resource Role(DeploymentModel model, Workload workload, WorkloadRole role, ImmutableDictionary<string, SecretModel> secrets, CfnValue? key) =>
        new(role.LogicalId, Roles.Of(model, role.RoleName, $"Pods of {workload.Name}", Roles.TrustOfPods(model, model.Settings.Namespace, workload.Name)) with
        {
            ManagedPolicyArns = [.. role.ManagedPolicies.Select(policy => new CfnValue.Text(policy))],
            Policies = workload.Secrets.IsEmpty ? [] : [new InlinePolicy("secrets", new PolicyDocument(
                [ReadSecrets(workload.Secrets.Select(name => secrets[name].SecretName)), .. key is null ? [] : ImmutableArray.Create(Decrypt(key))]))],
        });

    // Secrets Manager ends every ARN with six characters of its own.
    private static PolicyStatement ReadSecrets(IEnumerable<string> names) => PolicyStatement.Allow("ReadSecrets") with
    {
        Action = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource = [.. names.Select(name => Arn.Regional("secretsmanager", $"secret:{name}-??????"))],
    };

    private static PolicyStatement Decrypt(CfnValue key) => PolicyStatement.Allow("DecryptSecrets") with
    {
        Action = ["kms:Decrypt"],
        Resource = [key],
        Condition = [new PolicyCondition("StringEquals", "kms:ViaService", new CfnValue.Sub("secretsmanager.${AWS::Region}.amazonaws.com"))],
    };
}
