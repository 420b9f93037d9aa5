namespace Platform.Hosting.Problems;

/// <summary>What the process ends with. The numbers are part of the command's contract and never change.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A bug: anything that is not a <see cref="Problem"/>.</summary>
    public const int Bug = 1;

    public const int Usage = 2;

    /// <summary>What the user wrote is wrong: the model, a project that does not build, a missing parameter.</summary>
    public const int Input = 3;

    /// <summary>What the machine lacks: the bundle, a free port, Node.js.</summary>
    public const int Environment = 4;

    public const int ApplyFailed = 5;

    public const int Cancelled = 130;
}
