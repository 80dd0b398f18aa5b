using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.EndToEnd.Processes;

/// <summary>One request as the provider saw it.</summary>
internal sealed record Seen(long Sequence, DateTimeOffset At, string Provider, string Method, string Path, string Query, int Status)
{
    /// <summary>Whether it changes something there. Queries are reads although they are POST.</summary>
    public bool IsWriteTo(string provider) => Provider == provider && Method != "GET" && !Readings.Any(end => Path.EndsWith(end, StringComparison.Ordinal));

    private static readonly string[] Readings = ["/query", "/search", "/batch/read"];
}

/// <summary><c>syncline sandbox</c> as a process of its own, looked at over HTTP only.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly CommandProcess _cli;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly JsonNode _told;

    private SandboxProcess(CommandProcess cli, string told) => (_cli, _told) = (cli, JsonNode.Parse(told)!);

    /// <summary>A configuration for one sync.</summary>
    /// <param name="sync">As it is written: <c>linkedin-to-attio: { from: [heyreach], to: [attio] }</c>.</param>
    /// <param name="connections">Each provider with its limits, as they are written.</param>
    public string Configuration(string sync, params IEnumerable<(string Provider, string Limits)> connections) => $"""
        connections:
        {string.Join('\n', connections.Select(c => $"  {c.Provider}: {{ provider: {c.Provider}, api_key: \"{_told[c.Provider]!["apiKey"]}\", base_url: \"{_told[c.Provider]!["baseUrl"]}\", limits: {c.Limits} }}"))}
        syncs:
          {sync}
        """;

    /// <summary>What the sandbox told of a provider: <c>baseUrl</c>, <c>apiKey</c>, <c>token</c>.</summary>
    public string Told(string provider, string name) => (string)_told[provider]![name]!;

    private string Address => (string)_told["address"]!;

    public static async Task<SandboxProcess> StartAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        CommandProcess cli = CommandProcess.Start(folder, ["sandbox", "--port", "0", "--json", .. arguments]);
        return await cli.Output.ReadLineAsync(cancellationToken) is { } told
            ? new(cli, told)
            : throw new InvalidOperationException("The sandbox did not start: " + (await cli.EndAsync(cancellationToken)).Error);
    }

    public async Task TurnAsync(string path, string value, CancellationToken cancellationToken)
    {
        using StringContent body = new(value);
        using HttpResponseMessage answer = await _http.PutAsync(new Uri(Address + "_sandbox/" + path), body, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Every request, oldest first.</summary>
    public Task<IReadOnlyList<Seen>> LedgerAsync(CancellationToken cancellationToken) => SinceAsync(0, cancellationToken);

    /// <summary>The requests after the one of that number, oldest first.</summary>
    public async Task<IReadOnlyList<Seen>> SinceAsync(long sequence, CancellationToken cancellationToken)
    {
        List<Seen> all = [];
        while (true)
        {
            JsonArray entries = (await GetAsync($"_sandbox/ledger?take=200&after={(all.Count == 0 ? sequence : all[^1].Sequence)}", cancellationToken))["entries"]!.AsArray();
            if (entries.Count == 0) return all;
            all.AddRange(entries.Select(e => new Seen((long)e!["sequence"]!, (DateTimeOffset)e["at"]!, (string)e["provider"]!, (string)e["method"]!, (string)e["path"]!, (string)e["query"]!, (int)e["status"]!)));
        }
    }

    /// <summary>The rows of a table of what a provider holds, each by column.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> HoldsAsync(string provider, string table, CancellationToken cancellationToken)
    {
        JsonNode held = (await GetAsync($"_sandbox/{provider}/holds?rows=10000", cancellationToken)).AsArray().Single(t => (string)t!["name"]! == table)!;
        string[] columns = [.. held["columns"]!.AsArray().Select(c => (string)c!)];
        return [.. held["rows"]!.AsArray().Select(r => columns.Zip(r!.AsArray().Select(c => (string)c!)).ToDictionary(c => c.First, c => c.Second))];
    }

    /// <summary>Makes a record as any client would.</summary>
    public async Task AddRecordAsync(string slug, JsonObject values, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Address}attio/v2/objects/{slug}/records");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)_told["attio"]!["apiKey"]!);
        request.Content = new StringContent(new JsonObject { ["data"] = new JsonObject { ["values"] = values } }.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>All records of an object, asked for as any client would.</summary>
    public async Task<IReadOnlyList<JsonElement>> RecordsAsync(string slug, CancellationToken cancellationToken)
    {
        List<JsonElement> all = [];
        while (true)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"{Address}attio/v2/objects/{slug}/records/query");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)_told["attio"]!["apiKey"]!);
            request.Content = new StringContent($$"""{"limit":500,"offset":{{all.Count}}}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
            JsonElement[] rows = [.. JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).GetProperty("data").EnumerateArray()];
            all.AddRange(rows);
            if (rows.Length < 500) return all;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _cli.Dispose();
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => JsonNode.Parse(await _http.GetStringAsync(new Uri(Address + path), cancellationToken))!;
}
