using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>A list, which HubSpot calls a segment.</summary>
internal sealed record HubSpotList(string ListId)
{
    public string? Name { get; init; }

    public string? ObjectTypeId { get; init; }

    /// <summary>MANUAL, SNAPSHOT or DYNAMIC.</summary>
    public string? ProcessingType { get; init; }

    /// <summary>The stream its members are in; null for a type that is not read.</summary>
    public string? MemberStream => ObjectTypeId switch { "0-1" => "contacts", "0-2" => "companies", _ => null };

    /// <summary>The field of an entry that refers to the member.</summary>
    public string MemberField => ObjectTypeId == "0-2" ? "company" : "person";
}

internal sealed record HubSpotListAnswer(HubSpotList? List);

internal sealed record HubSpotListPage
{
    public IReadOnlyList<HubSpotList> Lists { get => field ?? []; init; }

    public bool HasMore { get; init; }

    public int Offset { get; init; }
}

internal sealed record HubSpotMember(string? RecordId, string? ListId);

internal sealed record HubSpotMembers
{
    public IReadOnlyList<HubSpotMember> Results { get => field ?? []; init; }

    public HubSpotPaging? Paging { get; init; }
}

/// <summary>Lists that are kept by hand (MANUAL, SNAPSHOT) and who is on them. A dynamic list is HubSpot's own reckoning: nobody is put on it.</summary>
internal sealed class HubSpotLists(HubSpotApi api)
{
    public const string Stream = "lists", Entries = "list-entries";

    /// <summary>Members of one page, at the most.</summary>
    public const int MostMembers = 250;

    private const int Page = 500;

    /// <summary>All lists kept by hand of contacts and companies, oldest first.</summary>
    public async Task<IReadOnlyList<HubSpotList>> AllAsync(CancellationToken cancellationToken)
    {
        List<HubSpotList> all = [];
        HubSpotListPage page;
        do
        {
            JsonObject body = new() { ["processingTypes"] = new JsonArray("MANUAL", "SNAPSHOT"), ["count"] = Page, ["offset"] = all.Count };
            page = await api.QueryAsync("hubspot.lists.search", $"{HubSpotPaths.ListsRoot}/search", body, HubSpotOptions.Calls, HubSpotJson.Default.HubSpotListPage, cancellationToken);
            all.AddRange(page.Lists);
        }
        while (page.HasMore && page.Lists.Count > 0);
        return [.. all.Where(l => l is { MemberStream: not null, ProcessingType: not "DYNAMIC" }).DistinctBy(l => l.ListId).OrderBy(l => HubSpotListSource.Order(l.ListId))];
    }

    public async Task<HubSpotList?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await api.FindAsync("hubspot.lists.get", $"{HubSpotPaths.ListsRoot}/{Uri.EscapeDataString(id)}", HubSpotJson.Default.HubSpotListAnswer, cancellationToken))?.List;

    public async Task<HubSpotList?> ByNameAsync(string name, CancellationToken cancellationToken) =>
        (await api.FindAsync("hubspot.lists.get", $"{HubSpotPaths.ListsRoot}/object-type-id/0-1/name/{Uri.EscapeDataString(name)}", HubSpotJson.Default.HubSpotListAnswer, cancellationToken))?.List;

    /// <summary>A page of who is on a list; null when there is no such list.</summary>
    public Task<HubSpotMembers?> MembersAsync(string list, int limit, string? after, CancellationToken cancellationToken) => api.FindAsync(
        "hubspot.entries.list",
        $"{HubSpotPaths.ListsRoot}/{Uri.EscapeDataString(list)}/memberships?limit={HubSpotApi.Number(limit)}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}",
        HubSpotJson.Default.HubSpotMembers,
        cancellationToken);

    /// <summary>The lists that a record is on.</summary>
    public async Task<IReadOnlyCollection<string>> ListsOfAsync(string typeId, string record, CancellationToken cancellationToken) =>
        [.. (await api.FindAsync("hubspot.entries.get", $"{HubSpotPaths.ListsRoot}/records/{typeId}/{Uri.EscapeDataString(record)}/memberships", HubSpotJson.Default.HubSpotMembers, cancellationToken))?.Results.Select(m => m.ListId).OfType<string>() ?? []];

    /// <summary>Everybody on a list.</summary>
    public async Task<IReadOnlySet<string>> AllMembersAsync(string list, CancellationToken cancellationToken)
    {
        HashSet<string> members = new(StringComparer.Ordinal);
        string? after = null;
        do
        {
            if (await MembersAsync(list, MostMembers, after, cancellationToken) is not { } page) return members;
            members.UnionWith(page.Results.Select(m => m.RecordId).OfType<string>());
            after = page.Paging?.Next?.After;
        }
        while (after is not null);
        return members;
    }

    public Task<HubSpotReply> CreateAsync(string name, CancellationToken cancellationToken) => api.WriteAsync("hubspot.lists.create", HttpMethod.Post, HubSpotPaths.ListsRoot,
        new JsonObject { ["name"] = name, ["objectTypeId"] = "0-1", ["processingType"] = "MANUAL" }, isIdempotent: false, HubSpotOptions.Calls, cancellationToken);

    public Task<HubSpotReply> RenameAsync(string id, string name, CancellationToken cancellationToken) => api.WriteAsync("hubspot.lists.rename", HttpMethod.Put,
        $"{HubSpotPaths.ListsRoot}/{Uri.EscapeDataString(id)}/update-list-name?listName={Uri.EscapeDataString(name)}", null, isIdempotent: true, HubSpotOptions.Calls, cancellationToken);

    public Task<HubSpotReply> DeleteAsync(string id, CancellationToken cancellationToken) => api.WriteAsync("hubspot.lists.delete", HttpMethod.Delete,
        $"{HubSpotPaths.ListsRoot}/{Uri.EscapeDataString(id)}", null, isIdempotent: true, HubSpotOptions.Calls, cancellationToken);

    /// <param name="verb"><c>add</c> or <c>remove</c>. Who is on it already, and who is not, is passed over.</param>
    public Task<HubSpotReply> ChangeAsync(string list, string verb, IEnumerable<string> records, CancellationToken cancellationToken) => api.WriteAsync($"hubspot.entries.{verb}", HttpMethod.Put,
        $"{HubSpotPaths.ListsRoot}/{Uri.EscapeDataString(list)}/memberships/{verb}", new JsonArray([.. records.Select(r => JsonValue.Create(r))]), isIdempotent: true, HubSpotOptions.Calls, cancellationToken);

    /// <summary>Of a change the records that are not there.</summary>
    public static IReadOnlyCollection<string> MissingOf(Http.ProviderAnswer answer)
    {
        try
        {
            JsonElement body = JsonElement.Parse(answer.Body);
            foreach (string name in (string[])["recordIdsMissing", "recordsIdsMissing"])
            {
                if (body.TryGetProperty(name, out JsonElement ids) && ids.ValueKind == JsonValueKind.Array) return [.. ids.EnumerateArray().Select(i => i.ToString())];
            }
        }
        catch (JsonException)
        {
            // A success without a body that can be read names nobody.
        }
        return [];
    }
}
