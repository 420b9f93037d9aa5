namespace Platform.Hosting.Bundles;

/// <summary>Aspire's orchestrator and dashboard on this machine.</summary>
/// <param name="DcpPath">The program <c>dcp</c>, absolute.</param>
/// <param name="DashboardPath">The program <c>aspire-managed</c>, absolute; its <c>wwwroot</c> lies beside it.</param>
/// <param name="Source">What named the place, such as <c>ASPIRE_DCP_PATH</c>.</param>
/// <param name="Version">Of the bundle; null where its directory does not tell.</param>
internal sealed record Bundle(string DcpPath, string DashboardPath, string Source, Version? Version);
