using System.Collections.Immutable;
using Platform.Deploy.Aws;

namespace Platform.Deploy.Planning;

/// <summary>Asks IAM what the one who calls may do, before he tries.</summary>
internal static class Permissions
{
    /// <summary>What a deployment does itself, with the deployer role.</summary>
    public static ImmutableArray<string> ToDeploy { get; } =
    [
        "cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks",
        "cloudformation:ExecuteChangeSet", "cloudformation:GetTemplate", "cloudformation:ListStacks", "ecr:GetAuthorizationToken", "ecr:PutImage", "eks:DescribeCluster",
        "eks:DescribeClusterVersions", "iam:PassRole", "ssm:GetParameter", "ssm:PutParameter", "tag:GetResources",
    ];

    /// <summary>What whoever makes the first two stacks needs: the rights of an administrator, of which these are a sample.</summary>
    public static ImmutableArray<string> ToBootstrap { get; } =
    [
        "cloudformation:CreateChangeSet", "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet", "iam:AttachRolePolicy", "iam:CreateOpenIDConnectProvider", "iam:CreatePolicy",
        "iam:CreateRole", "iam:PutRolePolicy", "iam:TagRole", "s3:CreateBucket", "s3:PutBucketPolicy",
    ];

    /// <returns>The actions that are not allowed; null where IAM may not be asked.</returns>
    public static async Task<ImmutableArray<string>?> MissingAsync(AwsSession session, CallerIdentity identity, ImmutableArray<string> actions, CancellationToken cancellationToken)
    {
        if (identity.Arn.EndsWith(":root", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            return await PrincipalAsync(session, identity, cancellationToken) is not { } principal
                ? null
                :
                [
                    .. (await session.Iam.SimulatePrincipalPolicyAsync(new SimulatePrincipalPolicyRequest { PolicySourceArn = principal, ActionNames = actions }, cancellationToken).ToListAsync(cancellationToken))
                        .Where(evaluation => evaluation.EvalDecision != "allowed" && evaluation.MissingContextValues.IsEmpty)
                        .Select(evaluation => evaluation.EvalActionName)
                        .Order(StringComparer.Ordinal),
                ];
        }
        catch (AwsException denied) when (denied.Error.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.NotFound or AwsErrorKind.Rejected)
        {
            return null;
        }
    }

    // A session's ARN leaves out the path of its role, so IAM has to be asked for that.
    private static async Task<string?> PrincipalAsync(AwsSession session, CallerIdentity identity, CancellationToken cancellationToken) =>
        identity.Arn.Split(':', 6) is not [_, _, "sts", _, _, var resource]
            ? identity.Arn
            : resource.Split('/') is ["assumed-role", var role, ..] && await session.Iam.GetRoleAsync(role, cancellationToken) is { } state ? state.Arn : null;
}
