using System.Net.Http;
using Syncline.Composition.Configuration;
using Syncline.Composition.Secrets;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Limits;
using Syncline.Storage;

namespace Syncline.Server.Hosting;

/// <summary>The working folder a server serves: one database, one pace, and the configuration as it is now.</summary>
/// <remarks>A changed configuration file is taken up by the next one who asks; who works goes on with what was there when he began.</remarks>
internal sealed class Premises : IDisposable
{
    private readonly Surroundings _surroundings;
    private readonly string? _configFile;
    private readonly string? _dataFolder;
    private readonly Lock _gate = new();
    private readonly SharedHub _shared;
    private readonly string _awaitedFile;
    private (Workspace Workspace, (DateTime, long)? Stamp)? _current;

    // Once there was a file it is that file's words that count: without it a run starts nothing, least of all by what the environment says.
    private string? _seenFile;

    public Premises(Surroundings surroundings, string? configFile, string? dataFolder)
    {
        (_surroundings, _configFile, _dataFolder) = (surroundings, configFile, dataFolder);
        using Workspace place = new(surroundings, configFile, dataFolder);
        (Folder, DataFolder) = (place.Folder, place.DataFolder);
        _awaitedFile = place.ConfigurationFile ?? Path.Combine(Folder, ConfigurationReader.FileName);
        SqliteStore store = new(SqliteDatabase.Open(place.DatabaseFile, surroundings.Clock));
        _shared = new(store, new HttpMessageInvoker(surroundings.Http()), new Governor(surroundings.Clock, store.Rates), new CredentialVault(store, DataFolder, surroundings.Clock));
    }

    public string Folder { get; }

    public string DataFolder { get; }

    public TimeProvider Clock => _surroundings.Clock;

    public SqliteStore Store => _shared.Store;

    /// <summary>The one pace of all runs of this process.</summary>
    public Governor Governor => _shared.Governor;

    public CredentialVault Vault => _shared.Vault;

    public Surroundings Surroundings => _surroundings;

    /// <summary>Held by whoever changes the configuration file, which is read and written as one: of two at once, the second finds what the first has written.</summary>
    public SemaphoreSlim Editing { get; } = new(1);

    /// <summary>To look with: its connections are shared by whoever asks.</summary>
    public Workspace Current
    {
        get
        {
            lock (_gate)
            {
                (DateTime, long)? stamp = Stamp();
                // A file that is gone at one look is in somebody's hands: what it last said holds.
                if (_current is { } known && (stamp == known.Stamp || (stamp is null && _seenFile is not null))) return known.Workspace;
                Workspace fresh = Open(Priority.Manual);
                ReadOnce(fresh);
                _current = (fresh, stamp);
                _seenFile ??= fresh.ConfigurationFile;
                return fresh;
            }
        }
    }

    /// <summary>A workspace of one's own, for a run: connections keep what they learnt of an account for as long as one run.</summary>
    /// <param name="proposed">Worked with in the place of what the file says.</param>
    public Workspace Open(Priority priority, SynclineConfiguration? proposed = null) => new(_surroundings, _configFile ?? _seenFile, _dataFolder, _shared) { Priority = priority, Proposed = proposed };

    /// <summary>Forgets what was read of the configuration; the next one who asks reads it anew.</summary>
    public void Reload()
    {
        // No file has that stamp: what is there is read anew, and what is gone is not forgotten.
        lock (_gate) _current = _current is { } known ? known with { Stamp = (default, -1) } : null;
    }

    /// <summary>The configuration as it is now, or why it cannot be read.</summary>
    public (SynclineConfiguration? Configuration, Exception? Problem) TryConfiguration()
    {
        try
        {
            return (Current.ConfigurationOrNone, null);
        }
        catch (Exception broken) when (broken is ConfigurationException or UsageException or IOException or UnauthorizedAccessException)
        {
            return (null, broken);
        }
    }

    public void Dispose()
    {
        Editing.Dispose();
        _shared.Http.Dispose();
        _shared.Store.Database.Dispose();
    }

    /// <summary>Null while there is no file.</summary>
    private (DateTime, long)? Stamp() => new FileInfo(_awaitedFile) is { Exists: true } info ? (info.LastWriteTimeUtc, info.Length) : null;

    /// <summary>What could not be read at all is tried again at the next look; a mistake in it waits for a change, and whoever asks is told of it.</summary>
    private static void ReadOnce(Workspace workspace)
    {
        try
        {
            _ = workspace.ConfigurationOrNone;
        }
        catch (ConfigurationException)
        {
            // Kept by the workspace, which says so to everybody who needs the configuration.
        }
    }
}
