using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class CampaignsAndLists
{
    private readonly Account _account = new(HeyReachWorld.Plain(300, 2));

    [Fact]
    public void Campaigns_have_the_fields_of_the_contract()
    {
        List<JsonElement> campaigns = Account.Items(_account.Read("/campaign/GetAll", """{"offset":0,"limit":100,"statuses":[],"accountIds":[]}"""));
        Assert.Equal(4, campaigns.Count);
        Assert.Superset(
            new HashSet<string> { "id", "name", "creationTime", "linkedInUserListName", "linkedInUserListId", "campaignAccountIds", "status", "progressStats", "organizationUnitId" },
            campaigns[0].EnumerateObject().Select(p => p.Name).ToHashSet());
        Assert.Matches(@"\.\d{6}Z$", campaigns[0].GetProperty("creationTime").GetString());
    }

    [Theory]
    [InlineData("""{"statuses":["IN_PROGRESS"]}""", 1)]
    [InlineData("""{"statuses":["CANCELED"]}""", 0)]
    [InlineData("""{"keyword":"OUTREACH"}""", 4)]
    [InlineData("""{"keyword":"no such name"}""", 0)]
    [InlineData("""{"offset":4}""", 0)]
    [InlineData("""{"offset":3,"limit":1}""", 1)]
    public void Campaigns_are_filtered_and_paged(string body, int expected) => Assert.Equal(expected, Account.Items(_account.Read("/campaign/GetAll", body)).Count);

    [Fact]
    public void Campaigns_of_a_sender()
    {
        int sender = _account.HeyReach.Senders[1].Id;
        List<JsonElement> found = Account.Items(_account.Read("/campaign/GetAll", $$"""{"accountIds":[{{sender}}]}"""));
        Assert.Equal(2, found.Count);
        Assert.All(found, c => Assert.Contains(sender, c.GetProperty("campaignAccountIds").EnumerateArray().Select(i => i.GetInt32())));
    }

    [Fact]
    public void A_status_that_does_not_exist_is_refused() => Assert.Equal(["Statuses"], Account.Refused(_account.Post("/campaign/GetAll", """{"statuses":["RUNNING"]}""")));

    [Fact]
    public void Strict_campaign_reads_want_their_arrays()
    {
        _account.HeyReach.Behaviour.StrictFilters = true;
        Assert.Equal(["AccountIds", "Statuses"], Account.Refused(_account.Post("/campaign/GetAll", """{"offset":0,"limit":10}""")));
    }

    [Fact]
    public void A_campaign_by_id_is_the_object_of_the_listing()
    {
        JsonElement listed = Account.Items(_account.Read("/campaign/GetAll", "{}"))[2];
        JsonElement one = _account.Get($"/campaign/GetById?campaignId={listed.GetProperty("id").GetInt32()}");
        Assert.Equal(listed.GetRawText(), one.GetRawText());
        Account.Error(404, _account.Send("GET", "/campaign/GetById?campaignId=1"));
        Assert.Equal(["campaignId"], Account.Refused(_account.Send("GET", "/campaign/GetById")));
    }

    [Fact]
    public void Leads_of_a_campaign_are_paged_by_at_most_100()
    {
        JsonElement page = CampaignLeads("""{"campaignId":3001,"offset":0,"limit":100}""");
        Assert.Equal(page.GetProperty("totalCount").GetInt32(), Account.Items(page).Count);
        JsonElement row = Account.Items(page)[0];
        Assert.StartsWith("ACoAA", row.GetProperty("linkedInUserProfileId").GetString(), StringComparison.Ordinal);
        Assert.Contains(row.GetProperty("linkedInUserProfile").GetProperty("linkedin_id").GetString(), _account.HeyReach.Leads.Select(l => l.LinkedInId));
        Assert.Equal(("Finished", "ConnectionAccepted", "MessageReply"), (Text(row, "leadCampaignStatus"), Text(row, "leadConnectionStatus"), Text(row, "leadMessageStatus")));
        Assert.Equal(["Limit"], Account.Refused(_account.Post("/campaign/GetLeadsFromCampaign", """{"campaignId":3001,"offset":0,"limit":101}""")));
        Account.Error(404, _account.Post("/campaign/GetLeadsFromCampaign", """{"campaignId":1,"offset":0,"limit":10}"""));
    }

    [Fact]
    public void Campaign_lead_times_filter_only_under_a_time_filter()
    {
        string from = _account.Clock.Now.AddDays(-30).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        int all = Count($$"""{"campaignId":3001,"limit":100,"timeFrom":"{{from}}"}""");
        int recent = Count($$"""{"campaignId":3001,"limit":100,"timeFrom":"{{from}}","timeFilter":"LastActionTakenTime"}""");
        Assert.Equal(Count("""{"campaignId":3001,"limit":100}"""), all);
        Assert.InRange(recent, 1, all - 1);
        Assert.Equal(0, Count("""{"campaignId":3001,"limit":100,"timeFilter":"FailedTime"}"""));
    }

    [Fact]
    public void Campaigns_for_a_lead_by_each_identifier()
    {
        HeyReachConversation thread = _account.HeyReach.Conversations.First(c => c.CampaignId is not null);
        string byId = ForLead(new { linkedinId = thread.Lead.LinkedInId, offset = 0, limit = 10 });
        Assert.Equal(byId, ForLead(new { profileUrl = thread.Lead.ProfileUrl, offset = 0, limit = 10 }));
        JsonElement answer = JsonDocument.Parse(byId).RootElement;
        Assert.Equal(thread.CampaignId, Account.Items(answer)[0].GetProperty("campaignId").GetInt32());
        Assert.Equal($"{thread.Lead.FirstName} {thread.Lead.LastName}", Text(answer, "leadFullName"));
    }

    [Fact]
    public void A_lead_can_be_in_several_campaigns()
    {
        Account lively = new(HeyReachWorld.Lively(100) with { TwoCampaigns = 1 });
        HeyReachConversation thread = lively.HeyReach.Conversations.First(c => c.CampaignId is not null && c.Lead.LinkedInId is not null);
        JsonElement answer = lively.Read("/campaign/GetCampaignsForLead", JsonSerializer.Serialize(new { linkedinId = thread.Lead.LinkedInId, offset = 0, limit = 10 }));
        Assert.Equal(2, Account.Items(answer).Select(c => c.GetProperty("campaignId").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void Campaigns_for_nobody_are_refused()
    {
        Assert.Equal(["ProfileUrl"], Account.Refused(_account.Post("/campaign/GetCampaignsForLead", """{"offset":0,"limit":10}""")));
        Account.Error(404, _account.Post("/campaign/GetCampaignsForLead", """{"linkedinId":"1","offset":0,"limit":10}"""));
    }

    [Fact]
    public void Lists_hold_every_lead_once_in_pages_of_up_to_1000()
    {
        List<JsonElement> lists = Account.Items(_account.Read("/list/GetAll", """{"offset":0,"limit":100}"""));
        Assert.Equal(300, lists.Sum(l => l.GetProperty("totalItemsCount").GetInt32()));
        Assert.Matches(@"\.\d{7}Z$", Text(lists[0], "creationTime"));
        List<string> met = [.. lists.SelectMany(l => Account.Items(ListLeads(l.GetProperty("id").GetInt32(), 1000))).Select(l => Text(l, "linkedin_id"))];
        Assert.Equal(_account.HeyReach.Leads.Select(l => l.LinkedInId).Order(), met.Order());
        Assert.Equal(["Limit"], Account.Refused(_account.Post("/list/GetLeadsFromList", """{"listId":7001,"offset":0,"limit":1001}""")));
        Account.Error(404, _account.Post("/list/GetLeadsFromList", """{"listId":1,"offset":0,"limit":10}"""));
    }

    [Fact]
    public void List_leads_are_narrowed_by_lead()
    {
        HeyReachLead lead = _account.HeyReach.Leads.First();
        int found = new[] { 7001, 7002 }.Sum(list => Account.Items(_account.Read("/list/GetLeadsFromList", JsonSerializer.Serialize(new { listId = list, limit = 10, leadProfileUrl = lead.ProfileUrl }))).Count);
        Assert.Equal(1, found);
    }

    private JsonElement ListLeads(int listId, int limit) => _account.Read("/list/GetLeadsFromList", JsonSerializer.Serialize(new { listId, offset = 0, limit }));

    private JsonElement CampaignLeads(string body) => _account.Read("/campaign/GetLeadsFromCampaign", body);

    private int Count(string body) => CampaignLeads(body).GetProperty("totalCount").GetInt32();

    private string ForLead(object body) => _account.Read("/campaign/GetCampaignsForLead", JsonSerializer.Serialize(body)).GetRawText();

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
