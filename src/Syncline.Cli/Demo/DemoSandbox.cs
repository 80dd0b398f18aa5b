using System.Text.Json.Nodes;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;

namespace Syncline.Cli.Demo;

/// <summary>HeyReach and Attio, simulated, with an invented world in them, served over loopback HTTP.</summary>
internal sealed class DemoSandbox : IAsyncDisposable
{
    public const string HeyReachKey = "heyreach-demo-key";
    private const string Scopes = "record_permission:read-write object_configuration:read-write list_configuration:read-write list_entry:read-write note:read-write user_management:read";

    // One lead in so many was typed into Attio by somebody before the first run.
    private const int TypedInEvery = 12;

    // Attio's tokens have 64 characters.
    public static readonly string AttioKey = "attio-demo-key".PadRight(64, '0');

    private readonly SandboxServer _server;

    private DemoSandbox(HeyReachSimulator heyreach, AttioSimulator attio, SandboxGate gate, SandboxServer server) => (HeyReach, Attio, Gate, _server) = (heyreach, attio, gate, server);

    public HeyReachSimulator HeyReach { get; }

    public AttioSimulator Attio { get; }

    public SandboxGate Gate { get; }

    public Uri Address => _server.Address;

    /// <summary>The people who were in Attio before the first run: record id by profile address.</summary>
    public IReadOnlyDictionary<string, string> TypedIn { get; private set; } = new Dictionary<string, string>();

    public static async Task<DemoSandbox> StartAsync(DemoOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        HeyReachSimulator heyreach = new(new() { Seed = options.Seed, ApiKeys = [HeyReachKey], Limits = options.IsFast ? HeyReachLimits.Off : HeyReachLimits.PerMinute }, clock);
        AttioSimulator attio = new(new() { Seed = options.Seed, LimitsOn = !options.IsFast, Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, clock);
        heyreach.Populate(WorldOf(options.People));
        SandboxGate gate = new([heyreach, attio], clock);
        gate.Ledger.KeepBodies = false;
        DemoSandbox sandbox = new(heyreach, attio, gate, await SandboxServer.StartAsync(gate, new() { Clock = clock }, cancellationToken));
        sandbox.TypePeopleIn();
        return sandbox;
    }

    /// <summary>Looks at the simulators or changes them between two requests.</summary>
    public T Look<T>(Func<T> look) => Gate.Locked(look);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A few of each oddity of a real inbox: it is these that break a sync.</summary>
    private static HeyReachWorld WorldOf(int people) => new(people, 1)
    {
        MessagesAtMost = 5,
        Senders = 4,
        TwoSenders = 0.03,
        GroupChats = 0.01,
        NoIdentity = 0.01,
        NonAscii = 0.09,
        MemberUrns = 0.02,
        SpacedNames = 0.05,
        InMails = 0.08,
        PostLinks = 0.02,
        Voice = 0.02,
        Filled = 0.85,
        Emails = 0.15,
        Tagged = 0.2,
        Replies = 0.45,
    };

    /// <summary>People type names and addresses in their own way; Syncline has to see that they are the same persons.</summary>
    private void TypePeopleIn()
    {
        Dictionary<string, string> typed = [];
        foreach (HeyReachLead lead in HeyReach.Leads.Where(l => l.LinkedInId is not null && !l.ProfileUrl.Contains("ACoAA", StringComparison.Ordinal) && l.LastName == l.LastName.Trim()).Where((_, i) => i % TypedInEvery == 3))
        {
            string address = typed.Count % 2 == 0 ? lead.ProfileUrl + "/" : lead.ProfileUrl.Replace("https://www.", "", StringComparison.Ordinal);
            typed[lead.ProfileUrl] = Attio.CreateByPerson("people", new JsonObject { ["name"] = $"{lead.LastName}, {lead.FirstName}", ["linkedin"] = address });
        }
        TypedIn = typed;
    }
}
