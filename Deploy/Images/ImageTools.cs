using Platform.Deploy.Registries;

namespace Platform.Deploy.Images;

/// <summary>What every part of this stage works with, for the time of one command.</summary>
/// <param name="Client">Speaks to all registries.</param>
/// <param name="Builder">Who is said to have built.</param>
/// <param name="Values">Arguments and secrets of builds.</param>
/// <param name="Progress">Told how far it is.</param>
internal sealed record ImageTools(RegistryClient Client, ImageBuilder Builder, BuildValues Values, IProgress<ImageEvent> Progress)
{
    /// <summary>For waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
