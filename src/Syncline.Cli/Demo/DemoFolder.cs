namespace Syncline.Cli.Demo;

/// <summary>Where a demo keeps its hub: a folder the user named and keeps, or one that is gone afterwards.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DemoFolder(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    public string Path { get; }

    public static DemoFolder Open(string? named) => named is null
        ? new(Directory.CreateTempSubdirectory("syncline-demo-").FullName, isTemporary: true)
        : new(Directory.CreateDirectory(named).FullName, isTemporary: false);

    public void Dispose()
    {
        if (_isTemporary) Directory.Delete(Path, recursive: true);
    }
}
