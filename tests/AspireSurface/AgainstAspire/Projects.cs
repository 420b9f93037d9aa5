namespace Projects;

/// <summary>What the AppHost's build generates.</summary>
internal sealed class WebApp : IProjectMetadata
{
    public string ProjectPath => "WebApp/WebApp.csproj";
}
