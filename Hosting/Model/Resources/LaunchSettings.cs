namespace Platform.Hosting;

/// <summary>The file <c>Properties/launchSettings.json</c> of a project.</summary>
public sealed class LaunchSettings
{
    /// <summary>The profiles by their names, in the file's order.</summary>
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}

/// <summary>One way to start a project.</summary>
public sealed class LaunchProfile
{
    /// <summary><c>Project</c> for those that start the project itself; others are not used.</summary>
    public string? CommandName { get; set; }

    /// <summary>Arguments, as one command line.</summary>
    public string? CommandLineArgs { get; set; }

    /// <summary>The program, where <see cref="CommandName"/> is <c>Executable</c>.</summary>
    public string? ExecutablePath { get; set; }

    /// <summary>Not used here.</summary>
    public bool? DotnetRunMessages { get; set; }

    /// <summary>Not used here.</summary>
    public bool? LaunchBrowser { get; set; }

    /// <summary>Shown behind the first URL of the resource.</summary>
    public string? LaunchUrl { get; set; }

    /// <summary>URLs separated by semicolons; each becomes an endpoint.</summary>
    public string? ApplicationUrl { get; set; }

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
