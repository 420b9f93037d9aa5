using Platform.Deploy.Model;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// A repository for each image of the application. Images outlive environments, as the same digest goes from one to the next; so the stack is the same
/// whichever environment deploys it.
/// </summary>
internal static class RegistryStack
{
    public const string ShortName = "registry";

    // Text of JSON, once a stack instead of once a repository; at most 4,096 characters.
    private const string Lifecycle = "LifecyclePolicy";

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var repositories = model.Images.Select(image => new NamedRepository(image.LogicalId, image.Repository))
            .Concat(model.OtherRepositories.Select(repository => new NamedRepository(repository.LogicalId, repository.Repository)))
            .OrderBy(repository => repository.Name, StringComparer.Ordinal);
        foreach (var (shortName, part) in Shards.Of(ShortName, repositories, repository => repository.LogicalId, Repositories.PerStack))
        {
            var template = new Template($"Images of {model.Names.Application}")
            {
                Parameters = [new TemplateParameter(Lifecycle, "String", "Which images expire", LifecycleText())],
                Resources = [.. part.Select(repository => new Resource(repository.LogicalId, Repository(repository.Name)) { Removal = Removal.Retain })],
                Outputs = Repositories.Outputs(part),
            };
            yield return StackAssembly.Of(model, shortName, StackScope.Product, template, [new StackParameter(Lifecycle, new ParameterValue.Text(LifecycleText()))]);
        }
    }

    private static Repository Repository(string name) => Repositories.Of(name) with { LifecyclePolicy = new LifecyclePolicy(new CfnValue.Ref(Lifecycle)) };

    // ECR keeps the images of an index as long as the index, although they have no tags. Images are counted, not dated: what runs may be old. What was
    // pushed for an environment has a tag for-ENVIRONMENT-…, and what a rule matches is left alone by all rules after it.
    private static string LifecycleText() => TemplateJson.Compact(CfnValue.Map.Of(("rules", CfnValue.List.Of(
        Expire(1, "Pushed without a tag", CfnValue.Map.Of(("tagStatus", "untagged"), ("countType", "sinceImagePushed"), ("countUnit", "days"), ("countNumber", 1))),
        Expire(2, "All but the last that were made for an environment", CfnValue.Map.Of(("tagStatus", "tagged"), ("tagPatternList", CfnValue.List.Of("for-*")), ("countType", "imageCountMoreThan"), ("countNumber", 500))),
        Expire(3, "All but the last of all others", CfnValue.Map.Of(("tagStatus", "tagged"), ("tagPatternList", CfnValue.List.Of("*")), ("countType", "imageCountMoreThan"), ("countNumber", 100)))))));

    private static CfnValue.Map Expire(int priority, string description, CfnValue selection) => CfnValue.Map.Of(
        ("rulePriority", priority),
        ("description", description),
        ("selection", selection),
        ("action", CfnValue.Map.Of(("type", "expire"))));
}
