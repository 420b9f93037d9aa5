using Platform.Deploy.Model;
using Platform.Deploy.Settings;

namespace Platform.Deploy.Infrastructure;

/// <summary>
/// A repository for the copy of each image that others made. They are the environment's own: another one may have no copies at all, and a stack that
/// both deployed would lose them with every deployment of the other.
/// </summary>
internal static class MirrorStack
{
    public const string ShortName = "mirror";

    public static IEnumerable<StackTemplate> Render(DeploymentModel model)
    {
        var repositories = model.CopiedImages.Select(model.Names.Mirror).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new NamedRepository(LogicalId(name), name));
        foreach (var (shortName, part) in Shards.Of(ShortName, repositories, repository => repository.LogicalId, Repositories.PerStack))
        {
            yield return StackAssembly.Of(model, shortName, StackScope.Environment, new Template($"Copies of images that others made for {model.Names.Prefix}")
            {
                Resources = [.. part.Select(repository => new Resource(repository.LogicalId, Repository(model, repository.Name)) { Removal = Removal(model) })],
                Outputs = Repositories.Outputs(part),
            });
        }
    }

    private static Removal Removal(DeploymentModel model) => model.Settings.Profile == Profile.Dev ? Infrastructure.Removal.Delete : Infrastructure.Removal.Retain;

    // The copy of an image that is named by digest alone has no tag, and runs all the same: nothing expires.
    private static Repository Repository(DeploymentModel model, string name) =>
        Repositories.Of(name) with { EmptyOnDelete = Removal(model) == Infrastructure.Removal.Delete };

    private static string LogicalId(string repository) => "Mirror" + Names.Hash(repository).ToUpperInvariant();
}
