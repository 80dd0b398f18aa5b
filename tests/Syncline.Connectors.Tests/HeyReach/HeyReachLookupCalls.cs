using System.Text.Json.Nodes;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachLookupCalls
{
    private static string Thread(string id, string more = "") => Inboxes.Conversation(id, "", total: 0, more: more);

    private static IEnumerable<RemoteRecord> Conversations(Page page) => page.Records.Where(r => r.Kind == RecordKind.Conversation);

    [Fact]
    public async Task A_listed_campaign_gets_its_name_with_one_listing_a_run()
    {
        FakeHeyReach http = new(call => call.Path switch
        {
            "campaign/GetAll" => (200, (int)JsonNode.Parse(call.Body)!["offset"]! == 0
                ? $$"""{"totalCount":101,"items":[{{string.Join(",", Enumerable.Range(1, 100).Select(i => $$"""{"id":{{i}},"name":"Campaign {{i}}"}"""))}}]}"""
                : """{"totalCount":101,"items":[{"id":101,"name":"The last"}]}"""),
            _ => (200, Inboxes.Page(Thread("a", ""","campaignId":7"""), Thread("b", ""","campaignId":"101" """), Thread("c"))),
        });
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["7 Campaign 7", "101 The last", " "], Conversations(page).Select(r => $"{r.Fields["campaign_id"]} {r.Fields["campaign_name"]}"));
        Assert.Equal(["inbox/GetConversationsV3", "campaign/GetAll", "campaign/GetAll"], http.Calls.Select(c => c.Path));
        Assert.Contains("\"statuses\":[],\"accountIds\":[]", http.Calls[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_up_stores_all_campaigns_of_a_lead_and_asks_once_for_each_lead()
    {
        FakeHeyReach http = new(call => call.Path == "campaign/GetCampaignsForLead"
            ? (200, """{"leadFullName":"x","totalCount":2,"items":[{"campaignId":1,"campaignName":"One"},{"campaignId":2,"campaignName":"Two"}]}""")
            : (200, Inboxes.Page(Thread("a"), Thread("b"))));
        http.Settings["campaigns"] = "lookup";
        Page page = (await http.ReadAsync()).Single();
        Assert.All(Conversations(page), r => Assert.Equal("1, 2 One, Two", $"{r.Fields["campaign_id"]} {r.Fields["campaign_name"]}"));
        Assert.Contains("\"linkedinId\":\"900000001\"", Assert.Single(http.Calls, c => c.Path == "campaign/GetCampaignsForLead").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(401, true)]
    [InlineData(503, false)]
    public async Task A_failing_look_up_leaves_a_gap_and_ends_nothing(int status, bool isKept)
    {
        FakeHeyReach http = new(call => call.Path.StartsWith("inbox/", StringComparison.Ordinal) ? (200, Inboxes.Page(Thread("a", ""","campaignId":7"""), Thread("b", ""","campaignId":7"""))) : (status, ""));
        Page page = (await http.ReadAsync()).Single();
        Assert.All(Conversations(page), r => Assert.Equal("7 ", $"{r.Fields["campaign_id"]} {r.Fields["campaign_name"]}"));
        // Out of reach: the threads are read again for what is missing. Refused: there is nothing to come back for.
        Assert.Equal(isKept ? 2 : 0, page.Versions.Count);
        Assert.InRange(http.Calls.Count, 2, 7);
    }

    [Fact]
    public async Task A_sender_without_an_address_is_looked_up_once()
    {
        static string Bare(string id) => Thread(id).Replace("sender@example.com", "", StringComparison.Ordinal);
        FakeHeyReach http = new(call => call.Path == "li_account/GetAll"
            ? (200, """{"totalCount":"1","items":[{"id":"4711","emailAddress":"found@example.com","firstName":"Sam","lastName":"Sender"}]}""")
            : (200, Inboxes.Page(Bare("a"), Bare("b"))));
        Page page = (await http.ReadAsync()).Single();
        Assert.All(Conversations(page), r => Assert.Equal("found@example.com", r.Fields["owner_email"]?.Text));
        Assert.Equal(2, http.Calls.Count);
    }
}
