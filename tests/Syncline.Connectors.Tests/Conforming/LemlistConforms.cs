using System.Globalization;
using System.Text;
using Syncline.Conformance.Destinations;
using Syncline.Conformance.Sources;
using Syncline.Connectors.Lemlist;
using Syncline.Connectors.Tests.Lemlist;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Connectors.Tests.Conforming;

public sealed class LemlistFeedConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedFeed());
}

public sealed class LemlistFeedOldestFirstConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedFeed(("activity-order", "OldestFirst")));
}

public sealed class LemlistContactsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedContacts());
}

public sealed class LemlistContactsAsDestinationConform : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new SimulatedTeam(hasCampaign: false));
}

public sealed class LemlistCampaignAsDestinationConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new SimulatedTeam(hasCampaign: true));
}

internal static class LemlistSandbox
{
    public const string Key = "lemlist-sandbox-key";

    public static SandboxConnection<LemlistSimulator> New()
    {
        QuickClock clock = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));
        return new(new(new() { LimitsOn = true }, clock), new LemlistProvider(), clock, new() { ["api_key"] = Key });
    }

    /// <summary>What a person does at the provider, by the API that the app uses as well.</summary>
    public static void Upsert(this LemlistSimulator simulator, string json)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Key)) };
        Assert.InRange(simulator.Handle(new("POST", "/api/contacts", "", headers, json)).Status, 200, 201);
    }
}

/// <summary>Leads of one campaign to whom things happen.</summary>
internal sealed class SimulatedFeed : SourceWorld
{
    private readonly SandboxConnection<LemlistSimulator> _sandbox = LemlistSandbox.New();
    private readonly Dictionary<string, string> _leads = [];
    private readonly string _campaign;

    public SimulatedFeed(params (string Knob, string Value)[] knobs)
    {
        foreach ((string knob, string value) in knobs) _sandbox.Turn(knob, value);
        _campaign = _sandbox.Simulator.Life.AddCampaign("Outreach", "running");
    }

    public override ISource Open(int pageSize) => Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)));

    public override ISource OpenWithBadCredential(int pageSize) => Open(("api_key", "another"));

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        if (_leads.Count % 2 == 0) Pass(TimeSpan.FromMilliseconds(200));
        string lead = _sandbox.Simulator.Life.AddLead(_campaign, $"ada{_leads.Count}@example.com");
        string id = _sandbox.Simulator.Life.Send(lead);
        _leads[id] = lead;
        return Task.FromResult(new RecordKey("lemlist", "activities", id));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        Pass(TimeSpan.FromMilliseconds(200));
        return Task.FromResult(added with { Id = _sandbox.Simulator.Life.Reply(_leads[added.Id], "Yes.", TimeSpan.FromSeconds(95)) });
    }

    public override void Pass(TimeSpan time) => _sandbox.Clock.Pass(time);

    private ISource Open(params (string, string)[] settings) => _sandbox.Open(settings).Sources.Single(s => s.Stream.Id.Name == "activities");
}

/// <summary>Contacts that people keep.</summary>
internal sealed class SimulatedContacts : SourceWorld
{
    private readonly SandboxConnection<LemlistSimulator> _sandbox = LemlistSandbox.New();
    private int _added;

    public override ISource Open(int pageSize) => Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)));

    public override ISource OpenWithBadCredential(int pageSize) => Open(("api_key", "another"));

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        string email = $"ada{++_added}@example.com";
        _sandbox.Simulator.Upsert($$"""{"email":"{{email}}","firstName":"Ada"}""");
        return Task.FromResult(new RecordKey("lemlist", "people", _sandbox.Simulator.Contact(email)!.Id));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        _sandbox.Simulator.Upsert($$"""{"contactId":"{{added.Id}}","jobTitle":"Title at {{_sandbox.Clock.GetUtcNow():O}}"}""");
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _sandbox.Clock.Pass(time);

    private ISource Open(params (string, string)[] settings) => _sandbox.Open([("contacts_every", "0m"), .. settings]).Sources.Single(s => s.Stream.Id.Name == "people");
}

/// <summary>A team with one campaign.</summary>
internal sealed class SimulatedTeam : DestinationWorld
{
    private readonly SandboxConnection<LemlistSimulator> _sandbox = LemlistSandbox.New();
    private readonly Connection _connection;
    private readonly bool _hasCampaign;
    private bool _isBroken;

    public SimulatedTeam(bool hasCampaign)
    {
        _hasCampaign = hasCampaign;
        _sandbox.Simulator.Life.AddCampaign("Spring", "running");
        _connection = _sandbox.Open([("delete_contacts", "true"), .. hasCampaign ? [("campaign", "Spring")] : ((string, string)[])[]]);
    }

    public override IDestination Destination => _connection.Destination!;

    public override IReadOnlyList<FieldMap> Maps =>
        [.. _connection.Maps.Where(m => m.Kind == RecordKind.Person).Select(m => _isBroken ? m with { Rules = [.. m.Rules, new("custom.never registered", "favourite_colour") { IsRequired = true }] } : m)];

    public override IReadOnlyList<DestinationSample> Samples => [LemlistSamples.Of(_hasCampaign ? "Spring" : null)[0]];

    public override int CameTooEarly => _sandbox.Faults.CameTooEarly;

    public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(_sandbox.Simulator.Contacts.Count());

    public override void LoseAnswers(int writes) => _sandbox.Faults.LostAnswers = writes;

    public override void Fail(int calls) => _sandbox.Faults.Failures = calls;

    public override void Throttle(int calls) => _sandbox.Simulator.Behaviour.ThrottleNext = calls;

    public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
    {
        _isBroken = true;
        return Task.FromResult<IReadOnlyList<string>>(["custom.never registered"]);
    }
}
