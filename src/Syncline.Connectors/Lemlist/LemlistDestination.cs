using System.Text.Json;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Lemlist as the side that is written: contacts, and their place in one campaign.</summary>
/// <remarks>A contact is looked up by its addresses. One without any is searched for by its profile; what the search looks through is not documented, and the call that makes contacts finds a profile that is there already by itself.</remarks>
internal sealed class LemlistDestination : IDestination
{
    // Nobody has shown how late a listing may be; a lost request may itself still be on its way.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(3);

    private readonly LemlistApi _api;
    private readonly LemlistWriteApi _writes;
    private readonly LemlistOptions _options;
    private readonly StreamId _stream;
    private LemlistCampaign? _campaign;

    public LemlistDestination(LemlistApi api, LemlistWriteApi writes, LemlistOptions options)
    {
        (_api, _writes, _options, _stream) = (api, writes, options, new(options.Connection, LemlistPeople.Stream));
        Streams =
        [
            new(RecordKind.Person, LemlistPeople.Stream, ["email", "linkedinUrl"])
            {
                ReadBatch = LemlistOptions.MostIds,
                CreateIsIdempotent = options.Campaign is null,
                SettleTime = SettleTime,
                NeedsOneOf = ["email", "linkedinUrl"],
                ReadEndpoint = "GET contacts",
                WriteEndpoint = "POST contacts",
                ReadBudget = LemlistOptions.Budget,
                WriteBudget = LemlistOptions.Budget,
            },
        ];
    }

    public string Connection => _options.Connection;

    public IReadOnlyList<DestinationStream> Streams { get; }

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        _campaign = _options.Campaign is { } campaign ? await LemlistCampaign.FindAsync(_api, campaign, cancellationToken) : null;
        FieldRule[] outward = [.. maps.Where(m => m.Stream == LemlistPeople.Stream).SelectMany(m => m.Rules).Where(r => r.Direction != MapDirection.In)];
        string[] customs = [.. outward.Select(r => LemlistFields.CustomName(r.Remote)).OfType<string>()];
        IReadOnlyList<string> there = customs.Length == 0 ? [] : await _api.ContactFieldsAsync(cancellationToken);
        return [.. outward.Select(rule => Check(rule, there)).OfType<Unavailable>()];
    }

    public async Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        string[] addresses = [.. wanted.SelectMany(AddressesOf).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<JsonElement> contacts = addresses.Length == 0 ? [] : await _api.ContactsAsync(addresses, cancellationToken);
        RemoteRecord[] byAddress = [.. contacts.Where(HasId).Select(ToRecord).DistinctBy(r => r.Key.Id)];
        List<Found> found = [];
        foreach (Wanted one in wanted)
        {
            HashSet<string> own = [.. AddressesOf(one)];
            Found[] hits = [.. byAddress.Where(r => EmailAddress.Normalise(r.Fields["email"]?.Text) is { } email && own.Contains(email)).Select(r => new Found(one.GoldenId, r, "email"))];
            found.AddRange(hits.Length > 0 || own.Count > 0 ? hits : await ByProfileAsync(one, cancellationToken));
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> contacts = ids.Count == 0 ? [] : await _api.ContactsAsync(ids, cancellationToken);
        return contacts.Where(HasId).Select(ToRecord).DistinctBy(r => r.Key.Id).ToDictionary(r => r.Key.Id, StringComparer.Ordinal);
    }

    // One operation a call: the stream declares no larger WriteBatch, so the engine hands over one at a time.
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
        [await new LemlistWriter(_api, _writes, _options, _campaign, ToRecord).WriteAsync(batch.Single(), cancellationToken)];

    private async Task<IEnumerable<Found>> ByProfileAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        if (LinkedInUrl.Slug(wanted.Fields["linkedinUrl"]?.Text) is not { } slug) return [];
        IReadOnlyList<JsonElement> contacts = await _api.SearchContactsAsync(slug, cancellationToken);
        return contacts.Where(HasId).Select(ToRecord).Where(r => LinkedInUrl.Slug(r.Fields["linkedinUrl"]?.Text) == slug).Select(r => new Found(wanted.GoldenId, r, "linkedinUrl"));
    }

    private RemoteRecord ToRecord(JsonElement contact) =>
        LemlistPeople.ToRecord(_stream, contact, _campaign is { } campaign ? LemlistContext.Nothing with { Campaign = _options.Campaign, CampaignId = campaign.Id } : LemlistContext.Nothing);

    private static bool HasId(JsonElement contact) => contact.Text("_id") is not null;

    private static IEnumerable<string> AddressesOf(Wanted wanted) => new[] { wanted.Fields[LemlistFields.AllEmails], wanted.Fields["email"] }
        .OfType<FieldValue>().SelectMany(v => v.Items).Select(i => EmailAddress.Normalise(i.Text)).OfType<string>();

    /// <exception cref="ProviderException">A required field cannot be written.</exception>
    private Unavailable? Check(FieldRule rule, IReadOnlyList<string> customs)
    {
        string? reason = rule.Remote switch
        {
            _ when !LemlistFields.IsWritable(rule.Remote) => "is none that can be written; a field of the team's own is written custom.NAME",
            _ when LemlistFields.CustomName(rule.Remote) is { } name && !customs.Contains(name) => "is not registered for contacts",
            _ when _campaign is null && LemlistFields.OfLead.Contains(rule.Remote) => "is a lead's and needs the setting campaign",
            _ => null,
        };
        if (reason is null) return null;
        if (rule.IsRequired) throw new ProviderException($"Field '{rule.Remote}', which every contact needs, {reason}.") { Operation = "lemlist.prepare", Recovery = Recovery.StopRun, Hint = "Make the field in Lemlist under Settings, Custom fields, or map to another one." };
        return new(RecordKind.Person, rule.Remote, $"Field '{rule.Remote}' of Lemlist's contacts {reason}.");
    }
}
