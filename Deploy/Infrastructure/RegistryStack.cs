using System.Collections.Immutable;
using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>A repository for each image. Images outlive environments: the same digest goes from one to the next.</summary>
internal static class RegistryStack
{
    public const string ShortName = "registry";

    // About 600 bytes each.
    private const int PerStack = 48;

    // Text of JSON, once a stack instead of once a repository; at most 4,096 characters.
    private const string Lifecycle = "LifecyclePolicy";

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var repositories = model.Images.Select(image => new NamedRepository(image.LogicalId, image.Repository)).Concat(Mirrored(model));
        foreach (var (shortName, part) in Shards.Of(ShortName, repositories, repository => repository.LogicalId, PerStack))
        {
            var template = new Template($"Images of {model.Names.Application}")
            {
                Parameters = [new TemplateParameter(Lifecycle, "String", "Which images expire", LifecycleText())],
                Resources = [.. part.Select(repository => new Resource(repository.LogicalId, Repository(model, repository.Name)) { Removal = RemovalOf(model) })],
                Outputs = [.. part.Select(repository =>
                    new Output(repository.LogicalId + "Uri", repository.Name, new CfnValue.GetAtt(repository.LogicalId, "RepositoryUri"), Export: null))],
            };
            yield return StackAssembly.Of(model, shortName, StackScope.Product, template, new StackParameter(Lifecycle, new ParameterValue.Text(LifecycleText())));
        }
    }

    private static Removal RemovalOf(DeploymentModel model) => model.Settings.Profile == Profile.Dev ? Removal.Delete : Removal.Retain;

    private static IEnumerable<NamedRepository> Mirrored(DeploymentModel model)
    {
        if (!model.Settings.Registry.Mirror)
        {
            return [];
        }

        var gates = model.Settings.Cluster.Overprovision || model.Workloads.Any(workload => !workload.Gates.IsEmpty) ? [model.Settings.Images.GateImage] : ImmutableArray<string>.Empty;
        return model.Workloads.Select(workload => workload.Image).OfType<WorkloadImage.ThirdParty>().Select(image => image.Reference)
            .Concat(gates)
            .Select(model.Names.Mirror)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(repository => new NamedRepository("Mirror" + Names.Hash(repository).ToUpperInvariant(), repository));
    }

    private static Repository Repository(DeploymentModel model, string name) => new()
    {
        RepositoryName = name,
        ImageTagMutability = "IMMUTABLE",
        ImageScanningConfiguration = new ImageScanningConfiguration(ScanOnPush: true),
        EncryptionConfiguration = new EncryptionConfiguration("AES256"),
        LifecyclePolicy = new LifecyclePolicy(new CfnValue.Ref(Lifecycle)),
        EmptyOnDelete = RemovalOf(model) == Removal.Delete,
    };

    // ECR keeps the images of an index as long as the index, although they have no tags. Commits are counted, not dated: what runs may be old.
    private static string LifecycleText() => TemplateJson.Compact(CfnValue.Map.Of(("rules", CfnValue.List.Of(
        Expire(1, "Pushed without a tag", CfnValue.Map.Of(("tagStatus", "untagged"), ("countType", "sinceImagePushed"), ("countUnit", "days"), ("countNumber", 1))),
        Expire(2, "All but the last releases", CfnValue.Map.Of(("tagStatus", "tagged"), ("tagPatternList", CfnValue.List.Of("v*")), ("countType", "imageCountMoreThan"), ("countNumber", 30))),
        Expire(3, "All but the last commits", CfnValue.Map.Of(("tagStatus", "tagged"), ("tagPatternList", CfnValue.List.Of("sha-*")), ("countType", "imageCountMoreThan"), ("countNumber", 100)))))));

    private static CfnValue.Map Expire(int priority, string description, CfnValue selection) => CfnValue.Map.Of(
        ("rulePriority", priority),
        ("description", description),
        ("selection", selection),
        ("action", CfnValue.Map.Of(("type", "expire"))));

    private sealed record NamedRepository(string LogicalId, string Name);
}
