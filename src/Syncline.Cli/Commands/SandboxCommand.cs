using System.CommandLine;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Limits;
using Syncline.Sandbox;
using Syncline.Sandbox.Anthropic;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Explorium;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Lemlist;
using Syncline.Sandbox.Quo;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline sandbox</c>.</summary>
internal static class SandboxCommand
{
    private const string HeyReachKey = "heyreach-sandbox-key";
    private const string QuoKey = "quo-sandbox-key";
    private const string HubSpotToken = "pat-na1-sandbox-token";
    private const string LemlistKey = "lemlist-sandbox-key";
    private const string ExploriumKey = "explorium-sandbox-key";
    private const string AnthropicKey = "anthropic-sandbox-key";
    private const string Scopes = "record_permission:read-write object_configuration:read-write list_configuration:read-write list_entry:read-write note:read-write user_management:read webhook:read-write";

    // Attio's tokens have 64 characters.
    private static readonly string AttioKey = "attio-sandbox-key".PadRight(64, '0');

    public static Command Create(CommandHost host)
    {
        Option<int> port = new("--port") { Description = "The port to listen on; 0 takes any free one.", DefaultValueFactory = _ => 5080, HelpName = "N" };
        Option<int?> people = Count.Option("--people", "How many people are in the invented inbox; 100 when left out.");
        Option<int?> messages = Count.Option("--messages", "Messages of each conversation; 3 when left out.");
        Option<int?> emails = Count.Option("--emails", "How many of a hundred people have an e-mail address; none when left out.");
        Option<int?> members = Count.Option("--contacts", "How many people with phone numbers are in the Attio workspace, for a sync to Quo; none when left out.");
        Option<int?> portal = Count.Option("--hubspot", "How many contacts, with their companies, are in the HubSpot portal; none when left out.");
        Option<int> seed = new("--seed") { Description = "The same seed invents the same world.", DefaultValueFactory = _ => 1, HelpName = "N" };
        Option<bool> bare = new("--bare") { Description = "Leave the Attio workspace as a new one is, without the object and attributes a sync needs." };
        ExampledCommand command = new(
            "sandbox", "Serve simulated providers on this machine, to try things without a key or an account.",
            "syncline sandbox",
            "syncline sandbox --people 1000 --messages 5 --port 5090",
            "syncline sandbox --contacts 200",
            "syncline sandbox --hubspot 5000",
            "syncline sandbox --bare") { port, people, messages, emails, members, portal, seed, bare };
        host.On(command, async (session, cancellationToken) =>
        {
            if (session.Parsed.GetValue(port) is < 0 or > 65_535) throw new UsageException("--port is out of range.", "Give a port from 0 to 65535; 0 takes any free one.");
            if (session.Parsed.GetValue(emails) > 100) throw new UsageException("--emails is out of range.", "Give how many of a hundred people have an address, from 1 to 100.");
            HeyReachSimulator heyreach = new(new() { Seed = session.Parsed.GetValue(seed), ApiKeys = [HeyReachKey] }, session.Clock);
            heyreach.Populate(HeyReachWorld.Plain(session.Parsed.GetValue(people) ?? 100, session.Parsed.GetValue(messages) ?? 3) with { Emails = (session.Parsed.GetValue(emails) ?? 0) / 100.0 });
            AttioSimulator attio = new(new() { Seed = session.Parsed.GetValue(seed), Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, session.Clock);
            if (session.Parsed.GetValue(members) is { } count) AttioPeople.Populate(attio, count, session.Parsed.GetValue(seed));
            QuoSimulator quo = new(new() { Seed = session.Parsed.GetValue(seed), ApiKeys = [QuoKey] }, session.Clock);
            HubSpotSimulator hubspot = new(new() { Seed = session.Parsed.GetValue(seed), Tokens = new Dictionary<string, string> { [HubSpotToken] = "*" } }, session.Clock);
            if (session.Parsed.GetValue(portal) is { } contacts) hubspot.Populate(HubSpotWorld.Lively(contacts));
            LemlistSimulator lemlist = new(new() { Seed = session.Parsed.GetValue(seed), ApiKeys = [LemlistKey] }, session.Clock);
            lemlist.Populate(LemlistWorld.Plain(session.Parsed.GetValue(people) ?? 100));
            ExploriumSimulator explorium = new(new() { Seed = session.Parsed.GetValue(seed), ApiKeys = [ExploriumKey] }, session.Clock);
            AnthropicSimulator anthropic = new(new() { Seed = session.Parsed.GetValue(seed), ApiKeys = [AnthropicKey] }, session.Clock);
            // The providers that insist on https take a receiver on this machine over plain http here.
            (attio.Webhooks.Trouble.PlainHttp, quo.Webhooks.Trouble.PlainHttp, hubspot.Webhooks.Trouble.PlainHttp) = (true, true, true);
            SandboxGate gate = new([heyreach, attio, quo, hubspot, lemlist, explorium, anthropic], session.Clock);
            await using SandboxServer server = await SandboxServer.StartAsync(gate, new() { Port = session.Parsed.GetValue(port), Clock = session.Clock }, cancellationToken);
            (lemlist.BaseUrl, anthropic.BaseUrl) = (server.Address + "lemlist/api", server.Address + "anthropic");
            if (!session.Parsed.GetValue(bare)) await FurnishAsync(session, server.Address, cancellationToken);
            Tell(session, server.Address);
            await SendHooksAsync(session, gate, new(heyreach.Webhooks, attio.Webhooks, quo.Webhooks, hubspot.Webhooks, lemlist.Webhooks), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Sets the Attio workspace up the way a user would: with the doctor.</summary>
    private static async Task FurnishAsync(Session session, Uri address, CancellationToken cancellationToken)
    {
        using HttpMessageInvoker http = new(session.Surroundings.Http());
        Dictionary<string, string> settings = new() { ["api_key"] = AttioKey, ["base_url"] = address + "attio" };
        Connection attio = new AttioProvider().Open(new("attio", settings.GetValueOrDefault), new(http, session.Clock, new(session.Clock, new LocalRateLedger()), Priority.Manual));
        foreach (Finding finding in await attio.Doctor.ExamineAsync(attio.Maps, cancellationToken))
        {
            if (finding.FixAsync is { } fix) await fix(cancellationToken);
        }
    }

    private static void Tell(Session session, Uri address)
    {
        if (session.IsJson)
        {
            session.Terminal.Json(new JsonObject
            {
                ["address"] = address.ToString(),
                ["heyreach"] = new JsonObject { ["baseUrl"] = address + "heyreach/api/public", ["apiKey"] = HeyReachKey },
                ["attio"] = new JsonObject { ["baseUrl"] = address + "attio", ["apiKey"] = AttioKey },
                ["quo"] = new JsonObject { ["baseUrl"] = address + "quo", ["apiKey"] = QuoKey },
                ["hubspot"] = new JsonObject { ["baseUrl"] = address + "hubspot", ["token"] = HubSpotToken },
                ["lemlist"] = new JsonObject { ["baseUrl"] = address + "lemlist/api", ["apiKey"] = LemlistKey },
                ["explorium"] = new JsonObject { ["baseUrl"] = address + "explorium", ["apiKey"] = ExploriumKey },
                ["anthropic"] = new JsonObject { ["baseUrl"] = address + "anthropic", ["apiKey"] = AnthropicKey },
            });
            return;
        }
        session.Terminal.Out.WriteLine($$"""
            # The sandbox is at {{address}} (a page to look at and to make trouble with). A configuration for it:
            connections:
              heyreach: { provider: heyreach, api_key: "{{HeyReachKey}}", base_url: "{{address}}heyreach/api/public" }
              attio:    { provider: attio,    api_key: "{{AttioKey}}", base_url: "{{address}}attio" }
              quo:      { provider: quo,      api_key: "{{QuoKey}}", base_url: "{{address}}quo" }
              hubspot:  { provider: hubspot,  token: "{{HubSpotToken}}", base_url: "{{address}}hubspot" }
              lemlist:  { provider: lemlist,  api_key: "{{LemlistKey}}", base_url: "{{address}}lemlist/api" }
              explorium: { provider: explorium, api_key: "{{ExploriumKey}}", base_url: "{{address}}explorium" }
              leads:    { provider: leads }
              claude:   { provider: claude,   api_key: "{{AnthropicKey}}", base_url: "{{address}}anthropic" }
            syncs:
              linkedin-to-attio: { from: [heyreach], to: [attio] }
              leads-to-attio:    { from: [leads], to: [attio] }   # the team's own list: syncline leads import FILE
              attio-to-quo:      { from: [attio], to: [quo] }   # --contacts N puts people with phone numbers into Attio
              leads-to-hubspot:  { from: [lemlist, hubspot], to: [hubspot], enrich: [explorium, claude] }
            """);
        session.Terminal.Out.Flush();
        session.Terminal.Say("Ctrl-C ends it.");
    }

    /// <summary>Until it is stopped: hooks go to receivers on this machine.</summary>
    private static async Task SendHooksAsync(Session session, SandboxGate gate, Outlets hooks, CancellationToken cancellationToken)
    {
        using HttpMessageInvoker http = new(session.Surroundings.Http());
        try
        {
            await Task.WhenAll(Carry(hooks.HeyReach), Carry(hooks.Attio), Carry(hooks.Quo), Carry(hooks.HubSpot), Carry(hooks.Lemlist));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.Terminal.Say("The sandbox has ended.");
        }

        Task Carry<THook>(HookOutlet<THook> outlet) => new HookCourier<THook>(gate, outlet.Sender, http, session.Clock).RunAsync(cancellationToken);
    }

    private sealed record Outlets(HeyReachWebhooks HeyReach, AttioWebhooks Attio, QuoWebhooks Quo, HubSpotWebhooks HubSpot, LemlistWebhooks Lemlist);
}
