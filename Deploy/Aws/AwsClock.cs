namespace Platform.Deploy.Aws;

/// <summary>The time that signatures are made with. AWS refuses those of more than five minutes ago or ahead; a laptop's clock may be off by more.</summary>
internal sealed class AwsClock(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    private long _offset;

    public DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Goes by the clock of AWS from now on, where that differs; returns whether it did.</summary>
    public bool Correct(DateTimeOffset theirs)
    {
        if ((theirs - Now).Duration() < Tolerance)
        {
            return false;
        }

        Interlocked.Exchange(ref _offset, (theirs - time.GetUtcNow()).Ticks);
        return true;
    }
}
