using System.Net.Http;
using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Composition.Configuration;

/// <summary>Opens every connection without a call, to find what only its provider can judge: settings it cannot use, maps that contradict themselves, a destination that cannot be written.</summary>
internal sealed class ConnectionCheck(string folder, IReadOnlyList<IProvider> providers, Variables variables, Problems problems)
{
    public void Check(SynclineConfiguration configuration)
    {
        Dictionary<string, Connection> opened = [];
        foreach (ConnectionConfiguration connection in configuration.Connections)
        {
            if (Open(connection) is { } open) opened[connection.Name] = open;
        }
        foreach ((string name, Connection connection) in opened) MapOverlay.Check(connection.Maps, [.. configuration.Maps.Where(m => m.Connection == name)], problems);
        foreach (SyncConfiguration sync in configuration.Syncs) CheckEnds(sync, opened);
    }

    /// <summary>A connection's maps with the user's rules over them; none when it cannot be opened.</summary>
    public static IReadOnlyList<Mapping.FieldMap> MapsOf(IReadOnlyList<IProvider> providers, Variables variables, SynclineConfiguration configuration, string name)
    {
        Connection? opened = new ConnectionCheck(configuration.Folder, providers, variables, new()).Open(configuration.Connections.First(c => c.Name == name));
        return opened is null ? [] : MapOverlay.Apply(opened.Maps, [.. configuration.Maps.Where(m => m.Connection == name)]);
    }

    private Connection? Open(ConnectionConfiguration connection)
    {
        // A variable that is not set is the business of whoever uses the connection; what is checked here is the rest.
        ConnectionSettings settings = new(connection.Name, name => connection.Settings.TryGetValue(name, out string? raw) ? variables.Expand(raw) : null) { Folder = folder };
        using HttpMessageInvoker nobody = new(new SocketsHttpHandler());
        try
        {
            Governor governor = new(TimeProvider.System, new LocalRateLedger());
            return providers.First(p => p.Name == connection.Provider).Open(settings, new(nobody, TimeProvider.System, governor, Priority.Manual));
        }
        catch (ProviderException refused)
        {
            problems.Error(connection.At, refused.Hint is null ? refused.Message : $"{refused.Message} {refused.Hint}");
            return null;
        }
    }

    private void CheckEnds(SyncConfiguration sync, Dictionary<string, Connection> opened)
    {
        foreach (string name in sync.To)
        {
            if (opened.GetValueOrDefault(name) is { Destination: null } reading) problems.Error(sync.At, $"syncs.{sync.Name}.to names '{name}', but {reading.Provider} is only read, never written.");
        }
        foreach (string name in sync.Enrich ?? [])
        {
            if (opened.GetValueOrDefault(name) is { Enrichers.Count: 0 } other) problems.Error(sync.At, $"syncs.{sync.Name}.enrich names '{name}', but {other.Provider} supplies no facts about records: it is read or written.");
        }
        foreach (string name in sync.From)
        {
            if (opened.GetValueOrDefault(name) is { Sources.Count: 0 } other) problems.Error(sync.At, $"syncs.{sync.Name}.from names '{name}', but {other.Provider} is only {(other.Enrichers.Count > 0 ? "asked: name it under enrich" : "written, never read")}.");
        }
    }
}
