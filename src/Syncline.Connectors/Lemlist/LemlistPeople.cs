using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>What is looked up once for a reading: names of campaigns, addresses of the team's members.</summary>
/// <remarks>A campaign that the list leaves out (an archived one) is asked for by itself, once.</remarks>
/// <param name="campaign">The campaign of the setting, by id or name; null where there is none.</param>
internal sealed class LemlistNames(LemlistApi api, string? campaign)
{
    private Dictionary<string, string?>? _campaigns;
    private IReadOnlyDictionary<string, string>? _members;

    public async Task<LemlistContext> OfAsync(IReadOnlyList<JsonElement> contacts, CancellationToken cancellationToken)
    {
        string[] ids = [.. contacts.SelectMany(LemlistPeople.CampaignsOf).Distinct(StringComparer.Ordinal)];
        if (ids.Length > 0) await LearnAsync(ids, cancellationToken);
        if (_members is null && contacts.Any(c => c.Text("ownerId") is not null)) _members = await api.MembersAsync(cancellationToken);
        return new(_campaigns ?? [], _members ?? new Dictionary<string, string>()) { Campaign = campaign };
    }

    private async Task LearnAsync(string[] ids, CancellationToken cancellationToken)
    {
        _campaigns ??= (await api.ListCampaignsAsync(cancellationToken)).ToDictionary(c => c.Text("_id")!, c => c.Text("name"), StringComparer.Ordinal);
        foreach (string id in ids.Where(id => !_campaigns.ContainsKey(id))) _campaigns[id] = (await api.FindCampaignAsync(id, cancellationToken))?.Text("name");
    }
}

/// <param name="Campaigns">Names by id; null for one that is not there any more.</param>
/// <param name="Members">E-mail addresses by user id.</param>
internal sealed record LemlistContext(IReadOnlyDictionary<string, string?> Campaigns, IReadOnlyDictionary<string, string> Members)
{
    public static LemlistContext Nothing { get; } = new(new Dictionary<string, string?>(), new Dictionary<string, string>());

    /// <summary>The campaign of the setting, as it is written there; null where there is none.</summary>
    public string? Campaign { get; init; }

    /// <summary>Its id, where that has been looked up.</summary>
    public string? CampaignId { get; init; }

    /// <summary>True for the campaign of the setting.</summary>
    public bool IsTheOne(string id) => Campaign is not null && (CampaignId is { } known ? id == known : id == Campaign || Campaign.Equals(Campaigns.GetValueOrDefault(id), StringComparison.OrdinalIgnoreCase));
}

/// <summary>Contacts as person records: one for each contact, however many campaigns it is a lead of.</summary>
internal static class LemlistPeople
{
    public const string Stream = "people";

    /// <summary>The contact's campaigns as the destination compares them: the ids alone.</summary>
    public const string Campaigns = "campaign_id";

    public const string Unsubscribed = "unsubscribed";

    public static IEnumerable<string> CampaignsOf(JsonElement contact) => contact.Items("campaigns").Select(c => c.Text("campaignId")).OfType<string>();

    /// <summary>The contact's lead in a campaign; null when it is not in there.</summary>
    public static string? LeadIn(JsonElement contact, string campaignId) =>
        contact.Items("campaigns").FirstOrDefault(c => c.Text("campaignId") == campaignId) is { ValueKind: JsonValueKind.Object } place ? place.Text("leadId") ?? "" : null;

    /// <summary>The record, with a hash of its content as version: Lemlist gives contacts no time of change.</summary>
    public static RemoteRecord ToRecord(StreamId stream, JsonElement contact, LemlistContext context)
    {
        FieldSet.Builder fields = new();
        // GET names the first address, the answer of a write lists them all.
        fields.Set("email", FieldValue.TextOrNone(contact.Text("email") ?? contact.Items("emails").Select(e => e.Text("value")).FirstOrDefault(e => e is not null)));
        fields.Set("fullName", FieldValue.TextOrNone(contact.Text("fullName")));
        foreach (string name in (string[])["linkedinUrl", "linkedinUrlSalesNav"]) fields.Set(name, FieldValue.TextOrNone(contact.Text(name)));
        if (contact.Part("fields") is { } held) AddHeld(fields, held);
        fields.Set(LemlistFields.Campaign, CampaignsOf(contact).Any(context.IsTheOne) ? FieldValue.Of(context.Campaign!) : null);
        fields.Set(Campaigns, Texts(CampaignsOf(contact)));
        fields.Set("campaign_name", Texts(CampaignsOf(contact).Select(id => context.Campaigns.GetValueOrDefault(id))));
        fields.Set("lead_state", Texts(contact.Items("campaigns").Select(c => c.Text("leadState"))));
        fields.Set("owner_email", FieldValue.TextOrNone(context.Members.GetValueOrDefault(contact.Text("ownerId") ?? "")));
        fields.Set(Unsubscribed, contact.Flag("unsubscribed") is { } flag ? FieldValue.Of(flag) : null);
        fields.Set("lead_source", FieldValue.Of("Lemlist"));
        FieldSet all = fields.Build();
        return new(stream.Key(contact.Text("_id")!), RecordKind.Person, all) { Version = ContentVersion.Of(all) };
    }

    private static void AddHeld(FieldSet.Builder fields, JsonElement held)
    {
        foreach (JsonProperty property in held.EnumerateObject())
        {
            if (FieldValue.TextOrNone(PlainText(property.Value)) is not { } value) continue;
            fields.Set(LemlistFields.Standard.Contains(property.Name) ? property.Name : LemlistFields.Custom(property.Name), value);
        }
    }

    private static string? PlainText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static FieldValue? Texts(IEnumerable<string?> texts) => FieldValue.List(texts.Select(FieldValue.TextOrNone).OfType<FieldValue>());
}
