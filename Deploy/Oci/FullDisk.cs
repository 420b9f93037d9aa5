namespace Platform.Deploy.Oci;

/// <summary>Tells a disk without room from other failures of files.</summary>
internal static class FullDisk
{
    // errno of Unix as .NET hands it on, and the two codes of Windows.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int MacQuotaExceeded = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool Is(Exception failure) =>
        failure is IOException { HResult: NoSpace or QuotaExceeded or MacQuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull };
}
