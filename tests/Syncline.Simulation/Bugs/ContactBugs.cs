using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>An update sends the numbers and addresses that are new, and none that are there: Quo deletes what is left out.</summary>
internal sealed class OnlyNewItemsSent : IPlantedBug
{
    public string Name => "only-new-items-sent";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new Sparing(network);

    private sealed class Sparing(HttpMessageHandler inner) : AlteredRequests(inner)
    {
        protected override void Alter(HttpRequestMessage request, JsonObject body)
        {
            if (request.Method != HttpMethod.Patch || body["defaultFields"] is not JsonObject fields) return;
            foreach (string list in (string[])["phoneNumbers", "emails"])
            {
                if (fields[list] is JsonArray items) fields[list] = new JsonArray([.. items.Where(i => i!["id"] is null || i["value"] is null).Select(i => i!.DeepClone())]);
            }
        }
    }
}

/// <summary>A contact with the same number is taken for the person's.</summary>
internal sealed class MatchedByPhone : IPlantedBug
{
    public string Name => "matched-by-phone";

    private readonly Dictionary<FieldValue, RemoteRecord> _byPhone = [];

    public IDestination Wrap(IDestination destination) => destination.Connection == "quo" ? new Sharing(destination, _byPhone) : destination;

    private sealed class Sharing(IDestination inner, Dictionary<FieldValue, RemoteRecord> byPhone) : PassThroughDestination(inner)
    {
        public override async Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
        {
            IReadOnlyList<Found> found = await base.FindAsync(stream, wanted, cancellationToken);
            return [.. found, .. from w in wanted where found.All(f => f.GoldenId != w.GoldenId) from phone in Phones(w.Fields) where byPhone.ContainsKey(phone) select new Found(w.GoldenId, byPhone[phone], "phoneNumbers")];
        }

        public override async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
        {
            IReadOnlyList<WriteOutcome> outcomes = await base.WriteAsync(stream, batch, cancellationToken);
            foreach (RemoteRecord record in outcomes.OfType<WriteOutcome.Written>().Select(w => w.Record))
            {
                foreach (FieldValue phone in Phones(record.Fields)) byPhone[phone] = record;
            }
            return outcomes;
        }

        private static IEnumerable<FieldValue> Phones(FieldSet fields) => fields["phoneNumbers"] is { } phones ? phones.Items : [];
    }
}

/// <summary>People are read by plain offsets: a deletion during the sweep hides somebody.</summary>
internal sealed class PlainOffsets : IPlantedBug
{
    public string Name => "plain-offsets";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new Counting(network);

    private sealed class Counting(HttpMessageHandler inner) : AlteredRequests(inner)
    {
        private int _passed;

        protected override void Alter(HttpRequestMessage request, JsonObject body)
        {
            if (!IsSweep(request, body)) return;
            if (body["filter"] is null) _passed = 0;
            // A row behind us that is asked for again is no new one.
            else if ((int)body["offset"]! > 0 && _passed > 0) _passed--;
            body["offset"] = _passed;
            body.Remove("filter");
        }

        protected override void Look(HttpRequestMessage request, JsonObject body, JsonNode? answer)
        {
            if (IsSweep(request, body) && answer?["data"] is JsonArray rows) _passed += rows.Count;
        }

        private static bool IsSweep(HttpRequestMessage request, JsonObject body) =>
            request.RequestUri!.AbsolutePath.EndsWith("/people/records/query", StringComparison.Ordinal) && (body["filter"] is null || body["filter"]!["created_at"] is not null);
    }
}

/// <summary>What listings do not show at once is taken for not made.</summary>
internal sealed class SettleTimeSkipped : IPlantedBug
{
    public string Name => "settle-time-skipped";

    public IDestination Wrap(IDestination destination) => new Impatient(destination);

    private sealed class Impatient(IDestination inner) : PassThroughDestination(inner)
    {
        public override IReadOnlyList<DestinationStream> Streams => [.. base.Streams.Select(s => s with { SettleTime = TimeSpan.Zero })];
    }
}

/// <summary>A company's new name is not carried to the contacts of its people.</summary>
internal sealed class CompanyNotFollowed : IPlantedBug
{
    public string Name => "company-not-followed";

    public IHub Wrap(IHub hub) => new Alone(hub);

    private sealed class Alone(IHub inner) : PassThroughHub(inner)
    {
        public override Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
            Task.FromResult(Array.Empty<GoldenRecord>().ToLookup(g => g.Id));
    }
}

/// <summary>A change is written as it was planned, whatever was changed meanwhile.</summary>
internal sealed class PlanTrusted : IPlantedBug
{
    public string Name => "plan-trusted";

    public IDestination Wrap(IDestination destination) => destination.Connection == "quo" ? new Trusting(destination) : destination;

    private sealed class Trusting(IDestination inner) : PassThroughDestination(inner)
    {
        public override async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
        {
            IReadOnlyList<WriteOutcome> outcomes = await base.WriteAsync(stream, batch, cancellationToken);
            if (!outcomes.Any(o => o is WriteOutcome.Outdated)) return outcomes;
            IReadOnlyDictionary<string, RemoteRecord> now = await ReadAsync(stream, [.. batch.Select(o => o.RemoteId!)], cancellationToken);
            return await base.WriteAsync(stream, [.. batch.Select(o => o with { Before = now[o.RemoteId!].Fields })], cancellationToken);
        }
    }
}

/// <summary>What a write's answer holds counts as seen, also the numbers that others put there meanwhile.</summary>
internal sealed class NewsSwallowed : IPlantedBug
{
    public string Name => "news-swallowed";

    public IJournal Wrap(IJournal journal) => new Sated(journal);

    private sealed class Sated(IJournal inner) : AlteredJournal(inner)
    {
        protected override void Alter(HubChanges changes)
        {
            for (int i = 0; i < changes.Links.Count; i++)
            {
                if (changes.Links[i] is { Key.Connection: "quo" } link) changes.Links[i] = link with { Seen = link.Seen.With("phone", link.Answered["phoneNumbers"]) };
            }
        }
    }
}

/// <summary>Quo's limit is taken for half as much again as it is.</summary>
internal sealed class CallsTooFast : IPlantedBug
{
    public string Name => "calls-too-fast";

    public IReadOnlyList<RateBudget>? BudgetsOf(string provider) => provider == "quo" ? [new("calls", 15, TimeSpan.FromSeconds(1))] : null;
}

/// <summary>Requests whose JSON is changed on its way out.</summary>
internal abstract class AlteredRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected abstract void Alter(HttpRequestMessage request, JsonObject body);

    protected virtual void Look(HttpRequestMessage request, JsonObject body, JsonNode? answer) { }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken)) is not JsonObject body) return await base.SendAsync(request, cancellationToken);
        JsonObject sent = (JsonObject)body.DeepClone();
        Alter(request, sent);
        request.Content = new StringContent(sent.ToJsonString(), Encoding.UTF8, "application/json");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) Look(request, body, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)));
        return response;
    }
}
