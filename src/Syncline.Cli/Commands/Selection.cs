using System.CommandLine;
using Syncline.Composition.Telling;
using Syncline.Connectors;

namespace Syncline.Cli.Commands;

/// <summary>Which records of which connection are meant: the options that browsing and importing share.</summary>
internal sealed class Selection(CommandHost host)
{
    // Where no connection is named, the one of this provider is meant.
    private const string Usual = "attio";

    public Option<string?> Search { get; } = new("--search") { Description = "Only those whose name, domain or e-mail address has this text.", HelpName = "TEXT" };

    public Option<string[]> Filter { get; } = new("--filter")
    {
        Description = "Only those of which this holds: ATTRIBUTE=VALUE, ~ contains, ^= starts with, $= ends with, <, <=, >, >=. May be repeated.", HelpName = "CONDITION",
    };

    public Option<string?> Connection { get; } = host.ConnectionOption("The connection; may be left out when there is only one of Attio.");

    /// <exception cref="UsageException">None is named and it is not plain which; or it cannot be looked through.</exception>
    public (string Name, IRecordBrowser Browser) Open(Session session)
    {
        string name = NameIn(session);
        return (name, session.Workspace.Open(name).Browser ?? throw new UsageException($"The connection '{name}' cannot be looked through.", "Name one of Attio with --connection."));
    }

    /// <summary>The connection's name; opens nothing.</summary>
    /// <exception cref="UsageException">None is named and it is not plain which.</exception>
    public string NameIn(Session session) => session.Parsed.GetValue(Connection) ?? OnlyOne(session);

    /// <exception cref="UsageException">A filter cannot be read.</exception>
    public BrowseQuery Query(Session session, string place) => new(place) { Search = session.Parsed.GetValue(Search), Filters = [.. (session.Parsed.GetValue(Filter) ?? []).Select(Read)] };

    private static BrowseFilter Read(string text) => BrowseFilter.Parse(text) ?? throw new UsageException($"--filter '{text}' is no condition.", "Write it as --filter \"job_title~engineer\".");

    private static string OnlyOne(Session session)
    {
        string[] names = [.. session.Workspace.Configuration.Connections.Where(c => c.Provider == Usual).Select(c => c.Name)];
        return names.Length == 1 ? names[0] : throw (names.Length == 0
            ? new UsageException("There is no connection to Attio.", "Add one under connections in the configuration.")
            : new UsageException("Which connection?", $"Name one with --connection: {string.Join(", ", names)}."));
    }
}
