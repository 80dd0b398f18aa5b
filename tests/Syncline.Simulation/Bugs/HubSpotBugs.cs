using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Records;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>The results of a batch are taken to come in the order of its rows.</summary>
internal sealed class ResultOrderTrusted : IPlantedBug
{
    public string Name => "result-order-trusted";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new AlteredAnswers(network, IsCreation, (asked, answered) =>
    {
        foreach ((JsonNode? row, JsonNode? result) in asked["inputs"]!.AsArray().Zip(answered["results"]?.AsArray() ?? [])) result!["objectWriteTraceId"] = (string?)row!["objectWriteTraceId"];
    });

    public static bool IsCreation(string path) => path.EndsWith("/batch/create", StringComparison.Ordinal) || path.EndsWith("/batch/upsert", StringComparison.Ordinal);
}

/// <summary>A batch that is not refused as a whole is taken for done as a whole.</summary>
internal sealed class PartialFailureMissed : IPlantedBug
{
    public string Name => "partial-failure-missed";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new AlteredAnswers(network, path => ResultOrderTrusted.IsCreation(path) && !path.Contains("/associations/", StringComparison.Ordinal), (asked, answered) =>
    {
        if (answered["errors"] is not JsonArray || answered["results"] is not JsonArray results) return;
        answered.Remove("errors");
        string[] there = [.. results.Select(r => (string)r!["objectWriteTraceId"]!)];
        foreach (JsonNode row in asked["inputs"]!.AsArray().OfType<JsonNode>().Where(r => !there.Contains((string?)r["objectWriteTraceId"])))
        {
            results.Add(new JsonObject { ["id"] = (900_000 + results.Count).ToString(CultureInfo.InvariantCulture), ["properties"] = row["properties"]!.DeepClone(), ["objectWriteTraceId"] = (string?)row["objectWriteTraceId"] });
        }
    });
}

/// <summary>Associations are taken to be made by whatever makes their contact.</summary>
internal sealed class AssociationLost : IPlantedBug
{
    public string Name => "association-lost";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new ThinnedBatches(network, ResultOrderTrusted.IsCreation, asked =>
    {
        foreach (JsonNode? row in asked["inputs"]!.AsArray()) row!.AsObject().Remove("associations");
        // A batch of associations is left with nothing to do.
        asked["inputs"]!.AsArray().RemoveAll(row => row!["from"] is not null);
    });
}

/// <summary>A contact that changes its company keeps the former one as well.</summary>
internal sealed class FormerCompanyKept : IPlantedBug
{
    public string Name => "former-company-kept";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new ThinnedBatches(network, path => path.Contains("/associations/", StringComparison.Ordinal) && path.EndsWith("/archive", StringComparison.Ordinal), asked => asked["inputs"]!.AsArray().Clear());
}

/// <summary>The next window of changes begins where the newest record of the last one was.</summary>
internal sealed class WindowFromNewest : IPlantedBug
{
    public string Name => "window-from-newest";

    public ISource Wrap(ISource source) => source is IPointSource point && source.Stream.Id.Connection == "hubspot" ? new Hasty(point) : source;

    // Asked for single records, it is as it was: nothing but the window is mistaken.
    private sealed class Hasty(IPointSource inner) : IPointSource
    {
        public StreamDescriptor Stream => inner.Stream;

        public IAsyncEnumerable<Page> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => new AlteredSource(inner, From).ReadAsync(request, cancellationToken);

        public Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => inner.FetchAsync(ids, cancellationToken);
    }

    private static Page From(Page page)
    {
        if (JsonNode.Parse(page.Next.Text) is not JsonObject at || (bool?)(at["isDone"] ?? at["IsDone"]) != true) return page;
        string name = at.ContainsKey("since") ? "since" : "Since", started = at.ContainsKey("started") ? "started" : "Started";
        at[name] = page.Records.Max(r => r.ModifiedAt) is { } newest ? JsonValue.Create(newest) : at[started]!.DeepClone();
        return page with { Next = new(at.ToJsonString()) };
    }
}

/// <summary>What a search shows of a record is taken for what it holds.</summary>
internal sealed class SearchRowsTrusted : IPlantedBug
{
    private static readonly string[] Wanted = ["email", "firstname", "lastname", "jobtitle", "phone", "city", "company", "enrichment_summary", "syncline_id", "name", "domain"];

    public string Name => "search-rows-trusted";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new Trusting(network);

    private sealed class Trusting(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Dictionary<string, JsonNode> _rows = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.AbsolutePath;
            bool isSearch = path.EndsWith("/search", StringComparison.Ordinal), isLook = path.Contains("/objects/", StringComparison.Ordinal) && path.EndsWith("/batch/read", StringComparison.Ordinal);
            if (!isSearch && !isLook) return await base.SendAsync(request, cancellationToken);
            JsonObject asked = await Bodies.ReadAsync(request.Content!, cancellationToken);
            string[] ids = isLook && asked["idProperty"] is null ? [.. asked["inputs"]!.AsArray().Select(i => (string)i!["id"]!)] : [];
            if (ids.Length > 0 && ids.All(_rows.ContainsKey)) return new() { Content = Bodies.Of(new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray([.. ids.Select(id => _rows[id].DeepClone())]) }) };
            if (isSearch) asked["properties"] = new JsonArray([.. asked["properties"]!.AsArray().Select(p => (string)p!).Concat(Wanted).Distinct().Select(p => (JsonNode)p)]);
            request.Content = Bodies.Of(asked);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (isSearch && response.IsSuccessStatusCode) await RememberAsync(response, cancellationToken);
            return response;
        }

        private async Task RememberAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            JsonObject answered = await Bodies.ReadAsync(response.Content, cancellationToken);
            foreach (JsonNode? row in answered["results"]!.AsArray()) _rows[(string)row!["id"]!] = row;
            response.Content = Bodies.Of(answered);
        }
    }
}

/// <summary>A record of ours that is read before its creation is settled is taken for a stranger.</summary>
internal sealed class OwnRecordsUnknown : IPlantedBug
{
    public string Name => "own-records-unknown";

    public ISource Wrap(ISource source) => source is IPointSource point && source.Stream.Id.Connection == "hubspot" ? new Unmarked(point) : source;

    private sealed class Unmarked(IPointSource inner) : IPointSource
    {
        public StreamDescriptor Stream => inner.Stream;

        public IAsyncEnumerable<Page> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => new AlteredSource(inner, page => page with { Records = [.. page.Records.Select(Strip)] }).ReadAsync(request, cancellationToken);

        public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => [.. (await inner.FetchAsync(ids, cancellationToken)).Select(Strip)];

        private static RemoteRecord Strip(RemoteRecord record) => record with { Fields = record.Fields.With(Portal.ExternalId, null) };
    }
}

/// <summary>HubSpot's limits are taken for half as much again.</summary>
internal sealed class PortalCalledTooFast : IPlantedBug
{
    public string Name => "portal-called-too-fast";

    public IReadOnlyList<RateBudget>? BudgetsOf(string provider) =>
        provider == "hubspot" ? [new("calls", 285, TimeSpan.FromSeconds(10)), new("search", 8, TimeSpan.FromSeconds(1)), new("associations", 225, TimeSpan.FromSeconds(10))] : null;
}

/// <summary>Bodies that are changed on their way.</summary>
internal static class Bodies
{
    public static async Task<JsonObject> ReadAsync(HttpContent content, CancellationToken cancellationToken) => JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken))!.AsObject();

    public static StringContent Of(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}

/// <summary>HubSpot's answers, read wrongly.</summary>
internal sealed class AlteredAnswers(HttpMessageHandler inner, Func<string, bool> concerns, Action<JsonObject, JsonObject> alter) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!concerns(request.RequestUri!.AbsolutePath)) return await base.SendAsync(request, cancellationToken);
        JsonObject asked = await Bodies.ReadAsync(request.Content!, cancellationToken);
        request.Content = Bodies.Of(asked);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode) return response;
        JsonObject answered = await Bodies.ReadAsync(response.Content, cancellationToken);
        alter(asked, answered);
        response.Content = Bodies.Of(answered);
        return response;
    }
}

/// <summary>Requests to HubSpot, put wrongly. One that is left without rows is answered as done.</summary>
internal sealed class ThinnedBatches(HttpMessageHandler inner, Func<string, bool> concerns, Action<JsonObject> alter) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!concerns(request.RequestUri!.AbsolutePath)) return await base.SendAsync(request, cancellationToken);
        JsonObject asked = await Bodies.ReadAsync(request.Content!, cancellationToken);
        alter(asked);
        if (asked["inputs"]!.AsArray().Count == 0) return new() { Content = Bodies.Of(new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray() }) };
        request.Content = Bodies.Of(asked);
        return await base.SendAsync(request, cancellationToken);
    }
}
