namespace Platform.Benchmarks.Startup;

/// <summary>Something on this machine keeps from measuring.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
