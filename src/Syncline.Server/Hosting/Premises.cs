using System.Net.Http;
using Syncline.Composition.Configuration;
using Syncline.Composition.Secrets;
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
    private (Workspace Workspace, (DateTime, long) Stamp)? _current;

    public Premises(Surroundings surroundings, string? configFile, string? dataFolder)
    {
        (_surroundings, _configFile, _dataFolder) = (surroundings, configFile, dataFolder);
        using Workspace place = new(surroundings, configFile, dataFolder);
        (Folder, DataFolder) = (place.Folder, place.DataFolder);
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

    /// <summary>To look with: its connections are shared by whoever asks.</summary>
    public Workspace Current
    {
        get
        {
            lock (_gate)
            {
                if (_current is { } known && StampOf(known.Workspace) == known.Stamp) return known.Workspace;
                Workspace fresh = Open(Priority.Manual);
                _current = (fresh, StampOf(fresh));
                return fresh;
            }
        }
    }

    /// <summary>A workspace of one's own, for a run: connections keep what they learnt of an account for as long as one run.</summary>
    /// <param name="proposed">Worked with in the place of what the file says.</param>
    public Workspace Open(Priority priority, SynclineConfiguration? proposed = null) => new(_surroundings, _configFile, _dataFolder, _shared) { Priority = priority, Proposed = proposed };

    /// <summary>Forgets what was read of the configuration; the next one who asks reads it anew.</summary>
    public void Reload()
    {
        lock (_gate) _current = null;
    }

    /// <summary>The configuration as it is now, or why it cannot be read.</summary>
    public (SynclineConfiguration? Configuration, ConfigurationException? Problem) TryConfiguration()
    {
        try
        {
            return (Current.ConfigurationOrNone, null);
        }
        catch (ConfigurationException broken)
        {
            return (null, broken);
        }
    }

    public void Dispose()
    {
        _shared.Http.Dispose();
        _shared.Store.Database.Dispose();
    }

    private static (DateTime, long) StampOf(Workspace workspace) =>
        workspace.ConfigurationFile is { } file && new FileInfo(file) is { Exists: true } info ? (info.LastWriteTimeUtc, info.Length) : default;
}
