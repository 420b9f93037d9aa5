namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>An image of a .NET program that tells about its own process, built and pushed once for all tests of a class.</summary>
public sealed class RunnableImage : IAsyncLifetime
{
    private const string Program =
        """
        var app = WebApplication.CreateSlimBuilder(args).Build();
        app.MapGet("/health", () => "Healthy");
        app.MapGet("/process", () => string.Join('\n', [
            .. File.ReadLines("/proc/self/status").Where(line => line.Split(':')[0] is "Uid" or "Gid" or "CapEff" or "NoNewPrivs").Select(line => line.Replace('\t', ' ')),
            $"/app: {Write("/app/file")}",
            $"/: {Write("/file")}",
            $"/tmp: {Write("/tmp/file")}",
            $"memory: {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB",
            $"architecture: {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}"]));
        app.MapGet("/until-stopped", async (HttpContext http, IHostApplicationLifetime lifetime) =>
        {
            var stopping = new TaskCompletionSource();
            lifetime.ApplicationStopping.Register(stopping.SetResult);
            await http.Response.WriteAsync("begun\n");
            await http.Response.Body.FlushAsync();
            await stopping.Task;
            await http.Response.WriteAsync("finished\n");
        });
        app.Run();

        static string Write(string path)
        {
            try
            {
                File.WriteAllText(path, "");
                return "written";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return "refused";
            }
        }
        """;

    private readonly BaseRegistry _bases = new();

    /// <summary>By digest, for amd64 and arm64.</summary>
    internal string Reference { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Need.ContainerEngine();
        await _bases.InitializeAsync();
        using var application = SampleApplication.Create(_bases);
        application.Write("Web/Program.cs", Program);
        application.Commit("Tell about the process", "2026-02-04T05:06:07Z");
        var result = await application.Order(_bases.BaseImage).PushAsync(_bases.Registry);
        Reference = result.Pushed[0].Reference;
    }

    public ValueTask DisposeAsync() => _bases.DisposeAsync();
}
