using System.Collections.Immutable;
using Platform.Deploy.Images;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;
using Platform.Deploy.Problems;
using Platform.Deploy.Registries;
using Platform.Deploy.Rendering;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>An application in one environment, rendered, compared with what is there, and planned: where <c>plan</c> and <c>deploy</c> begin.</summary>
/// <param name="Problems">Why the plan may not be carried out; empty: it may.</param>
internal sealed record PlannedEnvironment(OpenedEnvironment Opened, BoundApplication Application, EnvironmentRendering Rendering, ObservedEnvironment Observed, Plan Plan, ImmutableArray<Problem> Problems)
{
    /// <summary>Images of other environments that become this one's too.</summary>
    public ImmutableArray<PushedImage> TakenOver { get; private init; } = [];

    /// <summary>Images that need no build and of which no scan says yet what they have, where that is to be known before they are deployed.</summary>
    public ImmutableArray<PushedImage> NotScanned { get; private init; } = [];

    public DeploymentModel Model => Rendering.Model;

    public ImmutableArray<StackTemplate> Stacks => Rendering.Stacks.Stacks;

    /// <param name="opened">The account.</param>
    /// <param name="allowed">What <c>--allow-replace</c> names.</param>
    /// <param name="screen">Gets signs of life.</param>
    /// <param name="cancellationToken">Ends it; nothing is left in the account.</param>
    /// <exception cref="DeployException">The application has problems, or AWS does not answer.</exception>
    public static async Task<PlannedEnvironment> ReadAsync(OpenedEnvironment opened, ImmutableSortedSet<string> allowed, Screen screen, CancellationToken cancellationToken)
    {
        // Names of images have the account in them: the one that was found, where none is pinned.
        var input = opened.Input.Application with { Flags = [.. opened.Input.Application.Flags, new SettingFlag("AWS", "account", opened.Target.Account)] };
        var application = await BoundApplication.ReadAsync(input, screen, cancellationToken);
        if (!application.Problems.IsEmpty)
        {
            throw new DeployException(application.Problems);
        }

        var rendering = EnvironmentRendering.Of(application.Models[0]);
        ImmutableArray<Problem> unrendered = [.. rendering.Stacks.Problems, .. rendering.Objects.Problems];
        if (!unrendered.IsEmpty)
        {
            throw new DeployException(unrendered);
        }

        using var progress = Progress.Start(screen, TimeProvider.System, $"Comparing {opened.Names.Prefix} with account {opened.Target.Account}");
        var observed = await Observation.ReadAsync(opened.Target, rendering.Model, rendering.Stacks, cancellationToken);
        var reading = Planner.Plan(new Desired(rendering.Model, rendering.Stacks.Stacks, allowed), observed);
        return new PlannedEnvironment(opened, application, rendering, observed, reading.Plan, reading.Problems);
    }

    /// <summary>Why the administrators' stacks alone may not be made or changed.</summary>
    /// <param name="allowed">What <c>--allow-replace</c> names.</param>
    public ImmutableArray<Problem> AdministratorProblems(ImmutableSortedSet<string> allowed) => Planner.AdministratorProblems(new Desired(Model, Stacks, allowed), Observed, Plan);

    /// <summary>The same plan with what is known of the images without building them; where that is nothing the plan says why.</summary>
    /// <param name="allowed">What <c>--allow-replace</c> names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PlannedEnvironment> WithKnownImagesAsync(ImmutableSortedSet<string> allowed, CancellationToken cancellationToken)
    {
        if (Model.Images.IsEmpty)
        {
            return this;
        }

        if (Stacks.Any(stack => stack.Scope == StackScope.Product && !Observed.Stacks.ContainsKey(stack.Name)))
        {
            return WithUnknown("its repository is yet to be made", allowed);
        }

        ImageRecollection recalled;
        try
        {
            recalled = await RecallAsync(cancellationToken);
        }
        catch (DeployException failed)
        {
            return WithUnknown($"there is a problem: {failed.Problems[0].Summary}", allowed);
        }

        var images = recalled.Images.ToImmutableSortedDictionary(
            image => image.Resource,
            image => new ObservedImage(
                $"{image.Repository.Host}/{image.Repository.Name}",
                image.Image is not null ? Known(image.IsOfOthers) : image.Unknown is null ? ImageAction.Changed : ImageAction.BuiltAtDeploy,
                image.Image?.Digest.ToString(),
                image.Image is null ? null : 0)
            { Because = image.Unknown, Findings = image.Findings?.Text },
            StringComparer.Ordinal);
        return With(Observed with { Images = images }, allowed, recalled.Refused) with
        {
            TakenOver = [.. recalled.Images.Where(image => image.IsOfOthers).Select(image => image.Image).OfType<PushedImage>()],
            NotScanned = Model.Settings.Images.SeverityGate == SeverityGate.None
                ? []
                : [.. recalled.Images.Where(image => image.Findings is not { HasResult: true }).Select(image => image.Image).OfType<PushedImage>()],
        };
    }

    /// <summary>The same plan with the images compared, which builds them.</summary>
    /// <param name="allowed">What <c>--allow-replace</c> names.</param>
    /// <param name="screen">Gets signs of life.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeployException">An image cannot be built, or the registry does not answer.</exception>
    public async Task<PlannedEnvironment> WithImagesAsync(ImmutableSortedSet<string> allowed, Screen screen, CancellationToken cancellationToken)
    {
        using var line = Progress.Start(screen, TimeProvider.System, "Comparing images");
        var events = new ImageProgress(screen, line);
#pragma warning disable CA2000 // The session ends it.
        var ecr = new EcrAccess(Opened.Target.Deployer, Opened.Target.Time);
#pragma warning restore CA2000
        using var session = await ImageSession.OfAsync(ImageInput.Of(Opened.Input.Application), Application, ecr, events, events, cancellationToken);
        var compared = await new ImageStage(session.Tools).CompareAsync(session.Stage with { Others = [] }, session.FindingsAsync, cancellationToken);
        var observed = Observed with
        {
            Images = compared.Images.ToImmutableSortedDictionary(
                change => change.Image.Resource,
                change => new ObservedImage(
                    $"{change.Image.Repository.Host}/{change.Image.Repository.Name}",
                    change.IsUnchanged ? Known(change.IsOfOthers) : ImageAction.New,
                    change.Image.Digest.ToString(),
                    change.BytesToSend)
                { Findings = change.Findings?.Text },
                StringComparer.Ordinal),
        };
        return With(observed, allowed, compared.Refused);
    }

    private async Task<ImageRecollection> RecallAsync(CancellationToken cancellationToken)
    {
        var silent = new Silent();
#pragma warning disable CA2000 // The session ends it.
        var ecr = new EcrAccess(Opened.Target.Deployer, Opened.Target.Time);
#pragma warning restore CA2000
        using var session = await ImageSession.OfAsync(ImageInput.Of(Opened.Input.Application), Application, ecr, silent, silent, cancellationToken);
        return await new ImageStage(session.Tools).RecallAsync(session.Stage with { Others = [] }, session.FindingsAsync, cancellationToken);
    }

    private static ImageAction Known(bool isOfOthers) => isOfOthers ? ImageAction.TakenOver : ImageAction.Unchanged;

    private PlannedEnvironment WithUnknown(string because, ImmutableSortedSet<string> allowed)
    {
        var unknown = ImagePlans.Of(Model, observed: null).Select(image => KeyValuePair.Create(
            image.Resource, new ObservedImage(image.Repository, ImageAction.BuiltAtDeploy, Digest: null, BytesToSend: null) { Because = because }));
        return With(Observed with { Images = unknown.ToImmutableSortedDictionary(StringComparer.Ordinal) }, allowed, []);
    }

    private PlannedEnvironment With(ObservedEnvironment observed, ImmutableSortedSet<string> allowed, ImmutableArray<Problem> refused)
    {
        var reading = Planner.Plan(new Desired(Model, Stacks, allowed), observed);
        return this with { Observed = observed, Plan = reading.Plan, Problems = [.. reading.Problems, .. refused] };
    }

    private sealed class Silent : IProgress<ImageEvent>, IProgress<RegistryEvent>
    {
        public void Report(ImageEvent value)
        {
        }

        public void Report(RegistryEvent value)
        {
        }
    }
}
