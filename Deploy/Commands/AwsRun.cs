using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Platform.Deploy.Apply;
using Platform.Deploy.Problems;
using Platform.Deploy.Terminal;

namespace Platform.Deploy.Commands;

/// <summary>A run that changes an environment: its id, its log, how it is shown, and how it ends.</summary>
internal sealed class AwsRun : IDisposable
{
    private readonly OpenedEnvironment _opened;
    private readonly Screen _screen;
    private readonly RunLog? _log;
    private RunProgress? _progress;

    private AwsRun(OpenedEnvironment opened, LockHolder holder, Screen screen, RunLog? log) => (_opened, Holder, _screen, _log) = (opened, holder, screen, log);

    public LockHolder Holder { get; }

    /// <param name="opened">The environment.</param>
    /// <param name="command">Such as <c>deploy</c>.</param>
    /// <param name="screen">Where it is shown.</param>
    public static AwsRun Begin(OpenedEnvironment opened, string command, Screen screen)
    {
        var now = opened.Target.Time.GetUtcNow();
        var holder = new LockHolder
        {
            Run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            Who = opened.Target.Identity.Arn,
            Host = Environment.MachineName,
            Process = Environment.ProcessId,
            Command = command,
            Since = now,
            Renewed = now,
        };
#pragma warning disable CA2000 // The run owns it.
        var log = RunLog.Open(RunLog.FolderOf(Environment.GetEnvironmentVariable), holder.Run, TimeProvider.System.GetUtcNow());
#pragma warning restore CA2000
        log?.Write($"platform aws {command} of {opened.Names.Prefix} in account {opened.Target.Account}, {opened.Target.Region}, as {holder.Who}{(opened.Target.Simulated ? ", simulated" : "")}");
        if (log is not null)
        {
            opened.Calls.Listen(attempt => log.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{attempt.Api.ActionPrefix}:{attempt.Operation} attempt {attempt.Number} {(attempt.Code.Length == 0 ? "ok" : attempt.Code)} {attempt.Duration.TotalMilliseconds:0} ms {attempt.RequestId}")));
        }

        return new AwsRun(opened, holder, screen, log);
    }

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Does it without asking." };

    /// <param name="title">Such as <c>Deploying shop-dev</c>.</param>
    /// <param name="expected">Null: nobody knows.</param>
    public RunProgress Show(string title, TimeSpan? expected)
    {
        var form = _opened.Input.Output == AwsOutput.Json ? RunForm.Json : _screen.Live ? RunForm.Live : RunForm.Plain;
        var simulated = _opened.Target.Simulated ? " (simulated)" : "";
        _progress = new RunProgress(_screen, form, new RunHeading(title + simulated, _opened.Target.Time.GetUtcNow(), expected), _opened.Target.Time, _log);
        return _progress;
    }

    /// <summary>Does it within the time of <c>--timeout</c>; tells at a bad end where the log is and how to go on.</summary>
    public async Task<int> WithinAsync(Func<CancellationToken, Task<int>> doAsync, CancellationToken cancellationToken)
    {
        using var limit = Deadline.Of(_opened.Input.Timeout, cancellationToken);
        try
        {
            return await doAsync(limit.Token);
        }
        catch (DeployException failed)
        {
            _log?.Write(failed.Problems);
            await TellLogAsync();
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _screen.Error.WriteLineAsync($"Stopped. What AWS has begun goes on there; 'platform aws {Holder.Command} --environment {_opened.Names.Environment}' goes on from there.");
            throw;
        }
        catch (OperationCanceledException late) when (limit.Token.IsCancellationRequested && _opened.Input.Timeout is { } span)
        {
            var problem = ApplyProblems.TimedOut(span, _progress?.Unfinished ?? []);
            _log?.Write([problem]);
            await TellLogAsync();
            throw new DeployException([problem], late);
        }
        catch (Exception bug)
        {
            _log?.Write(string.Create(CultureInfo.InvariantCulture, $"{bug}"));
            await TellLogAsync();
            throw;
        }
    }

    public void Dispose()
    {
        _progress?.Dispose();
        _log?.Dispose();
    }

    private async Task TellLogAsync()
    {
        if (_log is not null)
        {
            await _screen.Error.WriteLineAsync($"The log of this run: {_log.Path}");
        }
    }
}
