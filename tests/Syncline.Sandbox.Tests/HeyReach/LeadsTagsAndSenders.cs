using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class LeadsTagsAndSenders
{
    private readonly Account _account = new(HeyReachWorld.Plain(10, 2));
    private readonly HeyReachLead _lead;

    public LeadsTagsAndSenders() => _lead = _account.HeyReach.Leads.First();

    [Fact]
    public void A_lead_is_found_by_any_form_of_its_url()
    {
        JsonElement lead = _account.Read("/lead/GetLead", JsonSerializer.Serialize(new { profileUrl = _lead.ProfileUrl.ToUpperInvariant() + "/?utm=1" }));
        Assert.Equal(_lead.LinkedInId, lead.GetProperty("linkedin_id").GetString());
        Assert.Equal("[]", lead.GetProperty("experiences").GetString());
        Assert.Equal($"{_lead.FirstName} {_lead.LastName}", lead.GetProperty("fullName").GetString());
    }

    [Theory]
    [InlineData("https://www.linkedin.com/in/nobody-here")]
    [InlineData("https://www.linkedin.com/pub/somebody/1/2/3")]
    public void An_unknown_lead_is_answered_as_the_knob_says(string profileUrl)
    {
        string body = JsonSerializer.Serialize(new { profileUrl });
        Account.Error(404, _account.Post("/lead/GetLead", body));
        _account.HeyReach.Behaviour.UnknownLeadStatus = 400;
        Account.Error(400, _account.Post("/lead/GetLead", body));
    }

    [Fact]
    public void Tags_are_added_once_and_read_in_alphabetical_order()
    {
        Assert.Equal(["VIP", "Follow up"], Assign("AddTags", ["VIP", "Follow up"], create: false));
        Assert.Equal(["Nurture"], Assign("AddTags", ["vip", "Nurture"], create: false));
        Assert.Equal(["Follow up", "Nurture", "VIP"], Tags());
    }

    [Fact]
    public void Replacing_tags_drops_the_others()
    {
        Assign("AddTags", ["VIP", "Nurture"], create: false);
        Assert.Equal(["Follow up"], Assign("ReplaceTags", ["VIP", "Follow up"], create: false));
        Assert.Equal(["Follow up", "VIP"], Tags());
    }

    [Fact]
    public void An_unknown_tag_is_refused_unless_it_may_be_created()
    {
        SandboxResponse refused = _account.Post("/lead/AddTags", Body(["Brand new"], create: false));
        Account.Error(400, refused);
        Assert.Empty(Tags());
        Assert.Equal(["Brand new"], Assign("AddTags", ["Brand new"], create: true));
        Assert.Contains("Brand new", _account.HeyReach.Tags);
    }

    [Fact]
    public void Tagging_wants_a_lead_and_tags() => Assert.Equal(["LeadProfileUrl", "Tags"], Account.Refused(_account.Post("/lead/AddTags", "{}")));

    [Fact]
    public void Tags_are_created_in_one_of_eight_colours()
    {
        Assert.Equal(200, _account.Post("/lead_tags/CreateTags", """{"tags":[{"displayName":"Hot","color":"Red"}]}""").Status);
        Assert.Equal(["Hot"], Assign("AddTags", ["hot"], create: false), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["Color"], Account.Refused(_account.Post("/lead_tags/CreateTags", """{"tags":[{"displayName":"Cold","color":"Grey"}]}""")));
    }

    [Fact]
    public void Senders_are_listed_and_read_by_id()
    {
        List<JsonElement> senders = Account.Items(_account.Read("/li_account/GetAll", """{"offset":0,"limit":100}"""));
        Assert.Equal(_account.HeyReach.Senders.Select(s => s.Id), senders.Select(s => s.GetProperty("id").GetInt32()));
        Assert.Equal(["id", "emailAddress", "firstName", "lastName", "isActive", "activeCampaigns", "authIsValid", "isValidNavigator", "isValidRecruiter"], senders[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(senders[1].GetRawText(), _account.Get($"/li_account/GetById?accountId={_account.HeyReach.Senders[1].Id}").GetRawText());
        Account.Error(404, _account.Send("GET", "/li_account/GetById?accountId=1"));
    }

    private string Body(string[] tags, bool create) => JsonSerializer.Serialize(new { leadLinkedInId = _lead.LinkedInId, tags, createTagIfNotExisting = create });

    private string[] Assign(string call, string[] tags, bool create) => Names(_account.Read("/lead/" + call, Body(tags, create)), "newAssignedTags");

    private string[] Tags() => Names(_account.Read("/lead/GetTags", JsonSerializer.Serialize(new { profileUrl = _lead.ProfileUrl })), "tags");

    private static string[] Names(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
