namespace Platform.Deploy.Problems;

/// <summary>What the process ends with. The numbers are part of the command's contract and never change.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A bug: anything that is not a <see cref="Problem"/>.</summary>
    public const int Bug = 1;

    public const int Usage = 2;

    /// <summary>What the user wrote is wrong: the manifest, the settings, a project that does not build.</summary>
    public const int Input = 3;

    /// <summary>What the machine or the account lacks: credentials, a container engine, a tool.</summary>
    public const int Environment = 4;

    /// <summary>The target refused or failed while it was being changed. Running again goes on from there.</summary>
    public const int ApplyFailed = 5;

    public const int Cancelled = 130;
}
