using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>A page of a listing by offset.</summary>
/// <param name="Total">How many there are in all; null when the answer does not say.</param>
internal sealed record LemlistListing(IReadOnlyList<JsonElement> Rows, long? Total);

/// <summary>Lemlist's public API, as far as it is read.</summary>
/// <remarks>Source: Lemlist's OpenAPI document "lemlist API 1.0.0" of 2026-08-22 and developer.lemlist.com, read 2026-11. Slashes at the end of paths count.</remarks>
internal sealed class LemlistApi(ProviderHttp http)
{
    private const int CampaignsAPage = 100;

    public ProviderHttp Http => http;

    /// <summary>The team of the key, without its members; the cheapest call, and no plan excludes it.</summary>
    public Task<ProviderAnswer> TeamAsync(CancellationToken cancellationToken) => SendAsync("lemlist.team.read", "team", cancellationToken);

    /// <summary>E-mail addresses of the team's members by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MembersAsync(CancellationToken cancellationToken)
    {
        JsonElement team = await ReadAsync("lemlist.team.read", "team?version=v2", cancellationToken);
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        foreach (JsonElement user in team.Items("users"))
        {
            if (user.Text("userId") is { } id && user.Text("email") is { } email) members[id] = email;
        }
        return members;
    }

    public Task<LemlistListing> ListContactsAsync(int offset, int limit, CancellationToken cancellationToken) => ListAsync("lemlist.contacts.list", "contacts", offset, limit, cancellationToken);

    public Task<LemlistListing> ListCompaniesAsync(int offset, int limit, CancellationToken cancellationToken) => ListAsync("lemlist.companies.list", "companies", offset, limit, cancellationToken);

    /// <summary>Contacts by id or e-mail address, in no order; those that are not there are left out.</summary>
    public Task<IReadOnlyList<JsonElement>> ContactsAsync(IEnumerable<string> idsOrEmails, CancellationToken cancellationToken) =>
        LookUpAsync("lemlist.contacts.find", "contacts?idsOrEmails=", idsOrEmails, cancellationToken);

    /// <summary>Companies by id or domain.</summary>
    public Task<IReadOnlyList<JsonElement>> CompaniesAsync(IEnumerable<string> idsOrDomains, CancellationToken cancellationToken) =>
        LookUpAsync("lemlist.companies.find", "companies?idsOrDomains=", idsOrDomains, cancellationToken);

    /// <summary>Contacts whose name or another text contains the words. What is looked through is not documented: the caller compares.</summary>
    public async Task<IReadOnlyList<JsonElement>> SearchContactsAsync(string words, CancellationToken cancellationToken) =>
        RowsOf(await ReadAsync("lemlist.contacts.search", $"contacts?search={Uri.EscapeDataString(words)}&limit=100", cancellationToken));

    /// <summary>Activities of a window, both ends included; in no order that could be relied on. Null when an offset is refused.</summary>
    public async Task<IReadOnlyList<JsonElement>?> ActivitiesAsync(LemlistWindow window, int offset, int limit, CancellationToken cancellationToken)
    {
        const string operation = "lemlist.activities.list";
        string from = window.From is { } time ? $"&minDate={LemlistOptions.Time(time)}" : "";
        string path = string.Create(CultureInfo.InvariantCulture, $"activities?version=v2{from}&maxDate={LemlistOptions.Time(window.To)}&offset={offset}&limit={limit}");
        ProviderAnswer answer = await SendAsync(operation, path, cancellationToken);
        if (answer.Status == 400 && offset > 0 && !LemlistError.Of(answer).IsAboutTheKey) return null;
        return RowsOf(Parse(operation, answer));
    }

    /// <summary>The names of the fields that contacts have here, the team's own among them.</summary>
    public async Task<IReadOnlyList<string>> ContactFieldsAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await ReadAsync("lemlist.fields.list", "fields?entity=contact", cancellationToken);
        return [.. (answer.Part("data") ?? answer).Items("contact").Select(f => f.Text("name")).OfType<string>()];
    }

    /// <summary>A lead with its fields at the top level; null when there is none.</summary>
    public async Task<JsonElement?> FindLeadAsync(string leadId, CancellationToken cancellationToken)
    {
        const string operation = "lemlist.leads.find";
        ProviderAnswer answer = await SendAsync(operation, $"leads?version=v2&id={Uri.EscapeDataString(leadId)}", cancellationToken);
        return IsAbsent(answer, "Lead not found") ? null : Parse(operation, answer);
    }

    /// <summary>A campaign by its id; null when there is none.</summary>
    public async Task<JsonElement?> FindCampaignAsync(string id, CancellationToken cancellationToken)
    {
        const string operation = "lemlist.campaigns.find";
        ProviderAnswer answer = await SendAsync(operation, $"campaigns/{Uri.EscapeDataString(id)}", cancellationToken);
        return IsAbsent(answer, "Campaign not found") ? null : Parse(operation, answer);
    }

    /// <summary>The campaigns that the unfiltered list shows; whether archived ones are among them is not known.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListCampaignsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, JsonElement> all = new(StringComparer.Ordinal);
        for (int page = 1, offset = 0; ; page++)
        {
            // Both ways of paging at once: which of the two answers, the bare array by offset or the envelope by page, is not certain.
            string path = string.Create(CultureInfo.InvariantCulture, $"campaigns?version=v2&page={page}&offset={offset}&limit={CampaignsAPage}");
            JsonElement answer = await ReadAsync("lemlist.campaigns.list", path, cancellationToken);
            IReadOnlyList<JsonElement> rows = RowsOf(answer);
            int before = all.Count;
            foreach (JsonElement row in rows)
            {
                if (row.Text("_id") is { } id) all.TryAdd(id, row);
            }
            offset += rows.Count;
            bool more = answer.Part("pagination")?.Whole("nextPage") is not null || rows.Count >= CampaignsAPage;
            if (!more || all.Count == before) return [.. all.Values];
        }
    }

    /// <summary>True for a 404 about the record itself; the same status means a bad key or a wrong address elsewhere.</summary>
    public static bool IsAbsent(ProviderAnswer answer, string sentence) =>
        answer.Status == 404 && LemlistError.Of(answer) is var error && (error.Reason == sentence || error.Code is "CONTACT_NOT_FOUND" or "CONTACT_NOT_FOUND_BY_ID");

    public static JsonElement Parse(string operation, ProviderAnswer answer)
    {
        if (!answer.IsSuccess) throw LemlistError.Of(answer).Failure(operation);
        return JsonParts.Read(answer.Body) ?? throw LemlistError.Unreadable(operation);
    }

    private async Task<LemlistListing> ListAsync(string operation, string route, int offset, int limit, CancellationToken cancellationToken)
    {
        JsonElement page = await ReadAsync(operation, string.Create(CultureInfo.InvariantCulture, $"{route}?offset={offset}&limit={limit}"), cancellationToken);
        return new(RowsOf(page), page.Whole("total"));
    }

    private async Task<IReadOnlyList<JsonElement>> LookUpAsync(string operation, string path, IEnumerable<string> values, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        foreach (string[] some in values.Distinct(StringComparer.Ordinal).Chunk(LemlistOptions.MostIds))
        {
            rows.AddRange(RowsOf(await ReadAsync(operation, path + string.Join(',', some.Select(Uri.EscapeDataString)), cancellationToken)));
        }
        return rows;
    }

    private async Task<JsonElement> ReadAsync(string operation, string path, CancellationToken cancellationToken) => Parse(operation, await SendAsync(operation, path, cancellationToken));

    private Task<ProviderAnswer> SendAsync(string operation, string path, CancellationToken cancellationToken) =>
        http.SendAsync(new(operation, HttpMethod.Get, path, LemlistOptions.Budget) { IsIdempotent = true }, cancellationToken);

    /// <summary>The rows of a bare array, or of the envelopes that have been seen.</summary>
    private static IReadOnlyList<JsonElement> RowsOf(JsonElement answer) => answer.ValueKind == JsonValueKind.Array
        ? [.. answer.EnumerateArray()]
        : [.. answer.Items("data"), .. answer.Items("campaigns"), .. answer.Items("results")];
}
