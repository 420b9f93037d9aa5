using System.Collections.Immutable;
using Platform.Deploy.Apply;
using Platform.Deploy.Aws;
using Platform.Deploy.Commands;
using Platform.Deploy.Infrastructure;
using Platform.Deploy.Model;
using Platform.Deploy.Planning;
using Platform.Deploy.Settings;
using Platform.Deploy.Tests;
using Platform.Simulator;
using Platform.Simulator.Accounts;

namespace Platform.Benchmarks.Apply;

/// <summary>A first deployment of a small application into an empty simulated account, on its clock.</summary>
/// <param name="Whole">From the lock to the record.</param>
/// <param name="LongestWay">Of the stacks: how long the slowest chain took, each from its first request to its last event.</param>
/// <param name="Repositories">Until images could be pushed.</param>
internal sealed record FirstDeployment(TimeSpan Whole, TimeSpan LongestWay, TimeSpan Repositories)
{
    private static readonly DeploymentModel Model = Sample.Model(Profile.Dev);
    private static readonly ImmutableArray<StackTemplate> Stacks = StackRenderer.Render(Model).Stacks;

    /// <param name="speed">Minutes of the account in one: less is more exact.</param>
    /// <param name="images">How long building and pushing take; null: there are none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FirstDeployment> MeasureAsync(double speed, TimeSpan? images, CancellationToken cancellationToken)
    {
        await using var cloud = await SimulatedCloud.StartAsync(new SimulatorOptions { Speed = ClockSpeed.Times(speed), Region = Model.Settings.Region }, cancellationToken);
        var session = new AwsSessionSettings { Region = Model.Settings.Region, StandIn = Simulation.StandIn(cloud) };
        using var target = await AwsTarget.OpenAsync(new AwsTargetSettings(session, Model.Names, PinnedAccount: null, new Dictionary<string, string>()) { Time = cloud.Time, Simulated = true }, cancellationToken);
        var observed = await Observation.ReadAsync(target, Model, new StackRendering(Stacks, []), cancellationToken);
        var times = new StepTimes(cloud.Time);
        var work = new DeployWork
        {
            Target = target,
            Model = Model,
            Stacks = Stacks,
            Plan = Planner.Plan(new Desired(Model, Stacks, []), observed).Plan,
            Holder = new LockHolder { Run = "benchmark", Host = "this", Process = Environment.ProcessId, Command = "deploy", Since = cloud.Time.GetUtcNow() },
            MayReplace = [],
            PushImagesAsync = images is { } span ? (_, token) => PushAsync(span, cloud.Time, token) : null,
        };
        var began = cloud.Time.GetUtcNow();
        await new DeployRun(work, times).RunAsync(cancellationToken);
        var durations = Stacks.Where(stack => times.Of(stack.ShortName) is not null).ToDictionary(stack => stack.Name, stack => times.Of(stack.ShortName) ?? TimeSpan.Zero, StringComparer.Ordinal);
        return new FirstDeployment(
            cloud.Time.GetUtcNow() - began,
            StackGraph.LongestWay(StackGraph.Of(Stacks), durations),
            (times.Began(DeployRun.ImagesStep) ?? began) - began);
    }

    private static async Task<StepResult> PushAsync(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(span, time, cancellationToken);
        return new StepResult(StepOutcome.Done, "");
    }

    private sealed class StepTimes(TimeProvider time) : IProgress<RunEvent>
    {
        private readonly Dictionary<string, DateTimeOffset> _began = new(StringComparer.Ordinal);
        private readonly Dictionary<string, TimeSpan> _took = new(StringComparer.Ordinal);

        public DateTimeOffset? Began(string step) => _began.TryGetValue(step, out var began) ? began : null;

        public TimeSpan? Of(string step) => _took.TryGetValue(step, out var took) ? took : null;

        public void Report(RunEvent value)
        {
            lock (_began)
            {
                if (value is RunEvent.Started started)
                {
                    _began[started.Step] = time.GetUtcNow();
                }
                else if (value is RunEvent.Finished finished)
                {
                    _took[finished.Step] = time.GetUtcNow() - _began[finished.Step];
                }
            }
        }
    }
}
