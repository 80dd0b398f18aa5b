using System.Collections.Concurrent;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>The properties of one object type.</summary>
internal sealed class HubSpotDefinitions(IEnumerable<HubSpotProperty> properties)
{
    private readonly Dictionary<string, HubSpotProperty> _properties = properties.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>Those of HubSpot's own properties whose type matters and that the shipped maps name: reading them needs no look at the portal.</summary>
    public static HubSpotDefinitions Shipped { get; } = new(
    [
        .. Of("number", "number", "numberofemployees", "amount", "data_quality"),
        .. Of("datetime", "date", "closedate", "hs_timestamp", "hs_meeting_start_time", "hs_meeting_end_time"),
        .. Of("enumeration", "checkbox", "hs_additional_emails", "hs_additional_domains"),
    ]);

    public HubSpotProperty? Find(string name) => _properties.GetValueOrDefault(name);

    private static IEnumerable<HubSpotProperty> Of(string type, string fieldType, params string[] names) => names.Select(n => new HubSpotProperty(n) { Type = type, FieldType = fieldType });
}

/// <summary>Owners by e-mail and id.</summary>
internal sealed class HubSpotTeam(IReadOnlyList<HubSpotOwner> owners)
{
    public string? EmailOf(string id) => owners.FirstOrDefault(o => o.Id == id)?.Email?.ToLowerInvariant();

    /// <summary>The owner's id, not the user's.</summary>
    public string? IdOf(string email) => owners.FirstOrDefault(o => email.Equals(o.Email, StringComparison.OrdinalIgnoreCase) || email == o.Id)?.Id;
}

/// <summary>Pipelines and their stages by label and id. Stages of two pipelines may share a label; ids are unique.</summary>
internal sealed class HubSpotStages(IReadOnlyList<HubSpotPipeline> pipelines)
{
    public string PipelineLabel(string id) => pipelines.FirstOrDefault(p => p.Id == id)?.Label ?? id;

    public string StageLabel(string id) => pipelines.SelectMany(p => p.Stages).FirstOrDefault(s => s.Id == id)?.Label ?? id;

    public string? PipelineId(string text) => pipelines.FirstOrDefault(p => Is(text, p.Id, p.Label))?.Id;

    /// <param name="pipeline">The id of the deal's pipeline; null when it is not known, and all are looked through.</param>
    /// <returns>The stage and its pipeline; null when there is none of that name, or there are several.</returns>
    public (string Stage, string Pipeline)? StageId(string text, string? pipeline)
    {
        (string, string)[] hits = [.. from p in pipelines where pipeline is null || p.Id == pipeline from s in p.Stages where Is(text, s.Id, s.Label) select (s.Id, p.Id)];
        return hits.Length == 1 ? hits[0] : hits.FirstOrDefault(h => h.Item2 == "default") is { Item1: not null } usual ? usual : null;
    }

    private static bool Is(string text, string id, string? label) => text == id || text.Trim().Equals(label, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a portal is set up to hold. Asked for when it is first needed, and anew in each run that writes.</summary>
internal sealed class HubSpotSchema(HubSpotApi api)
{
    private const int Page = 100;

    private readonly ConcurrentDictionary<string, Task<HubSpotDefinitions>> _definitions = new(StringComparer.Ordinal);
    private Task<HubSpotTeam>? _team;
    private Task<HubSpotStages>? _stages;

    public void Forget()
    {
        _definitions.Clear();
        (_team, _stages) = (null, null);
    }

    public Task<HubSpotDefinitions> DefinitionsAsync(string type, CancellationToken cancellationToken) =>
        _definitions.TryGetValue(type, out Task<HubSpotDefinitions>? known) && !known.IsFaulted && !known.IsCanceled ? known : _definitions[type] = LoadAsync(type, cancellationToken);

    public Task<HubSpotTeam> TeamAsync(CancellationToken cancellationToken) =>
        _team is { IsFaulted: false, IsCanceled: false } known ? known : _team = LoadTeamAsync(cancellationToken);

    public Task<HubSpotStages> StagesAsync(CancellationToken cancellationToken) =>
        _stages is { IsFaulted: false, IsCanceled: false } known ? known : _stages = LoadStagesAsync(cancellationToken);

    private async Task<HubSpotDefinitions> LoadAsync(string type, CancellationToken cancellationToken) =>
        new((await api.GetAsync($"hubspot.{type}.properties", HubSpotPaths.PropertiesOf(type), HubSpotJson.Default.HubSpotProperties, cancellationToken)).Results);

    private async Task<HubSpotTeam> LoadTeamAsync(CancellationToken cancellationToken)
    {
        List<HubSpotOwner> owners = [];
        string? after = null;
        do
        {
            string path = $"{HubSpotPaths.AllOwners}?limit={HubSpotApi.Number(Page)}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
            HubSpotOwners page = await api.GetAsync("hubspot.owners.list", path, HubSpotJson.Default.HubSpotOwners, cancellationToken);
            owners.AddRange(page.Results);
            after = page.Paging?.Next?.After;
        }
        while (after is not null);
        return new(owners);
    }

    private async Task<HubSpotStages> LoadStagesAsync(CancellationToken cancellationToken) =>
        new((await api.GetAsync("hubspot.pipelines.list", HubSpotPaths.PipelinesOf(HubSpotKind.Deals.Type), HubSpotJson.Default.HubSpotPipelines, cancellationToken)).Results);
}
