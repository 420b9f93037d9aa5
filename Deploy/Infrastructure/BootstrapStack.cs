using System.Collections.Immutable;
using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// What the environments of the application in an account share, deployed once by an administrator: the trust in GitHub's tokens, the boundary of all
/// roles, the bucket of records. The roles that plan and deploy are one environment's, in <see cref="AccessStack"/>.
/// </summary>
internal static class BootstrapStack
{
    public const string ShortName = "bootstrap";

    // An account has one provider for a URL. Where another application brought it along, this one does without.
    private const string GitHubProvider = "GitHubProvider";
    private const string MakeProvider = "MakeGitHubProvider";

    public static StackTemplate Render(DeploymentModel model)
    {
        var github = model.Settings.GitHub.Repository is not null;
        var template = new Template($"What environments of {model.Names.Application} share")
        {
            Parameters = github ? [new TemplateParameter(MakeProvider, "String", "Empty where the account has the provider of GitHub's tokens already", "yes")] : [],
            Conditions = github ? [new GivenCondition("MakesGitHubProvider", MakeProvider)] : [],
            Resources =
            [
                .. github ? [new Resource(GitHubProvider, new OidcProvider
                {
                    Url = AccessTrust.IssuerUrl,
                    ClientIdList = CfnValue.List.Of(AccessTrust.Audience),
                })
                { Condition = "MakesGitHubProvider", Removal = Removal.Retain }] : ImmutableArray<Resource>.Empty,
                new Resource("Boundary", PermissionsBoundary.Of(model)),
                .. Buckets.Private("StateBucket", new CfnValue.Sub(StateBucket(model)), expiresAfterDays: null),
            ],
            Outputs =
            [
                new Output("BoundaryArn", "Bounds every role that the tool makes", new CfnValue.Ref("Boundary"), Export: null),
                new Output("StateBucketName", "Records of deployments", new CfnValue.Ref("StateBucket"), Export: null),
            ],
        };
        return StackAssembly.Of(
            model, ShortName, StackScope.Account, template, github ? [new StackParameter(MakeProvider, new ParameterValue.UnlessOidcProvider(AccessTrust.IssuerUrl, "yes"))] : []);
    }

    /// <summary>Its name, with the account and region for <c>Fn::Sub</c> to fill in.</summary>
    public static string StateBucket(DeploymentModel model) => model.Names.StateBucket("${AWS::AccountId}", "${AWS::Region}");
}
