using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class InboxV2
{
    private readonly Account _account = new(HeyReachWorld.Lively(250));

    [Fact]
    public void Offsets_walk_newest_first_to_an_empty_page()
    {
        List<string> met = [];
        for (int offset = 0; ; offset += 60)
        {
            JsonElement page = Page(offset, 60);
            Assert.Equal(_account.HeyReach.ConversationCount, page.GetProperty("totalCount").GetInt32());
            if (Account.Ids(page).Count == 0) break;
            met.AddRange(Account.Ids(page));
        }
        Assert.Equal(_account.HeyReach.Conversations.Select(c => c.Id), met);
    }

    [Fact]
    public void A_reply_between_pages_shifts_the_rest_down()
    {
        List<string> before = Account.Ids(Page(0, 40));
        _account.HeyReach.BetweenPages = () =>
        {
            _account.HeyReach.BetweenPages = null;
            _account.HeyReach.ReplyArrives(_account.HeyReach.Conversations.Last().Id);
        };
        List<string> first = Account.Ids(Page(0, 20)), second = Account.Ids(Page(20, 20));
        Assert.Equal(before[..20], first);
        Assert.Equal(first[^1], second[0]);
    }

    [Fact]
    public void Profiles_show_e_mails_and_custom_fields_and_no_auto_tags()
    {
        JsonElement profile = Account.Items(Page(0, 1))[0].GetProperty("correspondentProfile");
        string[] shown = [.. profile.EnumerateObject().Select(p => p.Name)];
        Assert.Superset(new HashSet<string> { "emailAddress", "enrichedEmailAddress", "customEmailAddress", "customFields", "tags", "linkedin_id" }, shown.ToHashSet());
        Assert.DoesNotContain("autoTags", shown);
    }

    [Fact]
    public void Deep_offsets_can_fail_or_come_back_empty()
    {
        _account.HeyReach.Behaviour.V2DeepestOffset = 100;
        Assert.Equal(20, Account.Ids(Page(100, 20)).Count);
        Account.Error(500, _account.Post("/inbox/GetConversationsV2", """{"offset":101,"limit":20}"""));
        _account.HeyReach.Behaviour.V2DeepAnswer = DeepOffsetAnswer.Empty;
        Assert.Empty(Account.Ids(Page(101, 20)));
    }

    [Theory]
    [InlineData("""{"offset":0,"limit":101}""", "Limit")]
    [InlineData("""{"offset":-1,"limit":10}""", "Offset")]
    public void Pages_outside_the_bounds_are_refused(string body, string field) =>
        Assert.Equal([field], Account.Refused(_account.Post("/inbox/GetConversationsV2", body)));

    private JsonElement Page(int offset, int limit) => _account.V2($$"""{"offset":{{offset}},"limit":{{limit}}}""");
}
