using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>Campaigns in their shapes and leads in theirs (contract, sections 3 and 4).</summary>
public sealed class CampaignsAndLeads
{
    private readonly Bureau _bureau = new();

    [Fact]
    public void The_list_of_campaigns_has_two_shapes()
    {
        for (int i = 0; i < 120; i++) _bureau.Life.AddCampaign("Outreach", i == 0 ? "archived" : "running");
        Assert.Equal((100, 20), (_bureau.Get("/campaigns").Rows.Count, _bureau.Get("/campaigns?offset=100").Rows.Count));
        JsonNode first = _bureau.Get("/campaigns?version=v2&limit=50").Json!, last = _bureau.Get("/campaigns?version=v2&limit=50&page=3").Json!;
        Assert.Equal((50, 2), (first["campaigns"]!.AsArray().Count, (int)first["pagination"]!["nextPage"]!));
        Assert.Equal((20, null), (last["campaigns"]!.AsArray().Count, (int?)last["pagination"]!["nextPage"]));
        Assert.Equal(400, _bureau.Get("/campaigns?limit=101").Status);
    }

    [Theory]
    [InlineData(CampaignsForm.Array, "/campaigns?version=v2", null)]
    [InlineData(CampaignsForm.Envelope, "/campaigns", "campaigns")]
    [InlineData(CampaignsForm.Data, "/campaigns?version=v2", "data")]
    [InlineData(CampaignsForm.Results, "/campaigns?version=v2", "results")]
    public void And_a_knob_for_every_shape_that_clients_have_met(CampaignsForm form, string path, string? member)
    {
        _bureau.Life.AddCampaign("Outreach");
        _bureau.Behaviour.CampaignsForm = form;
        JsonNode answer = _bureau.Lemlist.Handle(Request(path)).Body is { } body ? JsonNode.Parse(body)! : null!;
        Assert.Single((member is null ? answer : answer[member]!).AsArray());
    }

    [Fact]
    public void Archived_campaigns_are_listed_or_only_when_asked_for()
    {
        _bureau.Life.AddCampaign("Old", "archived");
        Assert.Single(_bureau.Get("/campaigns").Rows);
        _bureau.Behaviour.ArchivedListed = false;
        Assert.Empty(_bureau.Get("/campaigns").Rows);
        Assert.Single(_bureau.Get("/campaigns?status=archived").Rows);
        Assert.Equal(400, _bureau.Get("/campaigns?status=gone").Status);
    }

    [Fact]
    public void One_campaign_its_switch_and_its_sequence()
    {
        (string id, _) = _bureau.Campaign();
        Assert.Equal("Outreach", (string)_bureau.Get("/campaigns/" + id).Json!["name"]!);
        Assert.Equal("paused", (string)_bureau.Post($"/campaigns/{id}/pause").Json!["state"]!);
        Assert.Equal("paused", _bureau.Lemlist.Campaigns.Single().Status);
        Assert.Equal(4, _bureau.Get($"/campaigns/{id}/sequences").Json!.AsObject().Single().Value!["steps"]!.AsArray().Count);
        Assert.Equal((404, "Campaign not found"), (_bureau.Get("/campaigns/cam_none").Status, _bureau.Get("/campaigns/cam_none").Text));
    }

    [Fact]
    public void The_slash_at_the_end_counts_and_the_thin_list_cannot_be_paged()
    {
        (string id, IReadOnlyList<string> leads) = _bureau.Campaign(120);
        Assert.Equal(404, _bureau.Get($"/campaigns/{id}/leads").Status);
        Assert.Equal(leads.Take(100), _bureau.Get($"/campaigns/{id}/leads/").Ids);
        Assert.Equal(leads, _bureau.Get($"/campaigns/{id}/leads/?limit=500&offset=100").Ids);
        Assert.Equal(400, _bureau.Get($"/campaigns/{id}/leads/?limit=501").Status);
        _bureau.Life.Open(leads[3]);
        Assert.Equal([leads[3]], _bureau.Get($"/campaigns/{id}/leads/?state=hooked").Ids);
        Assert.Equal([leads[3]], _bureau.Get($"/campaigns/{id}/leads/?state=emailsOpened").Ids);
    }

    [Fact]
    public void A_lead_is_made_with_custom_variables_and_found_in_both_forms()
    {
        (string id, _) = _bureau.Campaign(0);
        Reply made = _bureau.Post($"/campaigns/{id}/leads/", """{"email":"Ada@example.com","firstName":"Ada","favourite/colour":"blue","icebreaker":""}""");
        Assert.Equal(("Outreach", "blue"), ((string)made.Json!["campaignName"]!, (string)made.Json["favourite_colour"]!));
        JsonNode nested = Assert.Single(_bureau.Get("/leads/ada%40example.com?version=v2").Rows)!;
        Assert.Equal((made.Id, id, "blue"), ((string)nested["_id"]!, (string)nested["campaign"]!["id"]!, (string)nested["variables"]!["favourite_colour"]!));
        Reply flat = _bureau.Get("/leads?version=v2&id=" + made.Id);
        Assert.Equal(("blue", id), ((string)flat.Json!["favourite_colour"]!, (string)flat.Json["campaignId"]!));
        Assert.Equal((404, "Lead not found"), (_bureau.Get("/leads/nobody%40example.com").Status, _bureau.Get("/leads?email=nobody%40example.com").Text));
        Assert.Equal(400, _bureau.Post($"/campaigns/{id}/leads/", """{"email":"not an address"}""").Status);
    }

    [Theory]
    [InlineData(DuplicateLead.Refuse400, 400, 1)]
    [InlineData(DuplicateLead.Refuse500, 500, 1)]
    [InlineData(DuplicateLead.SameLead, 200, 1)]
    [InlineData(DuplicateLead.SecondLead, 200, 2)]
    public void The_same_address_twice_in_a_campaign_is_a_knob(DuplicateLead mode, int status, int leads)
    {
        (string id, _) = _bureau.Campaign();
        _bureau.Behaviour.DuplicateLead = mode;
        Assert.Equal(status, _bureau.Post($"/campaigns/{id}/leads/", """{"email":"lead1@example.com"}""").Status);
        Assert.Equal(leads, _bureau.Lemlist.LeadsOf(id).Count);
    }

    [Fact]
    public void A_person_in_two_campaigns_is_two_leads_and_one_contact()
    {
        (string first, _) = _bureau.Campaign();
        string second = _bureau.Life.AddCampaign("Second");
        Assert.Equal(400, _bureau.Post($"/campaigns/{second}/leads/?deduplicate=true", """{"email":"lead1@example.com"}""").Status);
        Assert.Equal(200, _bureau.Post($"/campaigns/{second}/leads/", """{"email":"lead1@example.com"}""").Status);
        JsonArray both = _bureau.Get("/leads/lead1%40example.com").Rows;
        Assert.Equal([first, second], both.Select(l => (string)l!["campaign"]!["id"]!));
        Assert.Single(both.Select(l => (string)l!["contactId"]!).Distinct());
        Assert.Equal(2, _bureau.Lemlist.Contacts.Single().LeadIds.Count);
    }

    [Fact]
    public void Enrichment_flags_burn_credits_at_every_retry()
    {
        (string id, _) = _bureau.Campaign(0);
        _bureau.Behaviour.DuplicateLead = DuplicateLead.SecondLead;
        for (int i = 0; i < 2; i++) _bureau.Post($"/campaigns/{id}/leads/?findEmail=true&linkedinEnrichment=true", """{"linkedinUrl":"https://www.linkedin.com/in/ada"}""");
        Assert.Equal((4, 996), (_bureau.Lemlist.CreditsSpent, (int)_bureau.Get("/team/credits").Json!["credits"]!));
    }

    [Fact]
    public void Delete_by_id_unsubscribes_unless_it_says_remove()
    {
        (string id, IReadOnlyList<string> leads) = _bureau.Campaign(2);
        Assert.Equal(200, _bureau.Delete($"/campaigns/{id}/leads/{leads[0]}").Status);
        Assert.True(_bureau.Lemlist.Lead(leads[0])!.IsInGraveyard);
        Assert.Empty(_bureau.Lemlist.Unsubscribed);
        Reply dead = _bureau.Patch($"/campaigns/{id}/leads/{leads[0]}", """{"firstName":"Eve"}""");
        Assert.Equal((500, "Lead in graveyard"), (dead.Status, dead.Text));
        Assert.Equal(200, _bureau.Delete($"/campaigns/{id}/leads/{leads[1]}?action=remove").Status);
        Assert.Null(_bureau.Lemlist.Lead(leads[1]));
        Assert.Equal(404, _bureau.Delete($"/campaigns/{id}/leads/{leads[1]}?action=remove").Status);
    }

    [Fact]
    public void Delete_by_address_unsubscribes_for_the_whole_team()
    {
        (string id, _) = _bureau.Campaign();
        string other = _bureau.Life.AddLead(_bureau.Life.AddCampaign("Second"), "lead1@example.com");
        Assert.Equal(200, _bureau.Delete($"/campaigns/{id}/leads/lead1%40example.com").Status);
        Assert.Equal(("lead1@example.com", "api"), (_bureau.Lemlist.Unsubscribed.Single().Value, _bureau.Lemlist.Unsubscribed.Single().Source));
        Assert.True(_bureau.Lemlist.Lead(other)!.IsInGraveyard);
    }

    [Fact]
    public void Variables_stand_in_the_query()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign();
        Assert.Equal("""{"ok":true}""", _bureau.Post($"/leads/{leads[0]}/variables?segment=north&tier=1").Text);
        Assert.Equal(200, _bureau.Patch($"/leads/{leads[0]}/variables?segment=south").Status);
        Assert.Equal(200, _bureau.Delete($"/leads/{leads[0]}/variables?tier=").Status);
        IReadOnlyDictionary<string, string> held = _bureau.Lemlist.Lead(leads[0])!.Variables;
        Assert.Equal(("south", ""), (held["segment"], held["tier"]));
        Reply none = _bureau.Post($"/leads/{leads[0]}/variables", """{"segment":"west"}""");
        Assert.Equal((400, "Variable not found"), (none.Status, none.Text));
        Assert.Equal(404, _bureau.Post("/leads/lea_none/variables?a=b").Status);
    }

    [Fact]
    public void Pausing_and_interest_reach_one_campaign_or_all()
    {
        (string id, IReadOnlyList<string> leads) = _bureau.Campaign();
        string other = _bureau.Life.AddLead(_bureau.Life.AddCampaign("Second"), "lead1@example.com");
        Assert.Single(_bureau.Post($"/leads/pause/{leads[0]}?campaignId={id}").Rows);
        Assert.Equal((true, false), (_bureau.Lemlist.Lead(leads[0])!.IsPaused, _bureau.Lemlist.Lead(other)!.IsPaused));
        Assert.Equal(2, _bureau.Post($"/leads/start/{leads[0]}").Rows.Count);
        Assert.Equal(2, _bureau.Post("/leads/notinterested/lead1%40example.com").Rows.Count);
        Assert.Equal("notInterested", _bureau.Lemlist.Lead(other)!.GlobalState);
        Assert.Equal(leads[0], _bureau.Post($"/campaigns/{id}/leads/{leads[0]}/interested").Id);
        Assert.Equal("apiInterested", _bureau.Lemlist.Lead(leads[0])!.State);
    }

    [Fact]
    public void A_campaign_comes_whole_as_csv_or_json()
    {
        (string id, IReadOnlyList<string> leads) = _bureau.Campaign(2);
        _bureau.Life.SetVariable(leads[0], "first line", "One,\n\"two\"");
        string csv = _bureau.Get($"/campaigns/{id}/export/leads?state=all").Text;
        Assert.StartsWith("emailStatus,email,firstName,lastName,picture,phone,linkedinUrl,timezone,companyName,companyDomain,icebreaker,first line,lastState,status,_id\n", csv, StringComparison.Ordinal);
        Assert.Contains("\"One,\n\"\"two\"\"\"", csv, StringComparison.Ordinal);
        Assert.Equal(leads, _bureau.Get($"/campaigns/{id}/export/leads?format=json").Ids);
        _bureau.Life.Open(leads[1]);
        Assert.Equal([leads[1]], _bureau.Get($"/campaigns/{id}/export/leads?format=json&state=hooked,warmed").Ids);
    }

    [Fact]
    public void Each_start_is_another_export_and_it_is_pending_for_a_while()
    {
        (string id, _) = _bureau.Campaign();
        string export = _bureau.Get($"/campaigns/{id}/export/start").Id;
        _bureau.Get($"/campaigns/{id}/export/start");
        Assert.Equal(2, _bureau.Lemlist.ExportsStarted);
        string status = $"/campaigns/{id}/export/{export}/status";
        Assert.Equal(["pending", "pending", "done"], Enumerable.Range(0, 3).Select(_ => (string)_bureau.Get(status).Json!["status"]!["status"]!));
        string url = (string)_bureau.Get(status).Json!["status"]!["url"]!;
        Assert.Equal(200, _bureau.Get(url["https://api.lemlist.com/api".Length..]).Status);
        _bureau.Behaviour.ExportFails = true;
        Assert.Equal("error", (string)_bureau.Get(status).Json!["status"]!["status"]!);
        Assert.False((bool)_bureau.Get($"/campaigns/{id}/export/axp_none/status").Json!["ok"]!);
        Assert.Equal("\"Campaign not found\"", _bureau.Get($"/campaigns/cam_none/export/{export}/status").Text);
    }

    [Fact]
    public void Figures_are_counted_from_the_feed()
    {
        (string id, IReadOnlyList<string> leads) = _bureau.Campaign(3);
        foreach (string lead in leads) _bureau.Life.Send(lead);
        _bureau.Life.Open(leads[0]);
        _bureau.Life.Open(leads[1], isBot: true);
        JsonNode figures = _bureau.Get($"/v2/campaigns/{id}/stats?startDate=2026-09-01T00:00:00Z&endDate=2026-09-30T00:00:00Z").Json!;
        Assert.Equal((3, 3, 1), ((int)figures["nbLeads"]!, (int)figures["messagesSent"]!, (int)figures["opened"]!));
        Assert.Equal("Bad params: startDate and endDate are required", _bureau.Get($"/v2/campaigns/{id}/stats").Text);
        Assert.Equal(400, _bureau.Get($"/v2/campaigns/{id}/stats?startDate=2026-09-01&endDate=2026-09-30&channels=mail").Status);
        Assert.Equal(3, (int)_bureau.Get("/campaigns/reports?campaignIds=" + id).Rows[0]!["emailsSent"]!);
    }

    private static SandboxRequest Request(string path) =>
        new("GET", "/api" + path.Split('?')[0], path.Split('?').ElementAtOrDefault(1) ?? "", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = Bureau.Basic(":" + Bureau.Key) }, "");
}
