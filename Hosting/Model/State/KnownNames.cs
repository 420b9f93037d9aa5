namespace Platform.Hosting.ApplicationModel;

/// <summary>The states that the dashboard has an icon for.</summary>
public static class KnownResourceStates
{
    /// <summary>Not shown.</summary>
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>On its way to <see cref="Running"/>.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>The process or container runs. Whether it is healthy is another question.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The container engine does not answer.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>It was told to stop.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It ended, by itself with an error or because it was told to.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It ended with exit code 0.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It waits for other resources.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It starts when somebody asks for it.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It is in use and has no process of its own.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>Its image or project is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>A parameter has no value yet.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>Nobody knows.</summary>
    public static readonly string Unknown = nameof(Unknown);

    /// <summary>A container, where no engine answers that could run it.</summary>
    internal const string NoContainerEngine = "No container engine";

    /// <summary>The states that are not left without a command.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>The colours of a state.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>It failed.</summary>
    public static readonly string Error = "error";

    /// <summary>Neither good nor bad.</summary>
    public const string Info = "info";

    /// <summary>Somebody should look.</summary>
    public const string Warn = "warning";
}

/// <summary>The kinds of resource that the dashboard has an icon for.</summary>
internal static class KnownResourceTypes
{
    /// <summary>A .NET project.</summary>
    public const string Project = nameof(Project);

    /// <summary>A process.</summary>
    public const string Executable = nameof(Executable);

    /// <summary>A container.</summary>
    public const string Container = nameof(Container);

    /// <summary>A parameter.</summary>
    public const string Parameter = nameof(Parameter);

    /// <summary>A connection string.</summary>
    public const string ConnectionString = nameof(ConnectionString);

    /// <summary>Something outside the application.</summary>
    public const string ExternalService = nameof(ExternalService);
}

/// <summary>The relations that the dashboard understands.</summary>
internal static class KnownRelationshipTypes
{
    /// <summary>Belongs to.</summary>
    public const string Parent = nameof(Parent);

    /// <summary>Uses an address or a connection string of.</summary>
    public const string Reference = nameof(Reference);

    /// <summary>Starts after.</summary>
    public const string WaitFor = nameof(WaitFor);
}

/// <summary>The names of the facts that the dashboard understands.</summary>
internal static class KnownProperties
{
    internal const string Source = "resource.source";
    internal const string ExitCode = "resource.exitCode";
    internal const string ConnectionString = "resource.connectionString";
    internal const string ParentName = "resource.parentName";
    internal const string AppArgs = "resource.appArgs";
    internal const string WaitingFor = "resource.waitingFor";
    internal const string ProjectPath = "project.path";
    internal const string ProjectLaunchProfile = "project.launchProfile";
    internal const string ExecutablePath = "executable.path";
    internal const string ExecutablePid = "executable.pid";
    internal const string ExecutableWorkDir = "executable.workDir";
    internal const string ExecutableArgs = "executable.args";
    internal const string ContainerId = "container.id";
    internal const string ContainerImage = "container.image";
    internal const string ContainerPorts = "container.ports";
    internal const string ContainerCommand = "container.command";
    internal const string ContainerArgs = "container.args";
    internal const string ParameterValue = "Value";
}
