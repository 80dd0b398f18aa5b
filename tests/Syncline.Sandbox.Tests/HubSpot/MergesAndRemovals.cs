using Syncline.Sandbox.HubSpot;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class MergesAndRemovals
{
    private readonly Portal _portal = new();

    [Fact]
    public void Two_contacts_become_a_third_to_which_both_ids_lead()
    {
        string first = _portal.Create("contacts", """{"email":"a@example.com","firstname":"Ada"}"""), second = _portal.Create("contacts", """{"email":"b@example.com","firstname":"Bo","jobtitle":"Welder"}""");
        string company = _portal.Create("companies", """{"name":"Acme"}""");
        _portal.Simulator.App.Associate("contacts", second, "companies", company, 1);
        _portal.Settle();
        Reply merged = _portal.Post($"{Portal.Newest}/contacts/merge", $$"""{"primaryObjectId":"{{first}}","objectIdToMerge":"{{second}}"}""");
        Assert.Equal(200, merged.Status);
        Assert.DoesNotContain(merged.Id, new[] { first, second });
        foreach (string old in (string[])[first, second])
        {
            Reply read = _portal.Read("contacts", old, "?properties=firstname,jobtitle,hs_merged_object_ids,hs_additional_emails,email");
            Assert.Equal((merged.Id, "Ada", "Welder", $"{first};{second}"), (read.Id, read["firstname"], read["jobtitle"], read["hs_merged_object_ids"]));
            Assert.Equal(("a@example.com", "b@example.com"), (read["email"], read["hs_additional_emails"]));
            Assert.Equal(merged.Id, _portal.Change("contacts", old, """{"city":"Oslo"}""").Id);
        }
        Assert.Equal([merged.Id], _portal.Get($"{Portal.Newest}/contacts").Ids);
        Assert.Empty(_portal.Get($"{Portal.Newest}/contacts?archived=true").Ids);
        Assert.Empty(_portal.Find("contacts", "email EQ a@example.com"));
        Assert.Equal([merged.Id], _portal.Settle().Find("contacts", "email EQ a@example.com"));
        Reply batch = _portal.Post($"{Portal.Newest}/contacts/batch/read", $$"""{"inputs":[{"id":"{{first}}"}]}""");
        Assert.Equal((200, 0, 0), (batch.Status, batch.Results.Count, batch.Errors.Count));
        Assert.Equal("OBJECT_NOT_FOUND", (string?)_portal.Post($"{Portal.Newest}/contacts/batch/update", $$"""{"inputs":[{"id":"{{first}}","properties":{} }]}""").Errors.Single()!["category"]);
        Assert.Equal([1, 279], _portal.Simulator.Record("contacts", merged.Id)!.To("companies").Single().TypeIds);
        Assert.Equal([merged.Id], _portal.Simulator.Record("companies", company)!.To("contacts").Select(a => a.Id));
    }

    [Fact]
    public void An_additional_address_is_taken_too_and_found_by_its_own_property()
    {
        string first = _portal.Contact("a@example.com"), second = _portal.Contact("b@example.com");
        string merged = _portal.Simulator.App.Merge("contacts", first, second);
        Assert.Equal($"Contact already exists. Existing ID: {merged}", _portal.TryCreate("contacts", """{"email":"b@example.com"}""").Message);
        _portal.Settle();
        Assert.Empty(_portal.Find("contacts", "email EQ b@example.com"));
        Assert.Equal([merged], _portal.Find("contacts", "hs_additional_emails EQ b@example.com"));
        Assert.Equal(404, _portal.Read("contacts", "b@example.com", "?idProperty=email").Status);
        Assert.Equal(merged, _portal.Turn("additional-emails-identify", "true").Read("contacts", "b@example.com", "?idProperty=email").Id);
    }

    [Fact]
    public void A_portal_may_keep_the_primary_id()
    {
        string first = _portal.Contact("a@example.com"), second = _portal.Contact("b@example.com");
        _portal.Turn("merge-keeps-primary-id", "true");
        Assert.Equal(first, _portal.Post($"{Portal.Newest}/contacts/merge", $$"""{"primaryObjectId":"{{first}}","objectIdToMerge":"{{second}}"}""").Id);
        Assert.Equal((first, second), (_portal.Read("contacts", second).Id, _portal.Read("contacts", first, "?properties=hs_merged_object_ids")["hs_merged_object_ids"]));
        Assert.Equal(409, _portal.TryCreate("contacts", """{"email":"b@example.com"}""").Status);
    }

    [Fact]
    public void People_restore_for_ninety_days_under_the_same_id()
    {
        string id = _portal.Contact("a@example.com");
        _portal.Delete($"{Portal.Newest}/contacts/{id}");
        _portal.Clock.Step(TimeSpan.FromDays(89));
        _portal.Simulator.App.Restore("contacts", id);
        Assert.Equal("a@example.com", _portal.Read("contacts", id)["email"]);
        Assert.Equal(409, _portal.TryCreate("contacts", """{"email":"a@example.com"}""").Status);
        Assert.Equal([id], _portal.Settle().Find("contacts", "email EQ a@example.com"));
        _portal.Simulator.App.Archive("contacts", id);
        _portal.Clock.Step(TimeSpan.FromDays(91));
        Assert.Throws<ArgumentException>(() => _portal.Simulator.App.Restore("contacts", id));
    }

    [Fact]
    public void An_erased_contact_is_gone_and_its_address_blocked()
    {
        string id = _portal.Contact("a@example.com");
        Assert.Equal(204, _portal.Post($"{Portal.Newest}/contacts/gdpr-delete", $$"""{"objectId":"{{id}}"}""").Status);
        Assert.Equal((404, 404), (_portal.Read("contacts", id).Status, _portal.Read("contacts", id, "?archived=true").Status));
        Assert.Contains("blocklist", _portal.TryCreate("contacts", """{"email":"A@example.com"}""").Message, StringComparison.Ordinal);
        Assert.Equal(204, _portal.Post($"{Portal.Newest}/contacts/gdpr-delete", """{"objectId":"never@example.com","idProperty":"email"}""").Status);
        Assert.Equal(400, _portal.TryCreate("contacts", """{"email":"never@example.com"}""").Status);
        Assert.Null(_portal.Simulator.Record("contacts", id));
    }

    [Fact]
    public void Many_records_can_have_one_last_modified_time()
    {
        string[] ids = _portal.Contacts(3);
        _portal.Clock.Step(5);
        _portal.Simulator.App.Stamp("contacts", ids);
        Assert.Single(ids.Select(i => (string?)_portal.Read("contacts", i).Json["updatedAt"]).Distinct());
    }

    [Fact]
    public void What_people_edit_names_them()
    {
        string id = _portal.Contact("a@example.com");
        _portal.Simulator.App.Edit("contacts", id, "jobtitle", "Welder");
        HubSpotPastValue past = _portal.Simulator.Record("contacts", id)!.History("jobtitle").Single();
        Assert.Equal(("Welder", "CRM_UI", "userId:9000001"), (past.Value, past.SourceType, past.SourceId));
    }
}
