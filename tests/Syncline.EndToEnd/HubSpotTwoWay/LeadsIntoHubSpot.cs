using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Lemlist;

namespace Syncline.EndToEnd.HubSpotTwoWay;

/// <summary>From Lemlist over both enrichers into HubSpot, and what people do there back.</summary>
public sealed class LeadsIntoHubSpot
{
    [Fact]
    public async Task Leads_are_enriched_written_once_and_a_second_time_nothing()
    {
        await using Portal portal = await Portal.OpenAsync();
        portal.Lemlist.Populate(LemlistWorld.Plain(20));
        await portal.DoAsync("run", "leads");
        Assert.Equal(20, portal.HubSpot.Count("contacts"));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.False(string.IsNullOrEmpty(c["enrichment_summary"])));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.InRange(int.Parse(c["data_quality"]!, System.Globalization.CultureInfo.InvariantCulture), 50, 100));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.Single(portal.HubSpot.NotesOf(c.Id), n => n["hs_note_body"]!.Contains("Ways to begin", StringComparison.Ordinal)));

        (int writes, int asked, decimal dollars) = (portal.Writes.Count, portal.Explorium.Queries, portal.Anthropic.Dollars);
        await portal.DoAsync("run", "leads");
        await portal.DoAsync("run", "leads", "--full");
        Assert.Equal((writes, asked, dollars), (portal.Writes.Count, portal.Explorium.Queries, portal.Anthropic.Dollars));
    }

    [Fact]
    public async Task A_portal_alone_is_enriched_from_itself()
    {
        await using Portal portal = await Portal.OpenAsync("{ from: [hubspot], to: [hubspot], enrich: [explorium, claude] }");
        string company = portal.HubSpot.App.Create("companies", new Dictionary<string, string> { ["name"] = "Example Works", ["domain"] = "example.com" });
        string id = portal.HubSpot.App.Create("contacts", new Dictionary<string, string> { ["email"] = "ada@example.com", ["firstname"] = "Ada", ["lastname"] = "Example", ["jobtitle"] = "Head of Research" });
        portal.HubSpot.App.Associate("contacts", id, "companies", company, 1);
        await portal.RunAsync("run", "leads");
        Assert.Equal(("Ada", "Head of Research", 1), (portal.HubSpot.Record("contacts", id)!["firstname"], portal.HubSpot.Record("contacts", id)!["jobtitle"], portal.HubSpot.Count("contacts")));
        Assert.False(string.IsNullOrEmpty(portal.HubSpot.Record("contacts", id)!["enrichment_summary"]));
        (int writes, int asked) = (portal.Writes.Count, portal.Anthropic.Messages);
        await portal.RunAsync("run", "leads");
        await portal.RunAsync("run", "leads", "--full");
        Assert.Equal((writes, asked), (portal.Writes.Count, portal.Anthropic.Messages));
        portal.HubSpot.App.Edit("contacts", id, "jobtitle", "Chief Scientist");
        await portal.RunAsync("run", "leads");
        Assert.Equal((asked + 1, "Chief Scientist"), (portal.Anthropic.Messages, portal.HubSpot.Record("contacts", id)!["jobtitle"]));
    }

    [Fact]
    public async Task Without_any_enricher_everything_else_works()
    {
        await using Portal portal = await Portal.OpenAsync("{ from: [lemlist, hubspot], to: [hubspot], enrich: [] }");
        portal.Lemlist.Populate(LemlistWorld.Plain(5));
        await portal.RunAsync("run", "leads");
        Assert.Equal(5, portal.HubSpot.Count("contacts"));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.False(string.IsNullOrEmpty(c["data_quality"])));
        Assert.Equal((0, 0), (portal.Explorium.CreditsSpent, portal.Anthropic.Messages));
    }

    [Fact]
    public async Task A_month_s_budget_holds_an_enricher_back_and_the_leads_are_written()
    {
        await using Portal portal = await Portal.OpenAsync(more: "enrichment: { most: { claude: 0 } }");
        portal.Lemlist.Populate(LemlistWorld.Plain(5));
        await portal.RunAsync("run", "leads");
        Assert.Equal((5, 0), (portal.HubSpot.Count("contacts"), portal.Anthropic.Messages));
        JsonArray failures = (await portal.RunAsync("failures", "--json")).Json.AsArray();
        Assert.Contains(failures, f => (string?)f!["subject"] == "claude" && ((string)f["reason"]!).Contains("enrichment.most", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switched_off_by_the_old_name_runs_ask_nobody_and_enrich_does()
    {
        await using Portal portal = await Portal.OpenAsync();
        portal.Environment["AUTO_ENRICH_ON_IMPORT"] = "false";
        portal.Lemlist.Populate(LemlistWorld.Plain(3));
        await portal.RunAsync("run", "leads");
        Assert.Equal((3, 0), (portal.HubSpot.Count("contacts"), portal.Anthropic.Messages));
        Assert.Contains("3 synced", (await portal.DoAsync("contacts")).Out, StringComparison.Ordinal);
        await portal.RunAsync("enrich", "leads");
        Assert.Equal(3, portal.Anthropic.Messages);
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.False(string.IsNullOrEmpty(c["enrichment_summary"])));
    }

    [Fact]
    public async Task What_a_person_enters_in_hubspot_goes_before_what_was_supplied()
    {
        await using Portal portal = await Portal.OpenAsync();
        portal.Lemlist.Populate(LemlistWorld.Plain(3));
        await portal.RunAsync("run", "leads");
        HubSpotRecordView contact = portal.HubSpot.Records("contacts").First();
        portal.HubSpot.App.Edit("contacts", contact.Id, "enrichment_summary", "Met at the fair.");
        await portal.RunAsync("run", "leads");
        await portal.RunAsync("run", "leads", "--full");
        Assert.Equal("Met at the fair.", portal.HubSpot.Record("contacts", contact.Id)!["enrichment_summary"]);
        JsonNode why = (await portal.DoAsync("why", contact["email"]!, "enrichment_summary", "--json")).Json;
        Assert.Equal("Met at the fair.", (string?)why["value"]);
    }

    [Fact]
    public async Task A_new_mapping_reaches_records_that_have_not_changed()
    {
        const string sync = "{ from: [lemlist, hubspot], to: [hubspot], kinds: [person] }";
        await using Portal portal = await Portal.OpenAsync(sync);
        portal.HubSpot.App.DefineProperty("contacts", """{ "name": "favourite", "label": "Favourite", "type": "string", "fieldType": "text", "groupName": "contactinformation" }""");
        portal.HubSpot.App.DefineProperty("contacts", """{ "name": "copy_of_title", "label": "Copy", "type": "string", "fieldType": "text", "groupName": "contactinformation" }""");
        string id = portal.HubSpot.App.Create("contacts", new Dictionary<string, string> { ["email"] = "ada@example.com", ["favourite"] = "green" });
        await portal.DoAsync("run", "leads");
        Assert.Null((await portal.DoAsync("show", "ada@example.com", "--json")).Json["fields"]!["favourite_colour"]);
        portal.Configure(sync, more: "maps: { hubspot: { person: { favourite_colour: favourite, nickname: copy_of_title } } }");
        await portal.DoAsync("run", "leads");
        Assert.Equal("green", (string?)(await portal.DoAsync("show", "ada@example.com", "--json")).Json["fields"]!["favourite_colour"]);
        await portal.DoAsync("override", "ada@example.com", "nickname", "Countess");
        await portal.DoAsync("run", "leads");
        Assert.Equal("Countess", portal.HubSpot.Record("contacts", id)!["copy_of_title"]);
        portal.HubSpot.App.DefineProperty("contacts", """{ "name": "another_copy", "label": "Another", "type": "string", "fieldType": "text", "groupName": "contactinformation" }""");
        portal.Configure(sync, more: "maps: { hubspot: { person: { favourite_colour: favourite, nickname: another_copy } } }");
        await portal.DoAsync("run", "leads");
        Assert.Equal("Countess", portal.HubSpot.Record("contacts", id)!["another_copy"]);
        int writes = portal.Writes.Count;
        await portal.DoAsync("run", "leads");
        Assert.Equal(writes, portal.Writes.Count);
    }

    [Fact]
    public async Task The_certificate_says_complete_and_names_what_is_missing_otherwise()
    {
        await using Portal portal = await Portal.OpenAsync("{ from: [lemlist, hubspot], to: [hubspot], kinds: [person, company] }");
        for (int i = 0; i < 7; i++) portal.HubSpot.App.Create("contacts", new Dictionary<string, string> { ["email"] = $"ada{i}@example.com", ["firstname"] = "Ada" });
        Ended before = await portal.RunAsync("audit", "leads", "--json");
        JsonNode contacts = before.Json["streams"]!.AsArray().Single(s => (string)s!["stream"]! == "hubspot/contacts")!;
        Assert.Equal((3, 7, 7), (before.Code, (int)contacts["listed"]!, contacts["missing"]!.AsArray().Count));
        await portal.DoAsync("run", "leads");
        Ended after = await portal.DoAsync("audit", "leads", "--json");
        contacts = after.Json["streams"]!.AsArray().Single(s => (string)s!["stream"]! == "hubspot/contacts")!;
        Assert.Equal((true, 7, 7, 7, 0), ((bool)after.Json["isComplete"]!, (int)contacts["listed"]!, (int)contacts["counted"]!, (int)contacts["mapped"]!, contacts["missing"]!.AsArray().Count));
    }
}
