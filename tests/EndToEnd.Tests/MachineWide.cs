namespace Platform.EndToEnd.Tests;

/// <summary>Tests that use something which a machine has once: a fixed port, the container engine. None runs beside another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MachineWide
{
    public const string Name = "machine-wide";
}
