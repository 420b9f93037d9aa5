using System.Security.Cryptography;
using System.Text;
using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Run;

/// <summary>Names of instances: unique on the machine, as they name objects of the container engine, too.</summary>
internal static class InstanceIds
{
    private const string Characters = "abcdefghijkmnpqrstuvwxyz";
    private const int Length = 8;

    /// <summary>A container that outlives the application keeps its name, so that the next run finds it.</summary>
    public static string Of(IResource resource, string applicationDirectory) => IsPersistent(resource)
        ? $"{resource.Name}-{Stable(resource, applicationDirectory)}"
        : $"{resource.Name}-{RandomNumberGenerator.GetString(Characters, Length)}";

    /// <summary>A port that stays the same from run to run: a container with other ports would not be the same one.</summary>
    public static int StablePort(string id, string endpoint) =>
        PrivatePorts.First + (BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{endpoint}"))) % (PrivatePorts.Last - PrivatePorts.First));

    public static bool IsPersistent(IResource resource) =>
        resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var lifetime) && lifetime.Lifetime == ContainerLifetime.Persistent;

    private static string Stable(IResource resource, string applicationDirectory) => string.Concat(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{applicationDirectory}/{resource.Name}")).Take(Length).Select(value => Characters[value % Characters.Length]));
}
