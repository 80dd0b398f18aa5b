using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Webhooks;

/// <summary>Which syncs read what a delivery is about: those that can ask for single records of one of its streams, and write something of them.</summary>
internal sealed class SyncRouting(Premises premises)
{
    private (Workspace Of, ILookup<StreamId, string> Readers, ILookup<string, string> Broken)? _known;

    /// <summary>A sync that cannot be opened counts as one that reads everything of its sources: what it would have read waits until it can.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be read.</exception>
    /// <exception cref="UsageException">Nothing is configured: what came in waits for a file that is.</exception>
    public IReadOnlyList<string> SyncsFor(IReadOnlyCollection<Hint> hints)
    {
        Workspace current = premises.Current;
        if (current.ConfigurationOrNone.Connections.Count == 0) throw new UsageException("No connection is configured: what webhooks brought waits.", "Put the configuration back.");
        if (_known is not { } known || known.Of != current) _known = known = ReadersOf(current);
        IEnumerable<string> readers = hints.Select(h => new StreamId(h.Key.Connection, h.Key.Stream)).Distinct().SelectMany(s => known.Readers[s]);
        return [.. readers.Concat(hints.Select(h => h.Key.Connection).Distinct(StringComparer.Ordinal).SelectMany(c => known.Broken[c])).Distinct(StringComparer.Ordinal)];
    }

    private static (Workspace, ILookup<StreamId, string>, ILookup<string, string>) ReadersOf(Workspace workspace)
    {
        List<(StreamId Stream, string Sync)> readers = [];
        List<(string Connection, string Sync)> broken = [];
        foreach (SyncConfiguration sync in workspace.ConfigurationOrNone.Syncs)
        {
            try
            {
                readers.AddRange(workspace.EndsOf(sync).SourcesFor(sync.ToDefinition()).OfType<IPointSource>().Select(s => (s.Stream.Id, sync.Name)));
            }
            catch (Exception failure) when (failure is ConfigurationException or ProviderException)
            {
                broken.AddRange(sync.From.Select(f => (f, sync.Name)));
            }
        }
        return (workspace, readers.ToLookup(r => r.Stream, r => r.Sync), broken.ToLookup(b => b.Connection, b => b.Sync, StringComparer.Ordinal));
    }
}
