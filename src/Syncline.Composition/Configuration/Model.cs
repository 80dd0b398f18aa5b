using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Configuration;

/// <summary>Everything a user has configured.</summary>
/// <param name="Folder">The folder relative paths start from: the configuration's, else the working folder.</param>
/// <param name="File">Null when the environment alone configures.</param>
internal sealed record SynclineConfiguration(string Folder, string? File)
{
    public IReadOnlyList<ConnectionConfiguration> Connections { get; init; } = [];

    public IReadOnlyList<SyncConfiguration> Syncs { get; init; } = [];

    public IReadOnlyList<MapOverride> Maps { get; init; } = [];

    public EnrichmentConfiguration Enrichment { get; init; } = new();

    public AlertConfiguration Alert { get; init; } = new(null, null);

    public LogConfiguration Log { get; init; } = new(null);

    /// <summary>What the old script's environment names ask of each run.</summary>
    public RunDefaults Defaults { get; init; } = new();

    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}

/// <summary>One connection as it is written.</summary>
/// <param name="Settings">Raw: <c>${NAME}</c> is replaced at each use, so that a changed variable is taken up.</param>
internal sealed record ConnectionConfiguration(string Name, string Provider, IReadOnlyDictionary<string, string> Settings, Place? At)
{
    /// <summary>Limits in the place of the published ones of the same name.</summary>
    public IReadOnlyList<RateBudget> Limits { get; init; } = [];

    /// <summary>True switches every limit off.</summary>
    public bool IsUnlimited { get; init; }
}

/// <summary>One sync as it is written.</summary>
internal sealed record SyncConfiguration(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, Place? At)
{
    /// <summary>When a server runs it; null when only a person does.</summary>
    public Schedule? Schedule { get; init; }

    public bool WithNotes { get; init; }

    /// <summary>Every run reads and compares everything.</summary>
    public bool IsFull { get; init; }

    public int? Limit { get; init; }

    public int? MaxPages { get; init; }

    public IReadOnlyList<RecordKind> Kinds { get; init; } = [];

    /// <summary>Connections that are asked about what was read, in order; null enriches nothing, none of them still scores the data.</summary>
    public IReadOnlyList<string>? Enrich { get; init; }

    public MergePolicies Policies { get; init; } = new();

    public DeletePolicy Deletes { get; init; } = DeletePolicy.Keep;

    public SyncDefinition ToDefinition() => new(Name, From, To) { Policies = Policies, Deletes = Deletes, WithNotes = WithNotes, Kinds = Kinds, IsEnriched = Enrich is not null };
}

/// <summary>A rule of the user's over a shipped field map.</summary>
/// <param name="Remote">Null keeps the shipped remote field.</param>
internal sealed record MapOverride(string Connection, RecordKind Kind, string Canonical, string? Remote, Place? At)
{
    /// <summary>True takes the field out of the map.</summary>
    public bool IsNone { get; init; }

    public Transform? Inward { get; init; }

    public Transform? Outward { get; init; }

    public FieldPolicy? Policy { get; init; }

    public MapDirection? Direction { get; init; }

    public bool? IsRequired { get; init; }
}

/// <summary>What enrichers may cost, how long their answers are used, and what follows on what.</summary>
internal sealed record EnrichmentConfiguration
{
    public TimeSpan? Life { get; init; }

    public TimeSpan? LifeOfMiss { get; init; }

    /// <summary>By connection, in its own unit, a calendar month.</summary>
    public IReadOnlyDictionary<string, decimal> Most { get; init; } = new Dictionary<string, decimal>();

    /// <summary>False leaves enriching to <c>syncline enrich</c>.</summary>
    public bool OnImport { get; init; } = true;

    /// <summary>False leaves writing what was enriched to <c>syncline run</c>.</summary>
    public bool ThenSync { get; init; } = true;

    public EnrichmentTerms TermsOf(string connection) => new()
    {
        Life = Life ?? EnrichmentTerms.Default.Life,
        LifeOfMiss = LifeOfMiss ?? EnrichmentTerms.Default.LifeOfMiss,
        MostAMonth = Most.TryGetValue(connection, out decimal most) ? most : null,
    };
}

/// <summary>Whom to tell of a run that failed or left dead letters, and of a sync that has gone stale or whose counts drift. Texts are raw.</summary>
internal sealed record AlertConfiguration(string? Command, string? Webhook)
{
    /// <summary>Takes <c>{"text": …}</c>.</summary>
    public string? Slack { get; init; }

    public MailConfiguration? Mail { get; init; }

    /// <summary>How long a sync that runs by itself may go without a good end; null watches none.</summary>
    public TimeSpan? StaleAfter { get; init; }

    /// <summary>0 to 1: dead letters below this share disturb nobody; null tells of each run with any.</summary>
    public double? FailureRate { get; init; }

    /// <summary>0 to 1: a sync whose counts differ by a larger share is told of; null compares nothing by itself.</summary>
    public double? CountDrift { get; init; }

    /// <summary>How often counts are compared.</summary>
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>The way to a mailbox. Texts are raw.</summary>
internal sealed record MailConfiguration(string To, string From, string Host, int Port)
{
    public string? User { get; init; }

    public string? Password { get; init; }
}

/// <param name="File">Null is <c>logs/syncline.log</c> in the data folder.</param>
internal sealed record LogConfiguration(string? File)
{
    /// <summary>How many files are kept, the one being written included.</summary>
    public int Keep { get; init; } = 5;

    /// <summary>Bytes after which the next file is begun.</summary>
    public long MaxBytes { get; init; } = 5_000_000;
}

/// <summary>Standing options of every run; an option on the command line goes before them.</summary>
internal sealed record RunDefaults
{
    /// <summary>A run is only planned.</summary>
    public bool IsDryRun { get; init; }

    public bool IsFull { get; init; }

    public int? Limit { get; init; }

    public int? MaxPages { get; init; }

    /// <summary>Where plans are written; null when nowhere.</summary>
    public string? OutputFolder { get; init; }
}
