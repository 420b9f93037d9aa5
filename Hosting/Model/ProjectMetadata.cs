namespace Platform.Hosting;

/// <summary>A project that an application runs. The build writes a class for every project reference of the AppHost.</summary>
public interface IProjectMetadata
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }
}

/// <summary>A project that the build of the AppHost has built, so that it can be started without asking MSBuild.</summary>
public interface IBuiltProjectMetadata : IProjectMetadata
{
    /// <summary>Full path of the built assembly; its apphost and its runtime configuration lie beside it.</summary>
    string AssemblyPath { get; }
}
