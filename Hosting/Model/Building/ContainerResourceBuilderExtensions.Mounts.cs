using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Mounts a volume with a name.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="name">The volume's name; null for one that goes with the container.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="isReadOnly">Whether the container cannot write there.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Mounts a volume that goes with the container.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="target">The path in the container.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
        where T : ContainerResource => builder.WithVolume(name: null, target);

    /// <summary>Mounts a file or folder of the machine.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="source">The path on the machine; a relative one is relative to the AppHost's folder.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="isReadOnly">Whether the container cannot write there.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), target, ContainerMountType.BindMount, isReadOnly));

    /// <summary>Keeps the data of a database image in a volume that outlives the container.</summary>
    /// <remarks>
    /// The integrations of Aspire have this method on their own resource types; here it knows where well-known images keep their data.
    /// <c>Build()</c> reports an image that it does not know.
    /// </remarks>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container.</param>
    /// <param name="name">The volume's name; made from the application's and the resource's where it is null.</param>
    /// <param name="isReadOnly">Whether the container cannot write there.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithDataVolume<T>(this IResourceBuilder<T> builder, string? name = null, bool isReadOnly = false)
        where T : ContainerResource
    {
        _ = builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image);
        return DataDirectories.Of(image) is { } directory
            ? builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), directory, isReadOnly)
            : builder.WithAnnotation(new UnknownDataDirectoryAnnotation());
    }

    /// <summary>Sets a build argument.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container, built from a Dockerfile.</param>
    /// <param name="name">The argument.</param>
    /// <param name="value">Its value; null takes it from the environment of the build.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource => builder.WithBuild(build => build.BuildArguments[name] = value);

    /// <summary>Sets a build argument to a parameter.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container, built from a Dockerfile.</param>
    /// <param name="name">The argument.</param>
    /// <param name="value">The parameter; a secret one belongs into <c>WithBuildSecret</c>.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource => value.Resource.Secret
            ? throw new DistributedApplicationException(Problems.ModelProblems.SecretBuildArgument(builder.Resource.Name, name, value.Resource.Name))
            : builder.WithBuild(build => build.BuildArguments[name] = value.Resource);

    /// <summary>Gives the build a secret.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The container, built from a Dockerfile.</param>
    /// <param name="name">The secret's id.</param>
    /// <param name="value">The parameter.</param>
    /// <returns>The container.</returns>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource => builder.WithBuild(build => build.BuildSecrets[name] = value.Resource);

    private static IResourceBuilder<T> WithBuild<T>(this IResourceBuilder<T> builder, Action<DockerfileBuildAnnotation> change)
        where T : ContainerResource
    {
        if (!builder.Resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
        {
            throw new DistributedApplicationException(Problems.ModelProblems.NotBuilt(builder.Resource.Name));
        }

        change(build);
        return builder;
    }
}
