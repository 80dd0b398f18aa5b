using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>Everything one HubSpot account holds, and what its endpoints share.</summary>
internal sealed class HubSpotPortal
{
    private readonly List<CrmTable> _tables = [];
    private readonly TimeProvider _clock;
    private readonly int _seed;

    public HubSpotPortal(HubSpotSandboxOptions options, HubSpotBehaviour behaviour, TimeProvider clock)
    {
        (Options, Behaviour, _clock, _seed) = (options, behaviour, clock, options.Seed);
        Chance = new(options.Seed);
        Associations = new(Types);
        Pipelines = new(Types);
        Owners = new();
        Rules = new();
        Drafts = new(this);
        Associator = new(this);
        AutoCompanies = new(this);
        Writer = new(this);
        Removal = new(this);
    }

    public HubSpotSandboxOptions Options { get; }
    public HubSpotBehaviour Behaviour { get; }
    public Chance Chance { get; }
    public ObjectTypes Types { get; } = new();
    public AssociationTypes Associations { get; }
    public PipelineBook Pipelines { get; }
    public OwnerBook Owners { get; }
    public AdminRules Rules { get; }
    public ListBook Lists { get; } = new();
    public DraftReader Drafts { get; }
    public RecordWriter Writer { get; }
    public Associator Associator { get; }
    public AutoCompanies AutoCompanies { get; }
    public Removal Removal { get; }

    /// <summary>Addresses that may not be created again.</summary>
    public HashSet<string> Blocklist { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Told of everything that happens to records; null while nobody listens.</summary>
    public Action<PortalEvent>? Happened { get; set; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Milliseconds since 1970, the precision that answers show.</summary>
    public long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public CrmTable Contacts => Table(Types.Contacts);

    public CrmTable Table(ObjectType type)
    {
        while (_tables.Count <= type.Number) _tables.Add(new(Types.All[_tables.Count], _seed));
        return _tables[type.Number];
    }

    /// <summary>The table a path segment names, by any of its names.</summary>
    public CrmTable Table(string name) => Table(Types.Find(name) ?? throw Refuse.UnknownType(name));

    /// <summary>Lets search know of a change, after its lag.</summary>
    public void Touch(CrmTable table, CrmRecord record)
    {
        double lag = (Behaviour.IndexLag + (Behaviour.IndexJitter * Chance.Share())).TotalMilliseconds;
        table.Index.Touch(record, NowMs, (long)lag);
    }

    /// <summary>Properties that a form, list or workflow of the portal uses: they cannot be archived.</summary>
    public HashSet<Property> UsedProperties { get; } = [];

    public bool IsInUse(ObjectType type, Property property) => UsedProperties.Contains(property) || Rules.Uses(type, property);

    /// <summary>Carries out what time has brought.</summary>
    public void ApplyDue()
    {
        long now = NowMs;
        AutoCompanies.ApplyDue(now);
        foreach (CrmTable table in _tables) table.Index.ApplyDue(now);
    }
}
