using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>HubSpot's records as ours. Fields with a dot in their name are no properties.</summary>
/// <param name="remotes">The fields that the map names.</param>
internal sealed class HubSpotReader(HubSpotKind kind, string connection, IReadOnlyCollection<string> remotes, HubSpotAssociations associations, HubSpotSchema schema)
{
    public const string EngagementType = "engagement.type", EngagementKey = "engagement.key";

    private readonly HubSpotTie[] _ties = [.. kind.Ties.Where(t => remotes.Contains(t.Field))];
    private readonly string[] _named = [.. remotes.Where(IsProperty).Distinct(StringComparer.Ordinal)];

    /// <summary>The properties that are read: those named, and the ones with further values of them.</summary>
    public IReadOnlyList<string> Properties => [.. _named.Concat(_named.Select(HubSpotValues.MoreOf).OfType<string>()).Append("hs_object_id").Distinct(StringComparer.Ordinal)];

    public HubSpotKind Read => kind with { Ties = _ties };

    public static bool IsProperty(string remote) => !remote.Contains('.', StringComparison.Ordinal) && remote != HubSpotMaps.FullName;

    /// <summary>Records with their references, in the order given.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<HubSpotObject> objects, HubSpotDefinitions definitions, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> neighbours = new(StringComparer.Ordinal);
        foreach (HubSpotTie tie in _ties) neighbours[tie.Field] = await NeighboursAsync(tie, objects, cancellationToken);
        return await ReadAsync(objects, definitions, (tie, id) => neighbours[tie.Field].GetValueOrDefault(id), cancellationToken);
    }

    /// <summary>The same, where the neighbours are known.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<HubSpotObject> objects, HubSpotDefinitions definitions, Func<HubSpotTie, string, string?> neighbourOf, CancellationToken cancellationToken)
    {
        HubSpotTeam? team = IsHeld(objects, HubSpotValues.Owner) ? await schema.TeamAsync(cancellationToken) : null;
        bool isStaged = kind.Stream == HubSpotKind.Deals.Stream && (IsHeld(objects, HubSpotValues.Stage) || IsHeld(objects, HubSpotValues.Pipeline));
        HubSpotStages? stages = isStaged ? await schema.StagesAsync(cancellationToken) : null;
        return [.. objects.Select(o => ToRecord(o, definitions, team, stages, neighbourOf))];
    }

    /// <summary>Equal content, equal text; with the time before it, so that a row of a search can be told to be known already.</summary>
    public static string VersionOf(DateTimeOffset? updatedAt, FieldSet fields) => $"{StampOf(updatedAt)}{ContentVersion.Of(fields)}";

    public static string StampOf(DateTimeOffset? updatedAt) => string.Create(CultureInfo.InvariantCulture, $"{updatedAt?.ToUnixTimeMilliseconds() ?? 0}:");

    /// <summary>The part of a version that is the content's.</summary>
    public static string ContentOf(string version) => version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private bool IsHeld(IReadOnlyList<HubSpotObject> objects, string property) => _named.Contains(property) && objects.Any(o => !string.IsNullOrEmpty(o.Properties.GetValueOrDefault(property)));

    private RemoteRecord ToRecord(HubSpotObject held, HubSpotDefinitions definitions, HubSpotTeam? team, HubSpotStages? stages, Func<HubSpotTie, string, string?> neighbourOf)
    {
        FieldSet.Builder fields = new(_named.Length + _ties.Length);
        foreach (string name in _named) fields.Set(name, ValueOf(held, name, definitions, team, stages));
        foreach (HubSpotTie tie in _ties)
        {
            if (neighbourOf(tie, held.Id) is { } other) fields.Set(tie.Field, FieldValue.Reference(tie.To, other));
        }
        if (remotes.Contains(EngagementType)) fields.Set(EngagementType, FieldValue.Of(kind.Type == "calls" ? "call" : kind.Type.TrimEnd('s')));
        if (remotes.Contains(EngagementKey)) fields.Set(EngagementKey, FieldValue.Of($"hubspot-{kind.Type}:{held.Id}"));
        FieldSet all = fields.Build();
        return new(new(connection, kind.Stream, held.Id), kind.Kind, all) { ModifiedAt = held.UpdatedAt, Version = VersionOf(held.UpdatedAt, all) };
    }

    private static FieldValue? ValueOf(HubSpotObject held, string name, HubSpotDefinitions definitions, HubSpotTeam? team, HubSpotStages? stages)
    {
        string? text = held.Properties.GetValueOrDefault(name);
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (HubSpotValues.MoreOf(name) is { } more) return FieldValue.List(HubSpotValues.Parts($"{text};{held.Properties.GetValueOrDefault(more)}").Select(FieldValue.Of));
        return name switch
        {
            HubSpotValues.Owner when team is not null => FieldValue.Of(team.EmailOf(text) ?? text),
            HubSpotValues.Stage when stages is not null => FieldValue.Of(stages.StageLabel(text)),
            HubSpotValues.Pipeline when stages is not null => FieldValue.Of(stages.PipelineLabel(text)),
            _ => HubSpotValues.Read(definitions.Find(name), text),
        };
    }

    /// <summary>A record that has one neighbour needs no second look; of several the primary one is told apart by the types of the associations.</summary>
    private async Task<IReadOnlyDictionary<string, string>> NeighboursAsync(HubSpotTie tie, IReadOnlyList<HubSpotObject> objects, CancellationToken cancellationToken)
    {
        Dictionary<string, string> chosen = new(StringComparer.Ordinal);
        List<string> unclear = [];
        foreach (HubSpotObject held in objects)
        {
            string[]? shown = Shown(held, tie);
            if (shown is [var only]) chosen[held.Id] = only;
            else if (shown is not []) unclear.Add(held.Id);
        }
        if (unclear.Count == 0) return chosen;
        foreach ((string id, IReadOnlyList<HubSpotLinked> linked) in await associations.ReadAsync(kind.Type, tie.To, unclear, cancellationToken))
        {
            if (HubSpotAssociations.Choose(tie, linked) is { } other) chosen[id] = other;
        }
        return chosen;
    }

    /// <summary>The neighbours that came with the record; null where they were not asked for, or are more than fit.</summary>
    private static string[]? Shown(HubSpotObject held, HubSpotTie tie)
    {
        if (held.Associations is null) return null;
        HubSpotNeighbours? there = held.Associations.GetValueOrDefault(tie.To);
        return there?.Paging?.Next is not null ? null : [.. (there?.Results ?? []).Select(r => r.Id).Distinct(StringComparer.Ordinal)];
    }
}
