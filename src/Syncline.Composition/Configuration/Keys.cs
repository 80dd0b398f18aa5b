namespace Syncline.Composition.Configuration;

/// <summary>A key of the configuration file.</summary>
/// <param name="Schema">Its JSON schema without the description, as JSON text.</param>
internal sealed record Key(string Name, string Description, string Schema);

/// <summary>The keys of each section: the reader refuses what is not here, the JSON schema and the documentation list it.</summary>
internal static class Keys
{
    private const string Text = """{"type":"string"}""";
    private const string Flag = """{"type":"boolean"}""";
    private const string Count = """{"type":"integer","minimum":1}""";
    private const string Names = """{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"},"minItems":1}]}""";
    private const string TransformText = """{"type":"string","examples":["trim|lower","slug","options(outbound=Outbound, inbound=Inbound)"]}""";

    public static IReadOnlyList<string> Kinds { get; } = ["person", "company", "conversation", "message", "note", "activity", "deal", "list", "list-entry"];

    public static IReadOnlyList<string> Policies { get; } = ["people-win", "hub-wins", "fill-only", "latest", "manual"];

    public static IReadOnlyList<string> Deletes { get; } = ["keep", "propagate"];

    public static IReadOnlyList<string> Directions { get; } = ["both", "in", "out"];

    public static IReadOnlyList<Key> Root { get; } =
    [
        new("connections", "The accounts that are read and written, by a name of your choice.", ""),
        new("syncs", "What is kept in step, by a name of your choice.", ""),
        new("maps", "Rules over the shipped field maps: connection, kind, canonical field.", ""),
        new("enrichment", "What enrichers may cost, and how long their answers are used.", ""),
        new("alert", "Whom to tell when a run fails or leaves dead letters.", ""),
        new("log", "Where the log is written and how much of it is kept.", ""),
    ];

    public static IReadOnlyList<Key> Connection { get; } =
    [
        new("provider", "Which product this is an account of.", Text),
        new("limits", "Limits in the place of the published ones, as 'writes: 10/s' or 'calls: 8/2s'; 'off' switches all off.", """{"oneOf":[{"const":"off"},{"const":false},{"type":"object","additionalProperties":{"type":"string","pattern":"^[0-9]+ */ *[0-9]* *(s|m|min|h|d)$"}}]}"""),
    ];

    public static IReadOnlyList<Key> Sync { get; } =
    [
        new("from", "The connections that are read; 'hub' stands for everything that was ever read or imported.", Names),
        new("to", "The connections that are written.", Names),
        new("every", "How often a server runs it: a number with its unit, as 30s, 15m, 2h or 1d.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
        new("cron", "When a server runs it, as five fields of a crontab: 0 7 * * 1-5 is seven o'clock on working days.", Text),
        new("time_zone", "The time zone of cron, as Europe/Paris; UTC when left out.", Text),
        new("jitter", "Each run by itself begins up to so much later, so that not everything begins at once; nothing when left out.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
        new("notes", "Keep one note with the whole conversation on each person.", Flag),
        new("kinds", "Kinds that are written; all the destination has a place for when left out.", "KINDS"),
        new("enrich", "Enricher connections asked about the people and companies that were read, in this order; an empty list only scores the data.", """{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}"""),
        new("full", "Every run reads and compares everything, not only what changed.", Flag),
        new("limit", "Every run stops reading after so many people.", Count),
        new("max_pages", "Every run stops reading after so many pages.", Count),
        new("deletes", "What becomes of a record that this sync made when all its source records are deleted: keep (the default), or propagate, which removes it unless somebody has changed it since.", "DELETES"),
        new("delete_share", "The share of the records that one run may remove, and that a complete reading may miss and still be believed; 10% when left out, and always five.", """{"type":"string","pattern":"^[0-9]{1,3} ?%$"}"""),
        new("merge", "Who wins a field when two sources disagree: kind, field, then latest, fill-only, manual or source-of-truth(CONNECTION).", """{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":"string","pattern":"^(latest|fill-only|manual|source-of-truth\\(.+\\))$"}}}"""),
    ];

    public static IReadOnlyList<Key> Rule { get; } =
    [
        new("to", "The remote field.", Text),
        new("transform", "Transforms applied both ways, chained by '|'.", TransformText),
        new("transform_in", "Transforms applied to what is read, in the place of 'transform'.", TransformText),
        new("transform_out", "Transforms applied to what is written, in the place of 'transform'.", TransformText),
        new("policy", "Who wins the field at the destination.", "POLICIES"),
        new("direction", "Which way values go; both when left out.", "DIRECTIONS"),
        new("required", "A destination without this field is not written at all.", Flag),
    ];

    public static IReadOnlyList<Key> Enrichment { get; } =
    [
        new("cache", "How long an answer is used before the record is asked about anew; 30d when left out.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
        new("misses", "The same for 'nothing known'; 7d when left out.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
        new("most", "The most an enricher may cost in a calendar month, by connection, in its own unit (credits, USD).", """{"type":"object","additionalProperties":{"type":"number","minimum":0}}"""),
        new("on_import", "Ask as soon as records are read; false leaves it to 'syncline enrich'. True when left out.", Flag),
        new("then_sync", "Write to the destinations as soon as 'syncline enrich' is done; false leaves it to 'syncline run'. True when left out.", Flag),
    ];

    public static IReadOnlyList<Key> Alert { get; } =
    [
        new("command", "Run by the system's shell with SYNCLINE_SYNC, SYNCLINE_STATE and SYNCLINE_RUN set and the run as JSON on its input.", Text),
        new("webhook", "An address the run is posted to as JSON.", Text),
        new("slack", "An incoming webhook of Slack, or of what takes the same form: one sentence, by POST.", Text),
        new("mail", "Whom to write to, and by which server: to, from, host, and port (587 when left out), user and password where the server asks. The way there is encrypted, but on this machine.", """{"type":"object","additionalProperties":false,"required":["to","from","host"],"properties":{"to":{"type":"string"},"from":{"type":"string"},"host":{"type":"string"},"port":{"type":"integer","minimum":1,"maximum":65535},"user":{"type":"string"},"password":{"type":"string"}}}"""),
        new("stale_after", "A server tells, once each time, of a sync that runs by itself and was not brought to its end for so long: 6h, 2d.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
        new("failure_rate", "Dead letters are told of only where they are a larger share of what a run tried: 5%. A run that fails is told of in any case.", """{"type":"string","pattern":"^[0-9]{1,3} ?%$"}"""),
        new("count_drift", "A server compares each sync's counts with the providers' by itself, and tells, once each time, where a larger share of the records is missing or too many: 1%; 0% tells of any.", """{"type":"string","pattern":"^[0-9]{1,3} ?%$"}"""),
        new("audit_every", "How often it compares them: 12h, 7d; an hour at least, a day when left out. Only beside count_drift.", """{"type":"string","pattern":"^[0-9]+[smhd]$"}"""),
    ];

    public static IReadOnlyList<string> Mail { get; } = ["to", "from", "host", "port", "user", "password"];

    public static IReadOnlyList<Key> Log { get; } =
    [
        new("file", "The log file; logs/syncline.log in the data folder when left out.", Text),
        new("keep", "How many files are kept, from 1 to 100; 5 when left out.", """{"type":"integer","minimum":1,"maximum":100}"""),
        new("max_mb", "Size in MB after which the next file is begun, from 1 to 1000; 5 when left out.", """{"type":"integer","minimum":1,"maximum":1000}"""),
    ];
}
