namespace Platform.TestSupport;

/// <summary>The checkout that the running test was built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> FoundRoot = new(FindRoot);

    /// <summary>The folder that holds <c>Platform.sln</c>. (Caller file paths are no use: a CI build maps them to <c>/_/</c>.)</summary>
    public static string Root => FoundRoot.Value;

    /// <summary>The source folder of the running test project, such as <c>tests/Hosting.Tests</c>.</summary>
    public static string TestProject => Path.Combine(Root, "tests", typeof(Repository).Assembly.GetName().Name ?? "");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Platform.sln.");
    }
}
