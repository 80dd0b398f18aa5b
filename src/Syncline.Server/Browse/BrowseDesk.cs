using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Records;
using Syncline.Server.Hosting;

namespace Syncline.Server.Browse;

/// <summary>The connections that can be looked through.</summary>
internal sealed class BrowseDesk(Premises premises)
{
    private const string Provider = "attio";

    /// <summary>In the order of the configuration; none where Attio is not connected.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be read.</exception>
    public IReadOnlyList<string> Connections() => [.. premises.Current.ConfigurationOrNone.Connections.Where(c => c.Provider == Provider).Select(c => c.Name)];

    /// <summary>The connection that is meant where none is named: the first.</summary>
    /// <exception cref="UsageException">There is none, or none of that name.</exception>
    public string NameOf(string? connection)
    {
        IReadOnlyList<string> names = Connections();
        if (names.Count == 0) throw new UsageException("There is no connection to Attio.", "Add one under connections in the configuration.");
        if (connection is null) return names[0];
        return names.Contains(connection) ? connection : throw new UsageException($"There is no connection '{connection}' to Attio.", $"Name one of: {string.Join(", ", names)}.");
    }

    /// <exception cref="ConfigurationException">Its key is not set.</exception>
    /// <exception cref="UsageException">There is no such connection.</exception>
    public IRecordBrowser Open(string connection) => premises.Current.Open(NameOf(connection)).Browser!;

    /// <summary>Why a connection cannot be used, which is told without a call; null when it can.</summary>
    public ErrorReport? WhyClosed(string connection)
    {
        try
        {
            Open(connection);
            return null;
        }
        catch (ConfigurationException closed)
        {
            return ErrorReport.Of(closed);
        }
    }

    /// <summary>What a search field and a filter field say, as a query. An empty text asks for nothing.</summary>
    /// <exception cref="UsageException">A condition cannot be read.</exception>
    public static BrowseQuery Query(string place, string? search, string? filter) => new(place)
    {
        Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        Filters = [.. (filter ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Condition)],
    };

    /// <summary>Where a link of the provider's may lead; null for anything but a page.</summary>
    public static string? Page(string? url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? url : null;

    private static BrowseFilter Condition(string text) =>
        BrowseFilter.Parse(text) ?? throw new UsageException($"'{text}' is no condition.", "Write it as job_title~engineer, and several with a semicolon between.");

    /// <summary>What a person can be told about; anything else is a defect.</summary>
    public static bool IsTold(Exception failure) => failure is ProviderException or UsageException or ConfigurationException;
}
