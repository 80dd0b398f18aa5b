using System.Globalization;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.HeyReach;
using Syncline.Connectors.HubSpot;
using Syncline.Connectors.Quo;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>The simulated providers as a scenario has them, and the connectors' way in.</summary>
internal sealed class Accounts
{
    private const string HeyReachKey = "sim-heyreach-key", QuoKey = "sim-quo-key";
    private const string AllScopes = "record_permission:read-write object_configuration:read-write list_entry:read-write list_configuration:read-write note:read-write user_management:read";
    private static readonly string AttioToken = new('a', 64);

    private readonly Scenario _scenario;

    public Accounts(Scenario scenario, TimeProvider clock)
    {
        _scenario = scenario;
        HeyReach = new(new HeyReachSandboxOptions { Seed = scenario.Seed, ApiKeys = [HeyReachKey] }, clock);
        Attio = new(new AttioSandboxOptions { Seed = scenario.Seed, Tokens = new Dictionary<string, string> { [AttioToken] = AllScopes } }, clock);
        Quo = new(new QuoSandboxOptions { Seed = scenario.Seed, ApiKeys = [QuoKey] }, clock);
        HubSpot = new(new HubSpotSandboxOptions { Seed = scenario.Seed, Tokens = new Dictionary<string, string> { [Portal.Token] = "*" } }, clock);
    }

    public HeyReachSimulator HeyReach { get; }

    public AttioSimulator Attio { get; }

    public QuoSimulator Quo { get; }

    public HubSpotSimulator HubSpot { get; }

    public IReadOnlyList<ISimulator> All => [.. new ISimulator[] { HeyReach, Attio, Quo, HubSpot }.Where(s => _scenario.Flow.Connections.Contains(s.Provider))];

    /// <summary>Fills the accounts as they are before the first run.</summary>
    public void Furnish(History history)
    {
        if (Has("heyreach")) HeyReach.Populate(_scenario.Lively ? HeyReachWorld.Lively(_scenario.People) : HeyReachWorld.Plain(_scenario.People, 1 + (_scenario.Seed % 4)));
        FurnishAttio();
        if (Has("hubspot")) Portal.Furnish(HubSpot, _scenario);
        Turn(Attio, "query-lag", _scenario.QueryLag.ToString());
        if (_scenario.LowerLimit is { } limit) Turn(Has("quo") ? Quo : Attio, Has("quo") ? "requests-per-second" : "writes-per-second", limit.ToString(CultureInfo.InvariantCulture));
        if (_scenario.V3Missing) Turn(HeyReach, "v3-missing", "true");
        Turn(Quo, "read-lag", _scenario.ListLag.ToString());
        AttioMembers members = new(Attio, history, new(_scenario.Seed * 13)) { IsForCrm = Has("hubspot") };
        for (int i = 0; i < _scenario.Members; i++) members.AddPerson();
    }

    public static void Turn(ISimulator simulator, string knob, string value) => simulator.Knobs.Single(k => k.Name == knob).Set(value);

    public Connection Open(string name, ConnectorParts parts) => name switch
    {
        "heyreach" => new HeyReachProvider().Open(SettingsOf(name, HeyReachKey, "heyreach/api/public", _scenario.PageSize), parts),
        "attio" => new AttioProvider().Open(SettingsOf(name, AttioToken, "attio", _scenario.RecordsPage), parts),
        "hubspot" => new HubSpotProvider().Open(SettingsOfHubSpot(), parts),
        _ => new QuoProvider().Open(SettingsOf(name, QuoKey, "quo", Math.Min(_scenario.RecordsPage, 50)), parts),
    };

    private bool Has(string connection) => _scenario.Flow.Connections.Contains(connection);

    private void FurnishAttio()
    {
        if (!_scenario.TwoReferences)
        {
            AttioWorkspaces.LinkedInReady(Attio);
            return;
        }
        AttioWorkspaces.LinkedInAsFound(Attio);
        Attio.DefineOption("linkedin_messages", "direction", "Inbound");
        Attio.DefineOption("linkedin_messages", "direction", "Outbound");
    }

    private ConnectionSettings SettingsOfHubSpot() => new("hubspot", setting => setting switch
    {
        "token" => Portal.Token,
        "base_url" => "http://127.0.0.1/hubspot",
        "page_size" => Math.Min(_scenario.RecordsPage, 100).ToString(CultureInfo.InvariantCulture),
        "external_id_property" => _scenario.HasExternalId ? Portal.ExternalId : null,
        "reconcile_every" => $"{_scenario.ListedEvery.TotalMinutes}m",
        "webhook_url" => Portal.HookAddress,
        _ => null,
    });

    private static ConnectionSettings SettingsOf(string name, string key, string path, int pageSize) => new(name, setting => setting switch
    {
        "api_key" => key,
        "base_url" => "http://127.0.0.1/" + path,
        "page_size" => pageSize.ToString(CultureInfo.InvariantCulture),
        _ => null,
    });
}
