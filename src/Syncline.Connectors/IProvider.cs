using System.Net.Http;
using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Leads;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>A setting a connection of this provider takes, as it is written in the configuration.</summary>
/// <param name="Name">In snake_case, <c>api_key</c>.</param>
/// <param name="Description">One sentence for the schema and the help.</param>
public sealed record SettingDefinition(string Name, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>Never shown, logged or written to a report.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Shown in the schema; null when there is none.</summary>
    public string? Default { get; init; }
}

/// <summary>A connection's settings. Secrets are asked for at each use, so that a rotated one is taken up by the next call.</summary>
/// <param name="Name">The connection's name in the configuration.</param>
/// <param name="Find">The value of a setting now; null when it is not set.</param>
public sealed record ConnectionSettings(string Name, Func<string, string?> Find)
{
    /// <summary>Where files are that a setting names without their folder: beside the configuration.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    public string Text(string name, string otherwise) => Find(name) is { Length: > 0 } value ? value : otherwise;

    /// <exception cref="ProviderException">The setting is not set.</exception>
    public string Required(string name, string provider) => Find(name) is { Length: > 0 } value ? value : throw new ProviderException($"Connection '{Name}' has no {name}.")
    {
        Operation = $"{provider}.connect",
        Recovery = Recovery.StopRun,
        Hint = $"Set connections.{Name}.{name} in the configuration, best as ${{NAME}} from the environment or .env.",
    };
}

/// <summary>What the outside lends a connector.</summary>
/// <param name="Http">Sends requests; the simulation and the tests put their own in.</param>
public sealed record ConnectorParts(HttpMessageInvoker Http, TimeProvider Clock, Governor Governor, Priority Priority)
{
    /// <summary>Lays the user's rules over shipped maps: for a source that has to name what it reads.</summary>
    public Func<IReadOnlyList<FieldMap>, IReadOnlyList<FieldMap>> Overlay { get; init; } = maps => maps;

    /// <summary>The team's list of leads; null where there is no database. Asked for at a reading, not at the opening.</summary>
    public Func<ILeadList?> Leads { get; init; } = () => null;

    /// <summary>Replaces every published limit; null keeps them. An empty list switches them off.</summary>
    public IReadOnlyList<RateBudget>? Budgets { get; init; }
}

/// <summary>One opened account of a provider.</summary>
/// <param name="Maps">The shipped field maps of all its streams; a configuration lays its own rules over them.</param>
/// <param name="Permits">Its rate permits and the count of its calls.</param>
public sealed record Connection(string Name, string Provider, IReadOnlyList<FieldMap> Maps, CallPermits Permits)
{
    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyList<ISource> Sources { get; init; } = [];

    public IDestination? Destination { get; init; }

    /// <summary>Suppliers of facts about records that others read; empty for most.</summary>
    public IReadOnlyList<IEnricher> Enrichers { get; init; } = [];

    /// <summary>Null when the provider sends nothing on its own.</summary>
    public IWebhooks? Webhooks { get; init; }

    /// <summary>Makes and removes webhooks at the provider; null where it has no API for that, or sends nothing.</summary>
    public IWebhookRegistrar? Registrar { get; init; }

    /// <summary>How a user makes webhooks by hand; null where <see cref="Registrar"/> does it, or there is nothing to make.</summary>
    public ManualWebhooks? ByHand { get; init; }

    /// <summary>Looks through the account; null when that is not provided for.</summary>
    public IRecordBrowser? Browser { get; init; }

    public required IDoctor Doctor { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    Good,
    Advice,

    /// <summary>A run goes on without what is missing.</summary>
    Warning,

    /// <summary>A run would stop.</summary>
    Error,
}

/// <summary>One thing the doctor found.</summary>
/// <param name="Subject">What it is about: <c>people.linkedin_url_6</c>.</param>
/// <param name="Message">What is there or missing, and what follows from it.</param>
public sealed record Finding(Severity Severity, string Subject, string Message)
{
    /// <summary>What the user does, when the doctor cannot; null when there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>What <c>--fix</c> would do, in words; null when it cannot be mended by a call.</summary>
    public string? FixDescription { get; init; }

    /// <summary>Mends it; null when it cannot be. Findings are mended in the order in which they were reported.</summary>
    public Func<CancellationToken, Task>? FixAsync { get; init; }
}

/// <summary>Looks at a connection's set-up at the provider.</summary>
public interface IDoctor
{
    /// <summary>Tests the credential alone. One finding, good or not.</summary>
    Task<Finding> TestAsync(CancellationToken cancellationToken);

    /// <summary>Probes what these maps need. Changes nothing.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken);
}

/// <summary>A provider this program can connect to.</summary>
public interface IProvider
{
    /// <summary>As it is written in the configuration, <c>attio</c>.</summary>
    string Name { get; }

    IReadOnlyList<SettingDefinition> Settings { get; }

    /// <summary>Opens a connection; makes no call.</summary>
    Connection Open(ConnectionSettings settings, ConnectorParts parts);
}
