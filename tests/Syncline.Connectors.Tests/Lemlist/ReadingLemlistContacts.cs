using Syncline.Conformance.Sources;
using Syncline.Connectors.Lemlist;
using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class ReadingLemlistContacts
{
    private readonly FakeLemlist _lemlist = new();
    private readonly CommittedPages _committed = new();

    [Fact]
    public async Task A_contact_is_one_person_with_all_its_campaigns_and_fields()
    {
        string spring = _lemlist.AddCampaign("Spring"), autumn = _lemlist.AddCampaign("Autumn");
        string contact = _lemlist.AddContact(
            "ada@example.com",
            $$"""{"fullName":"Ada Example","ownerId":"usr_1","unsubscribed":true,"campaigns":[{"campaignId":"{{spring}}","leadState":"review","leadId":"lea_1"},{"campaignId":"{{autumn}}","leadState":"done","leadId":"lea_2"}]}""",
            """{"firstName":"Ada","lastName":"Example","jobTitle":"Engineer","linkedinUrl":"https://linkedin.com/in/Ada-Example/","companyName":"Example Ltd","favourite colour":"red","seats":12}""");
        await _lemlist.ReadAsync(_committed, "people");
        FieldSet fields = _committed.Records[new("lemlist", "people", contact)].Fields;
        Assert.Equal("Autumn, Spring", fields["campaign_name"]?.ToString());
        Assert.Equal(("red", "12"), (fields["custom.favourite colour"]?.Text, fields["custom.seats"]?.Text));
        FieldSet canonical = LemlistMaps.Of(new() { Connection = "lemlist" }).Single(m => m.Stream == "people").ToCanonical(fields);
        Assert.Equal(("ada-example", "https://www.linkedin.com/in/ada-example"), (canonical["linkedin"]?.Text, canonical["linkedin_url"]?.Text));
        Assert.Equal(("true", "sender@example.com", "Engineer"), (canonical["unsubscribed"]?.Text, canonical["owner_email"]?.Text, canonical["job_title"]?.Text));
        Assert.Equal(2, canonical["campaign_id"]?.Items.Length);
    }

    [Fact]
    public async Task A_campaign_that_the_list_leaves_out_is_asked_for_by_itself()
    {
        string archived = _lemlist.AddCampaign("Old", "archived");
        _lemlist.AddContact("ada@example.com", $$"""{"campaigns":[{"campaignId":"{{archived}}","leadId":"lea_1"},{"campaignId":"cam_gone","leadId":"lea_2"}]}""");
        _lemlist.Answer(c => c.Path == "campaigns", 200, "[]");
        await _lemlist.ReadAsync(_committed, "people");
        Assert.Equal("Old", _committed.Records.Values.Single().Fields["campaign_name"]?.ToString());
    }

    [Fact]
    public async Task Between_two_complete_readings_nothing_is_asked()
    {
        _lemlist.AddContact("ada@example.com");
        await _lemlist.ReadAsync(_committed, "people");
        int calls = _lemlist.Calls.Count;
        _lemlist.Clock.Pass(TimeSpan.FromHours(23));
        Assert.Empty(await _lemlist.ReadAsync(_committed, "people"));
        Assert.Equal(calls, _lemlist.Calls.Count);
        _lemlist.Clock.Pass(TimeSpan.FromHours(2));
        Assert.NotEmpty(await _lemlist.ReadAsync(_committed, "people"));
    }

    [Fact]
    public async Task Contacts_that_are_deleted_during_a_reading_hide_no_other()
    {
        for (int i = 0; i < 10; i++) _lemlist.AddContact($"ada{i}@example.com");
        _lemlist.Settings["page_size"] = "3";
        int calls = 0;
        _lemlist.Meanwhile = call =>
        {
            if (call.Path == "contacts" && ++calls == 2) _lemlist.Contacts.RemoveRange(0, 2);
        };
        await _lemlist.ReadAsync(_committed, "people");
        Assert.Equal(10, _committed.Records.Count);
    }

    [Fact]
    public async Task Single_people_are_read_by_their_ids_and_the_absent_left_out()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        IPointSource people = Assert.IsAssignableFrom<IPointSource>(_lemlist.Source("people"));
        Assert.Equal([contact], (await people.FetchAsync([contact, "ctc_gone"], TestContext.Current.CancellationToken)).Select(r => r.Key.Id));
    }

    [Fact]
    public async Task A_company_may_have_its_name_in_its_own_fields_only()
    {
        _lemlist.Companies.Add(new() { ["_id"] = "cpn_1", ["domain"] = "example.com", ["fields"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Example Ltd", ["industry"] = "Tools" } });
        await _lemlist.ReadAsync(_committed, "companies");
        Assert.Equal("domain=example.com; industry=Tools; name=Example Ltd", _committed.Records.Values.Single().Fields.ToString());
    }
}
