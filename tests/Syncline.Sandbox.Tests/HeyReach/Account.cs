using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>A simulated workspace and a client that knows its key.</summary>
internal sealed class Account
{
    public const string Key = "heyreach-sandbox-key";

    public Account(HeyReachWorld? world = null, HeyReachLimits limits = HeyReachLimits.Off, int seed = 1)
    {
        HeyReach = new(new() { Seed = seed, Limits = limits }, Clock);
        if (world is not null) HeyReach.Populate(world);
    }

    public HandClock Clock { get; } = new();

    public HeyReachSimulator HeyReach { get; }

    public SandboxResponse Send(string method, string path, string body = "", string? key = Key)
    {
        int question = path.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? "" : path[(question + 1)..];
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (key is not null) headers["X-API-KEY"] = key;
        return HeyReach.Handle(new(method, "/api/public" + (question < 0 ? path : path[..question]), query, headers, body));
    }

    public SandboxResponse Post(string path, string body) => Send("POST", path, body);

    /// <summary>The JSON of a 200; any other status fails the test.</summary>
    public JsonElement Read(string path, string body) => Json(Post(path, body));

    public JsonElement Get(string path) => Json(Send("GET", path));

    public JsonElement V3(string body = "{}") => Read("/inbox/GetConversationsV3", body);

    public JsonElement V2(string body = """{"offset":0,"limit":100}""") => Read("/inbox/GetConversationsV2", body);

    public SandboxResponse Chatroom(HeyReachConversation conversation) =>
        Send("GET", $"/inbox/GetChatroom/{conversation.LinkedInAccountId}/{Uri.EscapeDataString(conversation.Id)}");

    /// <summary>A whole V3 scan: the ids in the order met.</summary>
    public List<string> Scan(int limit = 100)
    {
        List<string> met = [];
        string? cursor = null;
        do
        {
            JsonElement page = V3(JsonSerializer.Serialize(new { limit, cursor }));
            met.AddRange(Ids(page));
            cursor = page.GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("nextCursor").GetString() : null;
        }
        while (cursor is not null);
        return met;
    }

    public static List<string> Ids(JsonElement page) => [.. Items(page).Select(i => i.GetProperty("id").GetString()!)];

    public static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static JsonElement Json(SandboxResponse response)
    {
        Assert.Equal((200, ""), (response.Status, response.Status == 200 ? "" : response.Body));
        return JsonDocument.Parse(response.Body).RootElement;
    }

    /// <summary>The errorMessage of a business refusal.</summary>
    public static string Error(int status, SandboxResponse response)
    {
        Assert.Equal(status, response.Status);
        return JsonDocument.Parse(response.Body).RootElement.GetProperty("errorMessage").GetString()!;
    }

    /// <summary>The fields a validation refusal names.</summary>
    public static List<string> Refused(SandboxResponse response)
    {
        Assert.Equal((400, "application/problem+json; charset=utf-8"), (response.Status, response.ContentType));
        JsonElement problem = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal("One or more validation errors occurred.", problem.GetProperty("title").GetString());
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        return [.. problem.GetProperty("errors").EnumerateObject().Select(p => p.Name)];
    }
}
