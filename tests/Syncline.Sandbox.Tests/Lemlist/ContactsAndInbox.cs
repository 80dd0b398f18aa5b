using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>Contacts, lists, companies and the inbox (contract, sections 6 and 7).</summary>
public sealed class ContactsAndInbox
{
    private readonly Bureau _bureau = new();

    [Fact]
    public void Named_contacts_are_a_bare_array_and_all_others_an_envelope()
    {
        _bureau.Campaign(3);
        LemlistContactView first = _bureau.Lemlist.Contacts.First();
        Assert.Equal(2, _bureau.Get($"/contacts?idsOrEmails={first.Id},lead2%40example.com,nobody%40example.com").Rows.Count);
        JsonNode page = _bureau.Get("/contacts?limit=2&offset=2").Json!;
        Assert.Equal((1, 3, 2, 2), (page["data"]!.AsArray().Count, (int)page["total"]!, (int)page["limit"]!, (int)page["offset"]!));
        Assert.Equal(400, _bureau.Get("/contacts?idsOrEmails=" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"p{i}%40example.com"))).Status);
        Assert.Equal(400, _bureau.Get("/contacts?limit=501").Status);
    }

    [Fact]
    public void Contacts_are_looked_for()
    {
        _bureau.Campaign(2);
        Assert.Equal(1, (int)_bureau.Get("/contacts?email=lead2%40example.com").Json!["total"]!);
        Assert.Equal(2, (int)_bureau.Get("/contacts?search=Ad").Json!["total"]!);
        Assert.Equal("Search query must be at least 2 characters", _bureau.Get("/contacts?search=A").Text);
        Assert.Equal(0, (int)_bureau.Get("/contacts?notInAnyCampaign=true").Json!["total"]!);
        Assert.Equal(0, (int)_bureau.Get("/contacts?companyDomain=nowhere.example.com").Json!["total"]!);
        Assert.Equal(400, _bureau.Get("/contacts?companyDomain=a.example.com&companyId=cpn_1").Status);
    }

    [Fact]
    public void An_upsert_makes_once_and_changes_after_and_clears_nothing()
    {
        Reply made = _bureau.Post("/contacts", """{"email":"ada@example.com","firstName":"Ada","segment":"north"}""");
        Assert.Equal((201, true, "ada@example.com"), (made.Status, (bool)made.Json!["data"]!["created"]!, (string)made.Json["data"]!["emails"]![0]!["value"]!));
        Reply changed = _bureau.Post("/contacts", """{"email":"ADA@example.com","firstName":"","lastName":"Field","segment":null,"linkedinUrl":"https://www.linkedin.com/in/ada"}""");
        Assert.Equal((200, false, true), (changed.Status, (bool)changed.Json!["data"]!["created"]!, (bool)changed.Json["data"]!["updated"]!));
        Assert.Equal(200, _bureau.Post("/contacts", """{"linkedinUrl":"https://www.linkedin.com/in/ada/","email":"ada.two@example.com"}""").Status);
        LemlistContactView held = _bureau.Lemlist.Contacts.Single();
        Assert.Equal(("Ada Field", "north", "ada.two@example.com"), (held.FullName, held.Fields["segment"], held.Email));
    }

    [Theory]
    [InlineData("""{"firstName":"Ada"}""", "MISSING_IDENTIFIER")]
    [InlineData("""{"email":"ada"}""", "INVALID_EMAIL")]
    [InlineData("""{"contactId":"1"}""", "INVALID_CONTACT_ID")]
    [InlineData("""{"contactId":"ctc_none"}""", "CONTACT_NOT_FOUND_BY_ID")]
    public void A_refused_upsert_has_a_code(string body, string code)
    {
        Reply refused = _bureau.Post("/contacts", body);
        Assert.Equal((400, false, code), (refused.Status, (bool)refused.Json!["success"]!, (string)refused.Json["error"]!["code"]!));
    }

    [Fact]
    public void A_contact_goes_with_its_leads_and_all_they_did()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign(2);
        foreach (string lead in leads) _bureau.Life.Send(lead);
        Reply gone = _bureau.Delete("/contacts/lead1%40example.com");
        Assert.True((bool)gone.Json!["success"]!);
        Assert.Equal((1, 1), (_bureau.Lemlist.ActivityCount, _bureau.Lemlist.Leads.Count()));
        Assert.Equal("CONTACT_NOT_FOUND", (string)_bureau.Get("/contacts/lead1%40example.com").Json!["error"]!["code"]!);
    }

    [Fact]
    public void An_enrichment_under_way_keeps_the_contact()
    {
        (string id, _) = _bureau.Campaign(0);
        _bureau.Post($"/campaigns/{id}/leads/?verifyEmail=true", """{"email":"ada@example.com"}""");
        Assert.Equal((409, "CONTACT_DELETE_BLOCKED"), Blocked());
        _bureau.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, _bureau.Delete("/contacts/ada%40example.com").Status);

        (int, string) Blocked()
        {
            Reply refused = _bureau.Delete("/contacts/ada%40example.com");
            return (refused.Status, (string)refused.Json!["error"]!["code"]!);
        }
    }

    [Fact]
    public void Lists_are_made_filled_and_exported()
    {
        _bureau.Campaign(2);
        string[] ids = [.. _bureau.Lemlist.Contacts.Select(c => c.Id)];
        string list = (string)_bureau.Post("/contacts/lists", """{"name":"Nurturing"}""").Json!["list"]!["id"]!;
        string body = $$"""{"contactIds":["{{ids[0]}}","{{ids[1]}}"]}""";
        Assert.Equal(2, (int)_bureau.Post($"/contacts/lists/{list}/entities", body).Json!["addedCount"]!);
        Assert.Equal(2, (int)_bureau.Post($"/contacts/lists/{list}/entities", body).Json!["alreadyInList"]!);
        Assert.Equal(2, (int)_bureau.Get("/contacts?listId=" + list).Json!["total"]!);
        Assert.Equal(2, (int)_bureau.Post($"/contacts/lists/{list}/entities?action=remove", body).Json!["removedCount"]!);
        Assert.Equal("Nurturing", (string)_bureau.Get("/contacts/lists").Rows[0]!["name"]!);
        Assert.Equal("firstName,lastName,email,companyName,jobTitle,status", _bureau.Get("/contacts/export?listId=" + list).Text);
        Assert.Equal(404, _bureau.Get("/contacts/export?listId=clt_none").Status);
    }

    [Fact]
    public void Companies_are_upserted_and_noted()
    {
        Assert.Equal("MISSING_REQUIRED_FIELD", (string)_bureau.Post("/companies", """{"domain":"aster.example.com"}""").Json!["error"]!["code"]!);
        Reply made = _bureau.Post("/companies", """{"domain":"aster.example.com","name":"Aster"}"""), again = _bureau.Post("/companies", """{"domain":"aster.example.com","industry":"Plants"}""");
        Assert.Equal((201, 200), (made.Status, again.Status));
        string id = (string)made.Json!["data"]!["_id"]!;
        Assert.Equal("annotated", (string)_bureau.Post($"/companies/{id}/notes", """{"note":"Call them"}""").Json!["type"]!);
        Assert.Equal(1, (int)_bureau.Get($"/companies/{id}/notes").Json!["total"]!);
        JsonNode row = _bureau.Get("/companies?idsOrDomains=aster.example.com").Json!["data"]![0]!;
        Assert.Equal(("Aster", null), ((string)row["fields"]!["name"]!, (string?)row["name"]));
        Assert.Equal("NO_CRM_CONNECTED", (string)_bureau.Get("/companies?crmSyncStatus=synced").Json!["error"]!["code"]!);
    }

    [Fact]
    public void The_inbox_has_a_row_for_contact_and_user_and_tells_when_a_reply_was_seen()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign(2);
        foreach (string lead in leads) _bureau.Life.Send(lead);
        _bureau.Clock.Advance(TimeSpan.FromMinutes(30));
        string reply = _bureau.Life.Reply(leads[0], "Yes, <gladly>.", TimeSpan.FromSeconds(95));
        string user = _bureau.Lemlist.UserIds[0];
        JsonNode page = _bureau.Get("/inbox?userId=" + user).Json!, row = page["data"]![0]!;
        Assert.Equal((2, null), ((int)page["pagination"]!["totalItems"]!, (int?)page["pagination"]!["nextPage"]));
        Assert.Equal(("2026-09-15T12:30:00.000Z", true, "email"), ((string)row["lastRepliedAt"]!, (bool)row["haveReplies"]!, (string)row["lastRepliedChannel"]!));
        JsonNode message = _bureau.Get($"/inbox/{row["contactId"]}?userId={user}").Json!["data"]![0]!;
        Assert.Equal((reply, "2026-09-15T12:28:25.000Z", "<div>Yes, &lt;gladly&gt;.</div>"), ((string)message["_id"]!, (string)message["createdAt"]!, (string)message["message"]!));
        Assert.Contains(reply, _bureau.Get(Bureau.Feed).Ids);
    }

    [Fact]
    public void The_inbox_asks_for_a_user_and_pages()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign(25);
        foreach (string lead in leads) _bureau.Life.Send(lead);
        Assert.Equal("User ID is required", _bureau.Get("/inbox").Text);
        Assert.Equal("User not in team", _bureau.Get("/inbox?userId=usr_none").Text);
        string user = _bureau.Lemlist.UserIds[0];
        Assert.Equal((3, null), (Page(2).Next, Page(3).Next));
        Assert.Equal(25, Enumerable.Range(1, 3).SelectMany(p => Page(p).Ids).Distinct().Count());

        (int? Next, string[] Ids) Page(int page)
        {
            JsonNode json = _bureau.Get($"/inbox?userId={user}&page={page}").Json!;
            return ((int?)json["pagination"]!["nextPage"], [.. json["data"]!.AsArray().Select(r => (string)r!["_id"]!)]);
        }
    }

    [Fact]
    public void Reading_marks_nothing_unless_it_says_so()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign();
        _bureau.Life.Reply(leads[0]);
        string contact = _bureau.Lemlist.Contacts.Single().Id;
        _bureau.Get("/inbox/" + contact);
        Assert.Equal(0, _bureau.Lemlist.MarkedAsRead);
        _bureau.Get($"/inbox/{contact}?markAsRead=true");
        Assert.Equal(1, _bureau.Lemlist.MarkedAsRead);
    }

    [Fact]
    public void A_message_written_by_hand_is_in_the_feed_and_sends_no_hook()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign();
        _bureau.Post("/hooks", """{"targetUrl":"https://hooks.example.com/a"}""");
        Reply sent = _bureau.Post("/inbox/email", $$"""{"sendUserId":"{{_bureau.Lemlist.UserIds[0]}}","leadId":"{{leads[0]}}","subject":"S","message":"M"}""");
        Assert.Equal((200, true), (sent.Status, (bool)sent.Json!["ok"]!));
        Assert.Equal(("emailsSent", 0), (_bureau.Lemlist.Activities.Single().Type, _bureau.Lemlist.Webhooks.Deliver()));
        Assert.Equal(400, _bureau.Post("/inbox/email", """{"message":"M"}""").Status);
    }

    [Fact]
    public void The_team_shows_its_users_in_version_2_and_fields_list_custom_ones()
    {
        Assert.Null(_bureau.Get("/team").Json!["users"]);
        Assert.Equal(2, _bureau.Get("/team?version=v2").Json!["users"]!.AsArray().Count);
        _bureau.Life.AddLead(_bureau.Life.AddCampaign("C"), "ada@example.com", more: new Dictionary<string, string> { ["segment"] = "north" });
        JsonNode fields = _bureau.Get("/fields?entity=contact&source=custom").Json!["data"]!;
        Assert.Equal("segment", (string)fields["contact"]![0]!["name"]!);
        Assert.Null(fields["company"]);
        Assert.Equal(2, _bureau.Get("/team/senders").Rows.Count);
        Assert.Equal("CONNECTED", (string)_bureau.Get("/users/" + _bureau.Lemlist.UserIds[1]).Json!["mailboxes"]![0]!["status"]!);
        Assert.Equal("0", (string)_bureau.Get("/tasks").Json!["page"]!);
    }
}
