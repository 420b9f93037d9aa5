using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>Where Loki keeps the application's logs: a bucket, and the role that reaches it.</summary>
internal static class LogStorage
{
    /// <summary>Service account of Loki in <see cref="Names.ObservabilityNamespace"/>.</summary>
    public const string ServiceAccount = "loki";

    public static IEnumerable<Resource> Of(DeploymentModel model) =>
    [
        .. Buckets.Private("LokiBucket", name: null, expiresAfterDays: null),
        new Resource("LokiRole", Roles.Of(
            model, model.Names.Role("loki"), "Keeps logs in S3", Roles.TrustOfPods(model, Names.ObservabilityNamespace, ServiceAccount)) with
        {
            Policies =
            [
                new InlinePolicy("bucket", new PolicyDocument(
                    PolicyStatement.Allow("List") with { Action = ["s3:ListBucket"], Resource = [new CfnValue.GetAtt("LokiBucket", "Arn")] },
                    PolicyStatement.Allow("Objects") with
                    {
                        Action = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                        Resource = [Arn.Objects("LokiBucket", "/*")],
                    })),
            ],
        }),
    ];

    public static IEnumerable<Output> Outputs(DeploymentModel model) =>
    [
        new Output("LokiBucketName", "Logs of the application", new CfnValue.Ref("LokiBucket"), Export: null),
        Output.Exported(model, "LokiRoleArn", "Role of Loki", new CfnValue.GetAtt("LokiRole", "Arn")),
    ];
}
