using Syncline.Limits;
using Syncline.Storage;

namespace Syncline.Composition.Workspaces;

/// <summary>A copy of the hub for a dry run, in a folder of its own that only this user can read; gone when it is disposed.</summary>
internal sealed class ScratchHub : IDisposable
{
    private readonly DirectoryInfo _folder;

    private ScratchHub(DirectoryInfo folder, SqliteStore store)
    {
        _folder = folder;
        Store = store;
    }

    public SqliteStore Store { get; }

    /// <summary>Where there is no hub yet, none is made: the copy starts empty.</summary>
    public static ScratchHub Of(Workspace workspace)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("syncline-plan-");
        try
        {
            string file = Path.Combine(folder.FullName, "hub.db");
            if (workspace.HasDatabase) workspace.Store.Database.CopyTo(file);
            else workspace.PaceWith(new LocalRateLedger());
            return new(folder, new(SqliteDatabase.Open(file, workspace.Clock, new() { Synchronous = Synchronous.Off })));
        }
        catch
        {
            // Half a copy of a hub is personal data as well.
            folder.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        Store.Database.Dispose();
        _folder.Delete(recursive: true);
    }
}
