using System.Collections.Immutable;
using System.CommandLine;
using Platform.Deploy.Apply;
using Platform.Deploy.Problems;
using Platform.Deploy.Settings;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary><c>platform aws destroy</c>: takes an environment away and proves it.</summary>
internal static class AwsDestroyCommand
{
    public static Verb Verb(AwsOptions options)
    {
        var own = new DestroyOptions();
        var verb = new Verb("destroy", "Takes an environment away: shows first what goes and what stays, asks for its name, and ends with an inventory of what is left.")
        {
            Run = (parsed, screen, cancellationToken) => RunAsync(options.Read(parsed), own.Read(parsed), screen, cancellationToken),
            Examples =
            [
                new Example("platform aws destroy --environment dev", "asks for the name of the environment"),
                new Example("platform aws destroy -e dev --confirm shop-dev --delete-data", "without a question, with the volumes"),
                new Example("platform aws destroy -e production --unprotect", "switches the protection of production off, and deletes nothing"),
                new Example("platform aws destroy -e production --i-know", "and then destroys it"),
            ],
        };
        own.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(AwsInput input, DestroyInput asked, Screen screen, CancellationToken cancellationToken)
    {
        await using var opened = await OpenedEnvironment.OpenAsync(input, cancellationToken);
        using var run = AwsRun.Begin(opened, "destroy", screen);
        return await run.WithinAsync(async token =>
        {
            var work = WorkOf(opened, asked, run.Holder);
            var sight = await new DestroyRun(work, new NoProgress()).LookAsync(token);
            await screen.Error.WriteAsync(DestroyText.Sight(opened.Names.Prefix, opened.Target, sight, work.Volumes, new Palette(screen.Colours)));
            if (asked.Unprotect)
            {
                await new DestroyRun(work, new NoProgress()).UnprotectAsync(sight, token);
                await screen.Error.WriteLineAsync($"The stacks of {opened.Names.Prefix} are no longer protected. Nothing was deleted.");
                return ExitCode.Ok;
            }

            Refuse(opened.Names.Prefix, work, sight, asked);
            if (!sight.IsEmpty)
            {
                await ConfirmAsync(opened.Names.Prefix, asked, screen, token);
            }

            return await DestroyAsync(opened, work, sight, run, screen, token);
        }, cancellationToken);
    }

    private static async Task<int> DestroyAsync(OpenedEnvironment opened, DestroyWork work, DestroySight sight, AwsRun run, Screen screen, CancellationToken cancellationToken)
    {
        ImmutableArray<Remnant> remnants;
        using (var progress = run.Show($"Destroying {opened.Names.Prefix} in {opened.Target.Region}", expected: null))
        {
            remnants = await new DestroyRun(work, progress).RunAsync(sight, cancellationToken);
        }

        await screen.Out.WriteAsync(DestroyText.Proof(opened.Names.Prefix, remnants, sight, opened.Input.Output == AwsOutput.Json, screen));
        var orphans = remnants.Where(remnant => !remnant.IsMeant).ToList();
        return orphans.Count == 0 ? ExitCode.Ok : throw new DeployException(ApplyProblems.Orphans(opened.Names.Prefix, [.. orphans]));
    }

    private static DestroyWork WorkOf(OpenedEnvironment opened, DestroyInput asked, LockHolder holder) => new()
    {
        Target = opened.Target,
        Names = opened.Names,
        Cluster = opened.Settings.Cluster.Existing is null ? opened.Names.Cluster : null,
        IsProduction = opened.Settings.Profile == Profile.Production,
        Volumes = asked.Volumes,
        Force = asked.Force,
        WithAccess = asked.WithAccess,
        Holder = holder,
    };

    private static void Refuse(string environment, DestroyWork work, DestroySight sight, DestroyInput asked)
    {
        var problems = new List<Problem>();
        var guarded = sight.Stacks.Where(stack => stack.State.EnableTerminationProtection).Select(stack => stack.State.StackName).ToList();
        if (work.IsProduction && guarded.Count > 0)
        {
            problems.Add(ApplyProblems.Protected(environment, guarded, work.WithAccess));
        }

        if (work.IsProduction && !asked.Knows && !sight.IsEmpty)
        {
            problems.Add(ApplyProblems.NotKnown(environment));
        }

        if (work.Volumes == VolumeFate.Unsaid && sight.Volumes.Length + sight.Snapshots.Length > 0)
        {
            problems.Add(ApplyProblems.HasData(environment, sight.Volumes.Length, sight.Snapshots.Length, sight.Volumes.Take(10).Select(DestroyText.Line)));
        }

        if (problems.Count > 0)
        {
            throw new DeployException(problems);
        }
    }

    private static async Task ConfirmAsync(string environment, DestroyInput asked, Screen screen, CancellationToken cancellationToken)
    {
        var nobody = ApplyProblems.NobodyToAsk($"Is {environment} to be destroyed?", $"Look at what goes and what stays, above, then give --confirm {environment}.");
        var name = asked.Confirm ?? await Confirmation.LineAsync(screen, $"Type {environment} to destroy it: ", nobody, cancellationToken);
        if (name != environment)
        {
            throw new DeployException(ApplyProblems.WrongName(environment, name));
        }
    }

    private sealed class NoProgress : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
        }
    }
}

/// <param name="Confirm">The name of the environment; null: it is asked for.</param>
/// <param name="Knows">Of production.</param>
internal sealed record DestroyInput(string? Confirm, bool Knows, bool Unprotect, VolumeFate Volumes, bool Force, bool WithAccess);

internal sealed class DestroyOptions
{
    private readonly Option<string?> _confirm = new("--confirm") { HelpName = "NAME", Description = "The name of the environment, such as shop-dev, so that nothing is asked." };

    private readonly Option<bool> _knows = new("--i-know") { Description = "For production, beside its name." };

    private readonly Option<bool> _unprotect = new("--unprotect") { Description = "Only switches the protection from deletion off: for production in a run before." };

    private readonly Option<bool> _deleteData = new("--delete-data") { Description = "Volumes and snapshots of the applications are deleted too." };

    private readonly Option<bool> _keepData = new("--keep-data") { Description = "Volumes and snapshots of the applications stay, and cost money." };

    private readonly Option<bool> _force = new("--force") { Description = "Leaves what CloudFormation cannot delete, and names it." };

    private readonly Option<bool> _access = new("--include-access") { Description = "The roles that deploy the environment go too; needs an administrator." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _confirm, _knows, _unprotect, _deleteData, _keepData, _force, _access })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="DeployException">Options exclude each other.</exception>
    public DestroyInput Read(ParseResult parsed)
    {
        var volumes = (parsed.GetValue(_deleteData), parsed.GetValue(_keepData)) switch
        {
            (true, true) => throw new DeployException(UsageProblems.Excluding("--delete-data", "--keep-data")),
            (true, _) => VolumeFate.Delete,
            (_, true) => VolumeFate.Keep,
            _ => VolumeFate.Unsaid,
        };
        return new DestroyInput(parsed.GetValue(_confirm), parsed.GetValue(_knows), parsed.GetValue(_unprotect), volumes, parsed.GetValue(_force), parsed.GetValue(_access));
    }
}
