namespace Platform.Deploy.Images.Tests.Fixtures;

/// <summary>A PATH with nothing but a few programs of this machine, until it is disposed of.</summary>
internal sealed class NarrowPath : IDisposable
{
    private readonly string _folder = Temporary.Folder();
    private readonly string? _before = Environment.GetEnvironmentVariable("PATH");

    public NarrowPath(params string[] programs)
    {
        foreach (var program in programs)
        {
            File.CreateSymbolicLink(Path.Combine(_folder, program), new FileInfo(Need.Program(program)).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Need.Program(program));
        }

        Environment.SetEnvironmentVariable("PATH", _folder);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _before);
        Directory.Delete(_folder, recursive: true);
    }
}
