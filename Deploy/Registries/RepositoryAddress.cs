namespace Platform.Deploy.Registries;

/// <summary>A repository of a registry.</summary>
/// <param name="Host">With the port where it is not the scheme's, such as <c>ghcr.io</c> or <c>localhost:5000</c>.</param>
/// <param name="Name">Such as <c>library/redis</c>.</param>
internal sealed record RepositoryAddress(string Host, string Name)
{
    public override string ToString() => $"{Host}/{Name}";
}
