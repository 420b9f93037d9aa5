using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Deploy.Aws;
using Platform.Deploy.Problems;

namespace Platform.Deploy.Apply;

/// <summary>Who changes an environment.</summary>
internal sealed record LockHolder
{
    /// <summary>Id of the run.</summary>
    public string Run { get; init; } = "";

    /// <summary>ARN of the caller.</summary>
    public string Who { get; init; } = "";

    /// <summary>Name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>Id of the process on it.</summary>
    public int Process { get; init; }

    /// <summary>Such as <c>deploy</c>.</summary>
    public string Command { get; init; } = "";

    public DateTimeOffset Since { get; init; }

    /// <summary>When the holder last said that it lives.</summary>
    public DateTimeOffset Renewed { get; init; }
}

/// <summary>
/// Keeps two runs apart that change one environment: a parameter of Systems Manager, made by whoever comes first, renewed while the run lives.
/// Its holder may die at any moment: a lock that was not renewed for some time is taken over.
/// </summary>
/// <param name="ssm">Of the account.</param>
/// <param name="name">Of the parameter.</param>
/// <param name="environment">As people call it.</param>
/// <param name="time">Of the run.</param>
internal sealed class EnvironmentLock(SsmClient ssm, string name, string environment, TimeProvider time)
{
    /// <summary>Without a sign of life for so long its holder counts as dead.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private const int MostTurns = 3;

    private static readonly TimeSpan RenewEach = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Whether a process of this machine lives; where it does not, its lock is free at once.</summary>
    public Func<int, bool> IsAlive { get; init; } = OfThisMachine;

    /// <param name="holder">This run.</param>
    /// <param name="tags">Of the parameter, when it is made.</param>
    /// <param name="cancellationToken">Of the run.</param>
    /// <returns>Whose lock was taken over; null where it was free.</returns>
    /// <exception cref="DeployException">Another run holds it.</exception>
    public async Task<LockHolder?> TakeAsync(LockHolder holder, IReadOnlyList<AwsTag> tags, CancellationToken cancellationToken)
    {
        for (var turn = 0; ; turn++)
        {
            var mine = holder with { Renewed = time.GetUtcNow() };
            if (await ssm.CreateParameterAsync(name, Text(mine), tags, cancellationToken))
            {
                return null;
            }

            var other = await ReadAsync(cancellationToken);
            if (other is null && turn < MostTurns)
            {
                // Freed between the two calls.
                continue;
            }

            if (other?.Run == holder.Run)
            {
                // The answer to our own request was lost.
                return null;
            }

            if (other is not null && Left(other, holder) is { } left && left > TimeSpan.Zero)
            {
                throw new DeployException(ApplyProblems.LockHeld(environment, other, left));
            }

            // Two that take over at once both write; whoever wrote last has it.
            await ssm.PutParameterAsync(name, Text(mine), cancellationToken);
            await Task.Delay(Settling, time, cancellationToken);
            var now = await ReadAsync(cancellationToken);
            if (now?.Run == holder.Run)
            {
                return other;
            }

            // A last renewal of the dead one may have been under way.
            if (now is not null && (now.Run != other?.Run || turn >= MostTurns))
            {
                throw new DeployException(ApplyProblems.LockHeld(environment, now, Lifetime));
            }
        }
    }

    /// <summary>Says again and again that the run lives; ends when it is cancelled.</summary>
    /// <exception cref="DeployException">Another run has taken the lock.</exception>
    public async Task KeepAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        // Repeats by itself: nobody waits for it, and a simulated clock does not jump for its sake.
        using var renewals = new PeriodicTimer(RenewEach, time);
        var failures = 0;
        while (await renewals.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                // Not called off: a renewal that is under way could come after the release, and make the lock anew.
                if (await ReadAsync(CancellationToken.None) is { } now && now.Run != holder.Run)
                {
                    throw new DeployException(ApplyProblems.LockLost(environment, now.Who));
                }

                await ssm.PutParameterAsync(name, Text(holder with { Renewed = time.GetUtcNow() }), CancellationToken.None);
                failures = 0;
            }
            catch (AwsException) when (++failures < Lifetime / RenewEach)
            {
                // The lock lives on for some turns without it.
            }
        }
    }

    /// <summary>Where it is still this run's.</summary>
    public async Task ReleaseAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is { } now && now.Run == holder.Run)
        {
            await ssm.DeleteParameterAsync(name, cancellationToken);
        }
    }

    public async Task<LockHolder?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ssm.GetParameterAsync(name, cancellationToken) is not { } parameter)
        {
            return null;
        }

        // What nobody can read is nobody's, so free.
        return Read(parameter.Value) ?? new LockHolder();
    }

    /// <returns>Null where it is none.</returns>
    public static LockHolder? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, EnvironmentLockJson.Default.LockHolder) is { Run.Length: > 0 } holder ? holder : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Names of machines are not unique: containers and laptops share them.
    private TimeSpan Left(LockHolder other, LockHolder holder) =>
        other.Host == holder.Host && other.Who == holder.Who && other.Process != holder.Process && !IsAlive(other.Process) ? TimeSpan.Zero : other.Renewed + Lifetime - time.GetUtcNow();

    private static bool OfThisMachine(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Text(LockHolder holder) => JsonSerializer.Serialize(holder, EnvironmentLockJson.Default.LockHolder);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class EnvironmentLockJson : JsonSerializerContext;
