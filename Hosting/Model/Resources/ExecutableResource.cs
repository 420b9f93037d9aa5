namespace Platform.Hosting.ApplicationModel;

/// <summary>A process.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program: a path, or a name that is looked up on the search path.</param>
/// <param name="workingDirectory">The working directory; a relative one is relative to the AppHost's folder.</param>
public class ExecutableResource(string name, string command, string workingDirectory) : Resource(name), IResourceWithEnvironment, IResourceWithArgs,
    IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>The program.</summary>
    public string Command { get; internal set; } = command;

    /// <summary>The working directory.</summary>
    public string WorkingDirectory { get; internal set; } = workingDirectory;
}
