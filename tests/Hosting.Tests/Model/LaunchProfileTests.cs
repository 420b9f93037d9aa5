using Platform.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class LaunchProfileTests : IDisposable
{
    private const string Several = """
        {
          // Which one counts?
          "$schema": "https://json.schemastore.org/launchsettings.json",
          "profiles": {
            "IIS Express": { "commandName": "IISExpress", "applicationUrl": "http://localhost:1" },
            "first": { "commandName": "Project", "applicationUrl": "http://localhost:5001", "environmentVariables": { "COLOUR": "red" } },
            "second": { "CommandName": "Project", "ApplicationUrl": "https://localhost:5443;http://localhost:5002" }, /* the last */
          },
        }
        """;

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_profile_that_starts_the_project_counts()
    {
        var project = _folder.ForRun("--DOTNET_LAUNCH_PROFILE", "").AddProject("web", _folder.AddProject("Web", Several));

        Assert.Equal("first: http=http:5001", Shown(project));
    }

    [Fact]
    public void The_profile_called_as_the_AppHost_s_own_counts_more()
    {
        var project = _folder.ForRun("--DOTNET_LAUNCH_PROFILE", "second").AddProject("web", _folder.AddProject("Web", Several));

        Assert.Equal("second: https=https:5443 http=http:5002", Shown(project));
    }

    [Fact]
    public void A_profile_of_the_AppHost_that_does_not_start_the_project_does_not_count()
    {
        var project = _folder.ForRun("--DOTNET_LAUNCH_PROFILE", "IIS Express").AddProject("web", _folder.AddProject("Web", Several));

        Assert.Equal("first: http=http:5001", Shown(project));
    }

    [Fact]
    public void The_profile_that_is_named_counts_most()
    {
        var project = _folder.ForRun("--DOTNET_LAUNCH_PROFILE", "first").AddProject("web", _folder.AddProject("Web", Several), launchProfileName: "second");

        Assert.Equal("second: https=https:5443 http=http:5002", Shown(project));
    }

    [Fact]
    public void No_profile_counts_where_none_is_wanted()
    {
        var path = _folder.AddProject("Web", Several);
        var builder = _folder.ForRun();

        var byName = builder.AddProject("a", path, launchProfileName: null);
        var byOption = builder.AddProject("b", path, options => options.ExcludeLaunchProfile = true);

        Assert.Equal(("none:", "none:"), (Shown(byName), Shown(byOption)));
    }

    [Fact]
    public void A_project_without_profiles_has_no_endpoints()
    {
        var project = _folder.ForRun().AddProject("worker", _folder.AddProject("Worker"));

        Assert.Equal("none:", Shown(project));
    }

    [Fact]
    public void A_profile_brings_its_variables()
    {
        var project = _folder.ForRun("--DOTNET_LAUNCH_PROFILE", "").AddProject("web", _folder.AddProject("Web", Several));

        Assert.Equal(
            [KeyValuePair.Create("COLOUR", "red")],
            project.Resource.Annotations.OfType<SelectedLaunchProfile>().Single().Profile.EnvironmentVariables);
    }

    [Fact]
    public void Addresses_of_Kestrel_and_free_ports_are_understood()
    {
        var project = _folder.ForRun().AddProject("web", _folder.AddWebProject("Web", "http://*:5000; http://+:5001;http://127.0.0.1:0;nonsense"));

        Assert.Equal("http: http=http:5000 http2=http:5001 http3=http:", Shown(project));
    }

    [Fact]
    public void A_manifest_takes_the_endpoints_without_their_ports_and_always_HTTP()
    {
        var builder = _folder.ForPublish();

        var both = builder.AddProject("both", _folder.AddWebProject("Both", "https://localhost:5443;http://localhost:5002"));
        var secure = builder.AddProject("secure", _folder.AddWebProject("Secure", "https://localhost:5443"));
        var none = builder.AddProject("none", _folder.AddWebProject("None", ""));

        Assert.Equal(
            ("http: http=http: https=https:", "http: http=http: https=https:", "http:"), (Shown(both), Shown(secure), Shown(none)));
    }

    [Fact]
    public void A_folder_stands_for_its_only_project()
    {
        _folder.AddProject("Web");

        var project = _folder.ForRun().AddProject("web", "../Web");

        Assert.Equal(Path.Combine(_folder.Root, "Web", "Web.csproj"), project.Resource.GetProjectMetadata().ProjectPath);
    }

    private static string Shown(IResourceBuilder<ProjectResource> project)
    {
        var profile = project.Resource.Annotations.OfType<SelectedLaunchProfile>().SingleOrDefault();
        var endpoints = project.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => $" {endpoint.Name}={endpoint.UriScheme}:{endpoint.Port}");
        return $"{profile?.Name ?? "none"}:{string.Concat(endpoints)}";
    }
}
