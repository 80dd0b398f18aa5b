using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Composition.Configuration;

/// <summary>Reads <c>syncs</c>.</summary>
internal sealed class SyncReader(IReadOnlyCollection<string> connections, Problems problems)
{
    public IReadOnlyList<SyncConfiguration> Read(YamlSection section) =>
        [.. section.Entries.Select(e => ReadOne(e.Key, e.At, YamlSection.Of($"syncs.{e.Key}", e.Value, problems))).OfType<SyncConfiguration>()];

    private SyncConfiguration? ReadOne(string name, Place at, YamlSection? section)
    {
        if (section is null) return null;
        section.AllowOnly([.. Keys.Sync.Select(k => k.Name)]);
        string[] from = Connections(section, "from", [.. connections, SyncScope.WholeHub]);
        string[] to = Connections(section, "to", connections);
        if (section.Texts("from").Count == 0) problems.Error(at, $"{section.Name} does not say what it reads: from.");
        if (section.Texts("to").Count == 0) problems.Error(at, $"{section.Name} does not say what it writes: to.");
        if (from is [var only] && to is [var target] && only == target && section.Texts("enrich").Count == 0) section.Wrong("to", $"is the connection it reads from, '{only}', and nothing else takes part: it would go round in a circle. Name what is to add to it: enrich");
        return new(name, from, to, at)
        {
            Schedule = Schedule.Read(section),
            WithNotes = section.Flag("notes"),
            IsFull = section.Flag("full"),
            Limit = section.Number("limit", 1, int.MaxValue),
            MaxPages = section.Number("max_pages", 1, int.MaxValue),
            Kinds = [.. section.Texts("kinds").Select(k => KindOf(k.Text, k.At, section.Name + ".kinds")).OfType<RecordKind>()],
            Enrich = section.Find("enrich") is null ? null : Connections(section, "enrich", connections),
            Policies = Policies(section),
            Deletes = new(section.Choice("deletes", Keys.Deletes) == "propagate", Shares.Read(section, "delete_share") ?? DeletePolicy.Keep.MostShare),
        };
    }

    private string[] Connections(YamlSection section, string key, IReadOnlyCollection<string> known)
    {
        foreach ((string text, Place at) in section.Texts(key))
        {
            if (!known.Contains(text)) problems.Error(at, $"{section.Name}.{key} names no connection: '{text}'.{Suggestion.For(text, known)}");
        }
        return [.. section.Texts(key).Select(t => t.Text).Where(known.Contains).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The kind of that name, or null and a problem.</summary>
    public RecordKind? KindOf(string text, Place at, string where)
    {
        if (Keys.Kinds.Contains(text)) return new(text);
        problems.Error(at, $"{where} names no kind of record: '{text}'.{Suggestion.For(text, Keys.Kinds)}");
        return null;
    }

    private MergePolicies Policies(YamlSection section)
    {
        MergePolicies policies = new();
        foreach ((string name, Place at, YamlDotNet.RepresentationModel.YamlNode value) in section.Section("merge")?.Entries ?? [])
        {
            if (KindOf(name, at, section.Name + ".merge") is not { } kind || YamlSection.Of($"{section.Name}.merge.{name}", value, problems) is not { } fields) continue;
            foreach ((string field, Place fieldAt, _) in fields.Entries)
            {
                FieldNames.Check(kind, field, [], fieldAt, problems);
                if (PolicyOf(fields, field) is { } policy) policies.Set(kind, field, policy);
            }
        }
        return policies;
    }

    private MergePolicy? PolicyOf(YamlSection fields, string field)
    {
        string text = fields.Text(field) ?? "";
        const string truth = "source-of-truth(";
        if (text.StartsWith(truth, StringComparison.Ordinal) && text.EndsWith(')'))
        {
            string connection = text[truth.Length..^1].Trim();
            if (connections.Contains(connection)) return new(MergeRule.SourceOfTruth, connection);
            fields.Wrong(field, $"names no connection: '{connection}'.{Suggestion.For(connection, connections)}".TrimEnd('.'));
            return null;
        }
        switch (text)
        {
            case "latest": return MergePolicy.Latest;
            case "fill-only": return MergePolicy.FillOnly;
            case "manual": return new(MergeRule.Manual);
            default:
                fields.Wrong(field, $"is no merge policy: '{text}'. Write latest, fill-only, manual or source-of-truth(CONNECTION)");
                return null;
        }
    }
}

/// <summary>Names of canonical fields in a configuration: any is allowed, a close miss of a known one is pointed out.</summary>
internal static class FieldNames
{
    /// <param name="alsoKnown">Custom fields that a shipped map already uses.</param>
    public static void Check(RecordKind kind, string field, IEnumerable<string> alsoKnown, Place at, Problems problems)
    {
        if (CanonicalSchema.Find(kind, field) is not null || alsoKnown.Contains(field)) return;
        if (Mapping.NearestName.Of(field, CanonicalSchema.Fields(kind).Select(f => f.Name)) is { } near)
        {
            problems.Warn(at, $"'{field}' is no field of a {kind.Name} we know and is taken as one of your own. Did you mean '{near}'?");
        }
    }
}
