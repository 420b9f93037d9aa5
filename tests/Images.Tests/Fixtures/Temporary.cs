namespace Platform.Deploy.Images.Tests.Fixtures;

internal static class Temporary
{
    /// <summary>A new folder; whoever asks for it deletes it.</summary>
    public static string Folder() => Directory.CreateTempSubdirectory("platform-images-").FullName;
}
