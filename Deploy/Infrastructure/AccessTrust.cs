using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>Who may become one of the roles that plan and deploy: workflows of one repository, and people who come in through the account.</summary>
internal static class AccessTrust
{
    private const string Issuer = "token.actions.githubusercontent.com";

    /// <summary>Address of GitHub's tokens for workflows.</summary>
    public const string IssuerUrl = "https://" + Issuer;

    /// <summary>Whom the tokens are for.</summary>
    public const string Audience = "sts.amazonaws.com";

    // The role that IAM Identity Center makes for its permission set of administrators; its home region may stand before the name. Not those of
    // other sets: PowerUserAccess may assume roles too.
    private const string IdentityCenter = "role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_AdministratorAccess_*";

    /// <param name="part">End of the subject, such as <c>environment:production</c> or <c>pull_request</c>.</param>
    /// <returns>Empty where no repository is named.</returns>
    public static ImmutableArray<PolicyStatement> OfWorkflows(GitHubSettings github, string part) => github.Repository is null
        ? []
        :
        [
            PolicyStatement.Allow("Workflows") with
            {
                Principal = new PolicyPrincipal("Federated", Arn.Global("iam", $"oidc-provider/{Issuer}")),
                Action = ["sts:AssumeRoleWithWebIdentity"],
                Condition =
                [
                    new PolicyCondition("StringEquals", $"{Issuer}:aud", Audience),
                    new PolicyCondition("StringEquals", $"{Issuer}:sub", [.. Subjects(github, part)]),
                ],
            },
        ];

    /// <summary>The account as principal leaves it to policies in it who may assume the role; the condition narrows that to administrators.</summary>
    public static PolicyStatement OfPeople(DeploymentModel model) => PolicyStatement.Allow("People") with
    {
        Principal = new PolicyPrincipal("AWS", Arn.Global("iam", "root")),
        Action = ["sts:AssumeRole"],
        Condition =
        [
            new PolicyCondition("ArnLike", "aws:PrincipalArn", model.Settings.Cluster.Administrators is { IsEmpty: false } administrators
                ? [.. administrators.Select(administrator => new CfnValue.Text(administrator))]
                : [Arn.Global("iam", IdentityCenter)]),
        ],
    };

    // Repositories made, renamed or moved after 2026-07-15 send the form with ids, which nobody can take over by reusing a name.
    private static IEnumerable<CfnValue> Subjects(GitHubSettings github, string part)
    {
        var (owner, name) = github.Repository?.Split('/') is [var first, var second] ? (first, second) : ("", "");
        yield return $"repo:{owner}/{name}:{part}";
        if (github is { OwnerId: { } ownerId, RepositoryId: { } repositoryId })
        {
            yield return $"repo:{owner}@{ownerId}/{name}@{repositoryId}:{part}";
        }
    }
}
