using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class InboxFilters
{
    private const string Path = "/inbox/GetConversationsV3";

    private readonly Account _account = new(HeyReachWorld.Lively(80) with { Unread = 0.5, Tagged = 0.5, AutoTagged = 0.5 });

    [Fact]
    public void By_sender()
    {
        int account = _account.HeyReach.Senders[1].Id;
        Matches(new { linkedInAccountIds = new[] { account } }, c => c.LinkedInAccountId == account);
    }

    [Fact]
    public void By_campaign() => Matches(new { campaignIds = new[] { 3001, 3002 } }, c => c.CampaignId is 3001 or 3002);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_seen(bool seen) => Matches(new { seen }, c => c.Read == seen);

    [Fact]
    public void By_tag_without_case() => Matches(new { tags = new[] { "vip" } }, c => c.Lead.Tags.Contains("VIP"));

    [Fact]
    public void By_text_of_a_message()
    {
        string word = _account.HeyReach.Conversations.First(c => c.Messages[0].Body.Length > 60).Messages[0].Body[23..40];
        Matches(new { searchString = word.ToUpperInvariant() }, c => c.Messages.Any(m => m.Body.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void By_lead_in_both_forms()
    {
        HeyReachLead lead = _account.HeyReach.Leads.First(l => l.LinkedInId is not null);
        Matches(new { leadLinkedInId = lead.LinkedInId }, c => c.Lead.LinkedInId == lead.LinkedInId);
        Matches(new { leadProfileUrl = lead.ProfileUrl + "/" }, c => c.Lead.LinkedInId == lead.LinkedInId);
    }

    [Fact]
    public void By_latest_auto_tag()
    {
        List<JsonElement> items = Account.Items(Filtered(new { latestAutoTagNames = new[] { "Interested" } }));
        Assert.NotEmpty(items);
        Assert.All(items, i => Assert.Equal("Interested", i.GetProperty("correspondentProfile").GetProperty("autoTags")[0].GetProperty("name").GetString()));
    }

    [Fact]
    public void Both_lead_filters_at_once_are_refused()
    {
        HeyReachLead lead = _account.HeyReach.Leads.First(l => l.LinkedInId is not null);
        Account.Error(400, Post(new { leadLinkedInId = lead.LinkedInId, leadProfileUrl = lead.ProfileUrl }));
    }

    [Fact]
    public void An_unknown_profile_url_is_refused_and_not_an_empty_page() =>
        Account.Error(400, Post(new { leadProfileUrl = "https://www.linkedin.com/in/nobody-here" }));

    [Fact]
    public void A_tag_that_does_not_exist_is_refused() => Account.Error(400, Post(new { tags = new[] { "VIP", "No such tag" } }));

    [Fact]
    public void A_partial_filters_object_is_refused_only_when_strict()
    {
        Assert.Equal(200, Post(new { linkedInAccountIds = Array.Empty<int>() }).Status);
        _account.HeyReach.Behaviour.StrictFilters = true;
        Assert.Equal(
            ["CampaignIds", "LatestAutoTagNames", "LeadLinkedInId", "LeadProfileUrl", "SearchString", "Seen", "Tags"],
            Account.Refused(Post(new { linkedInAccountIds = Array.Empty<int>() })));
        Assert.Equal(8, Account.Refused(_account.Post(Path, "{}")).Count);
    }

    [Fact]
    public void Complete_filters_pass_when_strict_in_V3_and_V2()
    {
        _account.HeyReach.Behaviour.StrictFilters = true;
        const string v2 = "\"linkedInAccountIds\":[],\"campaignIds\":[],\"searchString\":\"\",\"leadLinkedInId\":null,\"leadProfileUrl\":null,\"tags\":[],\"seen\":null";
        _account.V3("{\"filters\":{" + v2 + ",\"latestAutoTagNames\":[]}}");
        _account.V2("{\"filters\":{" + v2 + "},\"offset\":0,\"limit\":10}");
    }

    private void Matches(object filters, Func<HeyReachConversation, bool> expected)
    {
        string[] ids = [.. _account.HeyReach.Conversations.Where(expected).Select(c => c.Id)];
        Assert.InRange(ids.Length, 1, 80);
        JsonElement page = Filtered(filters);
        Assert.Equal(ids, Account.Ids(page));
        Assert.Equal(ids.Length, page.GetProperty("totalCount").GetInt32());
        Assert.Equal(ids, Account.Ids(_account.V2(JsonSerializer.Serialize(new { offset = 0, limit = 100, filters }))));
    }

    private JsonElement Filtered(object filters) => Account.Json(Post(filters));

    private SandboxResponse Post(object filters) => _account.Post(Path, JsonSerializer.Serialize(new { limit = 100, filters }));
}
