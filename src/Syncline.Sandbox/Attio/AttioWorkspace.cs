using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Webhooks;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>Everything one workspace holds.</summary>
internal sealed class AttioWorkspace
{
    public AttioWorkspace(AttioSandboxOptions options, TimeProvider clock)
    {
        Options = options;
        Clock = clock;
        Ids = new SeededIds(options.Seed);
        Id = Ids.Next();
        CreatedAt = WireTime.Now(clock);
        Switches = new() { LimitsOn = options.LimitsOn };
        Writer = new(this);
        Merger = new(this);
        Hooks = new(this);
        Schema = new(this);
        StandardObjects.AddTo(this);
    }

    public AttioSandboxOptions Options { get; }
    public TimeProvider Clock { get; }
    public SeededIds Ids { get; }
    public Guid Id { get; }
    public DateTime CreatedAt { get; }
    public AttioSwitches Switches { get; }
    public AttioTokens Tokens { get; } = new();
    public RowWriter Writer { get; }
    public RecordMerger Merger { get; }
    public HookBoard Hooks { get; }
    public SchemaEditor Schema { get; }
    public List<AttioTable> Objects { get; } = [];
    public List<AttioTable> Lists { get; } = [];
    public List<AttioNote> Notes { get; } = [];

    public DateTime Now => WireTime.Now(Clock);

    /// <summary>By slug or UUID, among the objects that are switched on.</summary>
    public AttioTable? FindObject(string slugOrId) => Find(Objects, slugOrId);

    public AttioTable Object(string slugOrId) => FindObject(slugOrId) ?? throw Refuse.NotFound($"Object with slug/ID \"{slugOrId}\" not found.");

    public AttioTable List(string slugOrId) => Find(Lists, slugOrId) ?? throw Refuse.NotFound($"List with slug/ID \"{slugOrId}\" not found.");

    /// <summary>The table of a path that starts <c>/objects</c> or <c>/lists</c>.</summary>
    public AttioTable Target(string target, string slugOrId) => target == "lists" ? List(slugOrId) : Object(slugOrId);

    public static AttioAttribute Attribute(AttioTable table, string slugOrId) =>
        table.Find(slugOrId) ?? throw Refuse.NotFound($"Attribute with slug/ID \"{slugOrId}\" not found.");

    /// <summary>The record, or the 404 that fits: not there, or being merged at this moment.</summary>
    public Row Record(AttioTable table, string id)
    {
        Row row = table.Rows.Find(WireId.Read(id)) ?? throw Refuse.NoRecord(id);
        Merger.RefuseWhileMerging(row.Id);
        return row;
    }

    public static Row Entry(AttioTable list, string id) =>
        list.Rows.Find(WireId.Read(id)) ?? throw Refuse.NotFound($"Entry with ID \"{id}\" not found.");

    /// <summary>Every attribute of any table that stores references, archived ones too.</summary>
    public IEnumerable<AttioAttribute> References() =>
        Objects.Concat(Lists).SelectMany(t => t.Attributes).Where(a => a.Type == AttributeTypes.RecordReference && a.Origin == Origin.Stored);

    private static AttioTable? Find(List<AttioTable> tables, string slugOrId) =>
        tables.Find(t => t.IsOn && (t.Slug == slugOrId || t.Id.ToString().Equals(slugOrId, StringComparison.OrdinalIgnoreCase)));
}
