using System.Collections.Immutable;

namespace Platform.Deploy.Infrastructure;

/// <param name="Name">In the registry, such as <c>shop/web</c>.</param>
internal sealed record NamedRepository(string LogicalId, string Name);

/// <summary>What all repositories have in common.</summary>
internal static class Repositories
{
    /// <summary>About 600 bytes each.</summary>
    public const int PerStack = 48;

    /// <summary>A repository in which nothing expires.</summary>
    public static Repository Of(string name) => new()
    {
        RepositoryName = name,
        ImageTagMutability = "IMMUTABLE",
        ImageScanningConfiguration = new ImageScanningConfiguration(ScanOnPush: true),
        EncryptionConfiguration = new EncryptionConfiguration("AES256"),
        LifecyclePolicy = null,
        EmptyOnDelete = false,
    };

    public static ImmutableArray<Output> Outputs(ImmutableArray<NamedRepository> repositories) =>
        [.. repositories.Select(repository => new Output(repository.LogicalId + "Uri", repository.Name, new CfnValue.GetAtt(repository.LogicalId, "RepositoryUri"), Export: null))];
}
