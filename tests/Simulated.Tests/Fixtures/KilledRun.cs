using System.Collections.Immutable;
using System.Text.Json.Nodes;
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

namespace Platform.Deploy.Simulated.Tests.Fixtures;

/// <summary>Runs in this process that stop in the middle, as a process that is killed does: no call after a certain one leaves it, and nothing ends.</summary>
internal sealed class KilledRun : IAsyncDisposable
{
    private static readonly DeploymentModel Model = SampleModel();
    private static readonly ImmutableArray<StackTemplate> Stacks = StackRenderer.Render(Model).Stacks;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly SimulatedCloud _cloud;

    private KilledRun(SimulatedCloud cloud) => _cloud = cloud;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With an empty account.</summary>
    public static async Task<KilledRun> InAsync() =>
        new(await SimulatedCloud.StartAsync(new SimulatorOptions { Speed = ClockSpeed.Max, Region = Model.Settings.Region }, Cancellation));

    /// <returns>How many calls it took; null where it was killed.</returns>
    public Task<int?> DeployAsync(int killAfter = int.MaxValue) => RunAsync(killAfter, async target =>
    {
        var observed = await Observation.ReadAsync(target, Model, new StackRendering(Stacks, []), Cancellation);
        var reading = Planner.Plan(new Desired(Model, Stacks, []), observed);
        Assert.Empty(reading.Problems);
        var work = new DeployWork
        {
            Target = target,
            Model = Model,
            Stacks = Stacks,
            Plan = reading.Plan,
            Holder = Holder(target, "deploy", killAfter),
            MayReplace = [],
            PushImagesAsync = null,
        };
        await new DeployRun(work, new Silent()).RunAsync(Cancellation);
    });

    public Task<int?> DestroyAsync(int killAfter = int.MaxValue) => RunAsync(killAfter, async target =>
    {
        var work = new DestroyWork
        {
            Target = target,
            Names = Model.Names,
            Cluster = Model.ClusterName,
            IsProduction = false,
            Volumes = VolumeFate.Delete,
            Force = false,
            WithAccess = true,
            Holder = Holder(target, "destroy", killAfter),
        };
        var run = new DestroyRun(work, new Silent());
        var remnants = await run.RunAsync(await run.LookAsync(Cancellation), Cancellation);
        Assert.DoesNotContain(remnants, remnant => !remnant.IsMeant);
    });

    /// <summary>Types, stacks and logical ids of all that is there, sorted; and the stacks with their states.</summary>
    public async Task<string> InventoryAsync()
    {
        using var http = new HttpClient { BaseAddress = _cloud.Endpoint };
        var resources = JsonNode.Parse(await http.GetStringAsync("/_simulator/inventory", Cancellation))!.AsArray();
        using var session = AwsSession.Open(Session(static network => network), new Dictionary<string, string>(), TimeProvider.System);
        var stacks = await session.CloudFormation.DescribeStacksAsync(Cancellation).ToListAsync(Cancellation);
        return string.Join('\n', resources.Select(resource => $"{resource!["type"]} {resource["logicalId"]} {resource["stackId"]?.ToString().Split('/')[1]}")
            .Concat(stacks.Select(stack => $"stack {stack.StackName} {StackStatus.ConditionOf(stack.StackStatus)}")).Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> CallsAsync()
    {
        using var http = new HttpClient { BaseAddress = _cloud.Endpoint };
        return [.. JsonNode.Parse(await http.GetStringAsync("/_simulator/calls", Cancellation))!.AsArray().Select(call => call!.ToString())];
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private async Task<int?> RunAsync(int killAfter, Func<AwsTarget, Task> doAsync)
    {
        var gate = new Gate(killAfter);
        var run = OpenedAsync(gate, doAsync);
        if (await Task.WhenAny(run, gate.Killed, Task.Delay(Limit, Cancellation)) is { IsCompleted: true } first && first != run && first != gate.Killed)
        {
            throw new TimeoutException($"a run does not end ({(killAfter == int.MaxValue ? "the second" : "the first")}): {string.Join(' ', (await CallsAsync()).TakeLast(40))}");
        }

        if (!run.IsCompleted)
        {
            return null;
        }

        await run;
        return gate.Calls;
    }

    private async Task OpenedAsync(Gate gate, Func<AwsTarget, Task> doAsync)
    {
        var settings = new AwsTargetSettings(Session(gate.Through), Model.Names, PinnedAccount: null, new Dictionary<string, string>()) { Time = _cloud.Time, Simulated = true };
        using var target = await AwsTarget.OpenAsync(settings, Cancellation);
        await doAsync(target);
    }

    private AwsSessionSettings Session(Func<HttpMessageHandler, HttpMessageHandler> through) => new()
    {
        Region = Model.Settings.Region,
        StandIn = Simulation.StandIn(_cloud),
        Through = through,
    };

    // A process that does not live any more, where it is to be killed.
    private static LockHolder Holder(AwsTarget target, string command, int killAfter) => new()
    {
        Run = $"run{killAfter}",
        Who = target.Identity.Arn,
        Host = "this",
        Process = killAfter == int.MaxValue ? Environment.ProcessId : int.MaxValue - 1,
        Command = command,
        Since = target.Time.GetUtcNow(),
        Renewed = target.Time.GetUtcNow(),
    };

    private static DeploymentModel SampleModel()
    {
        var model = Sample.Model(Profile.Dev);
        return model with { Settings = model.Settings with { Operations = model.Settings.Operations with { Observability = false } } };
    }

    private sealed class Silent : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
        }
    }

    private sealed class Gate(int killAfter)
    {
        private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public int Calls => _calls;

        public Task Killed => _killed.Task;

        public HttpMessageHandler Through(HttpMessageHandler network) => new Counting(this) { InnerHandler = network };

        private sealed class Counting(Gate gate) : DelegatingHandler
        {
            private static readonly Task<HttpResponseMessage> Never = new TaskCompletionSource<HttpResponseMessage>().Task;

            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var number = Interlocked.Increment(ref gate._calls);
                if (number > gate.KillAfter)
                {
                    return await Never;
                }

                if (number < gate.KillAfter)
                {
                    return await base.SendAsync(request, cancellationToken);
                }

                // What was asked for is done, and nobody hears of it; also where the run has called it off meanwhile.
                try
                {
                    using var answer = await base.SendAsync(request, CancellationToken.None);
                }
                finally
                {
                    gate._killed.TrySetResult();
                }

                return await Never;
            }
        }

        private int KillAfter => killAfter;
    }
}
