using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>What the V3 listing answered.</summary>
internal abstract record V3Answer
{
    private V3Answer() { }

    public sealed record Listed(WireItems Page) : V3Answer;

    /// <summary>This API has no V3 listing.</summary>
    public sealed record NotThere : V3Answer;

    /// <summary>A 400: a cursor it does not know any more, or a bound it does not like.</summary>
    public sealed record Refused(ProviderException Failure) : V3Answer;
}

/// <summary>HeyReach's public API, as far as it is read here.</summary>
/// <remarks>Listings are POST with a JSON body and change nothing, so every call may be repeated.</remarks>
internal sealed class HeyReachApi(ProviderHttp http)
{
    private const int MostItems = 100;

    /// <summary>A page of the inbox, newest conversation first. <paramref name="from"/> acts on whole UTC days at some accounts: more may come, never less.</summary>
    public async Task<V3Answer> ListV3Async(int limit, string? cursor, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        const string operation = "heyreach.inbox.list";
        WireV3Request request = new(new() { LatestAutoTagNames = [] }, limit) { Cursor = cursor, From = from is { } time ? WireTime.Write(time) : null };
        ProviderAnswer answer = await PostAsync(operation, "inbox/GetConversationsV3", request, HeyReachWire.Default.WireV3Request, cancellationToken);
        return answer.Status switch
        {
            404 or 405 or 501 => new V3Answer.NotThere(),
            400 => new V3Answer.Refused(HeyReachErrors.Of(operation, answer)),
            _ => new V3Answer.Listed(Parse(operation, answer, HeyReachWire.Default.WireItems)),
        };
    }

    /// <summary>The conversations of one lead with one of our accounts, as fresh as the inbox; none where this API has no such listing or does not know the lead.</summary>
    public async Task<IReadOnlyList<WireConversation>> ListOfLeadAsync(long accountId, string lead, CancellationToken cancellationToken)
    {
        const string operation = "heyreach.inbox.of-lead";
        WireV3Request request = new(new() { LinkedInAccountIds = [accountId], LeadLinkedInId = lead, LatestAutoTagNames = [] }, MostItems);
        ProviderAnswer answer = await PostAsync(operation, "inbox/GetConversationsV3", request, HeyReachWire.Default.WireV3Request, cancellationToken);
        if (answer.Status is 400 or 404 or 405 or 501) return [];
        return [.. (Parse(operation, answer, HeyReachWire.Default.WireItems).Items ?? []).Select(i => TryRead(i, HeyReachWire.Default.WireConversation)).OfType<WireConversation>()];
    }

    /// <summary>A page of the inbox by offset, newest conversation first; empty past the end.</summary>
    public async Task<WireItems> ListV2Async(int offset, int limit, CancellationToken cancellationToken)
    {
        const string operation = "heyreach.inbox.list-v2";
        ProviderAnswer answer = await PostAsync(operation, "inbox/GetConversationsV2", new(new(), offset, limit), HeyReachWire.Default.WireV2Request, cancellationToken);
        return Parse(operation, answer, HeyReachWire.Default.WireItems);
    }

    /// <summary>One conversation with all its messages, perhaps hours older than the listing; null when the account and the conversation do not go together or it is gone.</summary>
    public async Task<WireConversation?> FindChatroomAsync(long accountId, string conversationId, CancellationToken cancellationToken)
    {
        const string operation = "heyreach.inbox.chatroom";
        ProviderAnswer answer = await GetAsync(operation, $"inbox/GetChatroom/{accountId}/{Uri.EscapeDataString(conversationId)}", cancellationToken);
        return answer.Status is 400 or 401 or 404 ? null : Parse(operation, answer, HeyReachWire.Default.WireConversation);
    }

    public IAsyncEnumerable<WireCampaign> ListCampaignsAsync(CancellationToken cancellationToken) => WalkAsync(
        "heyreach.campaigns.list",
        "campaign/GetAll",
        offset => JsonSerializer.SerializeToUtf8Bytes(new(offset, MostItems, [], []), HeyReachWire.Default.WireCampaignsRequest),
        HeyReachWire.Default.WireCampaign,
        cancellationToken);

    public IAsyncEnumerable<WireSender> ListSendersAsync(CancellationToken cancellationToken) => WalkAsync(
        "heyreach.senders.list",
        "li_account/GetAll",
        offset => JsonSerializer.SerializeToUtf8Bytes(new(offset, MostItems), HeyReachWire.Default.WireSendersRequest),
        HeyReachWire.Default.WireSender,
        cancellationToken);

    /// <summary>The campaigns a lead is in; by member id where there is one, else by profile address.</summary>
    public IAsyncEnumerable<WireLeadCampaign> ListCampaignsOfAsync(WireProfile lead, CancellationToken cancellationToken)
    {
        string? id = HeyReachPeople.MemberIdOf(lead);
        return WalkAsync(
            "heyreach.campaigns.of-lead",
            "campaign/GetCampaignsForLead",
            offset => JsonSerializer.SerializeToUtf8Bytes(new(offset, MostItems) { LinkedInId = id, ProfileUrl = id is null ? lead.ProfileUrl : null }, HeyReachWire.Default.WireLeadRequest),
            HeyReachWire.Default.WireLeadCampaign,
            cancellationToken);
    }

    /// <summary>The key's test: 200 with an empty body when it is good.</summary>
    public Task<ProviderAnswer> CheckKeyAsync(CancellationToken cancellationToken) => GetAsync("heyreach.auth.check", "auth/CheckApiKey", cancellationToken);

    private async IAsyncEnumerable<T> WalkAsync<T>(
        string operation, string path, Func<int, byte[]> body, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        for (int offset = 0; ; offset += MostItems)
        {
            ProviderAnswer answer = await SendAsync(operation, HttpMethod.Post, path, body(offset), cancellationToken);
            IReadOnlyList<JsonElement> items = Parse(operation, answer, HeyReachWire.Default.WireItems).Items ?? [];
            foreach (JsonElement item in items)
            {
                if (TryRead(item, type) is { } value) yield return value;
            }
            if (items.Count < MostItems) yield break;
        }
    }

    /// <summary>An item in its shape, or null when it has another.</summary>
    public static T? TryRead<T>(JsonElement item, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return item.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task<ProviderAnswer> GetAsync(string operation, string path, CancellationToken cancellationToken) =>
        SendAsync(operation, HttpMethod.Get, path, null, cancellationToken);

    private Task<ProviderAnswer> PostAsync<T>(string operation, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(operation, HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancellationToken);

    private Task<ProviderAnswer> SendAsync(string operation, HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken) =>
        http.SendAsync(new(operation, method, path, HeyReachOptions.Budget) { Body = body, IsIdempotent = true }, cancellationToken);

    private static T Parse<T>(string operation, ProviderAnswer answer, JsonTypeInfo<T> type) where T : class
    {
        if (!answer.IsSuccess) throw HeyReachErrors.Of(operation, answer);
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw HeyReachErrors.Unreadable(operation, cause);
        }
    }
}
