using Syncline.Connectors.HeyReach;
using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachTranslation
{
    private const string Thread = "2-MTIz==";

    private static async Task<IReadOnlyList<RemoteRecord>> ReadAsync(params string[] conversations) =>
        (await new FakeHeyReach(_ => (200, Inboxes.Page(conversations))).ReadAsync()).Single().Records;

    private static FieldSet Canonical(RemoteRecord record) => HeyReachMaps.All.Single(m => m.Stream == record.Key.Stream).ToCanonical(record.Fields);

    [Fact]
    public async Task A_thread_is_a_person_a_conversation_and_messages_in_this_order()
    {
        IReadOnlyList<RemoteRecord> records = await ReadAsync(Inboxes.Conversation(Thread, Inboxes.Message("2026-05-19T10:00:00.5Z")));
        Assert.Equal(
            ["heyreach/people/900000001", $"heyreach/conversations/{Thread}", $"heyreach/messages/{Thread}|{new DateTime(2026, 5, 19, 10, 0, 0, 500).Ticks}|me"],
            records.Select(r => r.Key.ToString()));
    }

    [Fact]
    public async Task A_person_carries_trimmed_names_and_no_owner_or_campaign()
    {
        string profile = Inboxes.Profile(more: ""","about":"","location":" Lisbon ","emailAddress":"ada@example.com","enrichedEmailAddress":"ada@example.org","customEmailAddress":null,"customFields":[{"name":"a","value":"1"},{"name":"a","value":"2"}]""");
        RemoteRecord person = (await ReadAsync(Inboxes.Conversation(Thread, "", profile: profile, total: 0)))[0];
        Assert.Equal(
            "email=ada@example.com, ada@example.org; first_name=Ada; full_name=Ada Example; headline=Engines; last_name=Example; lead_source=HeyReach; linkedin_id=900000001; location=Lisbon; profile_url=https://www.linkedin.com/in/ada-example",
            person.Fields.ToString());
    }

    [Fact]
    public async Task A_person_is_mapped_to_canonical_names()
    {
        FieldSet person = Canonical((await ReadAsync(Inboxes.Conversation(Thread, "", total: 0)))[0]);
        Assert.Equal("Engines", person["job_title"]?.Text);
        Assert.Equal("ada-example", person["linkedin"]?.Text);
        Assert.Equal("https://www.linkedin.com/in/ada-example", person["linkedin_url"]?.Text);
        Assert.Equal("900000001", person["linkedin_member_id"]?.Text);
        Assert.Equal("900000001", person["lead_id"]?.Text);
        Assert.Equal("HeyReach", person["lead_source"]?.Text);
    }

    [Fact]
    public async Task A_position_is_the_job_title_where_there_is_one()
    {
        string profile = Inboxes.Profile().Replace("\"position\":null", "\"position\":\"Director\"", StringComparison.Ordinal);
        Assert.Equal("Director", Canonical((await ReadAsync(Inboxes.Conversation(Thread, "", profile: profile)))[0])["job_title"]?.Text);
    }

    [Theory]
    [InlineData("https://www.linkedin.com/in/Ada-Example/", "ada-example")]
    [InlineData("https://www.linkedin.com/in/ada?x=1", "ada")]
    [InlineData("https://www.linkedin.com/in/żółw-gęś", "żółw-gęś")]
    [InlineData("https://www.linkedin.com/in/%C5%BC%C3%B3%C5%82w", "żółw")]
    [InlineData("https://www.linkedin.com/in/ACoAABcDeF", "ACoAABcDeF")]
    [InlineData("https://www.linkedin.com/pub/ada/1/2/3", null)]
    [InlineData("https://www.linkedin.com/in/", null)]
    [InlineData("", null)]
    public void The_slug_of_a_profile_address(string url, string? slug) => Assert.Equal(slug, HeyReachMaps.SlugOf(url));

    [Fact]
    public async Task A_profile_address_is_handed_on_as_it_is()
    {
        string profile = Inboxes.Profile(url: "https://www.linkedin.com/in/Żółw/");
        Assert.Equal("https://www.linkedin.com/in/Żółw/", (await ReadAsync(Inboxes.Conversation(Thread, "", profile: profile)))[0].Fields["profile_url"]?.Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("0")]
    public async Task A_lead_without_a_member_id_is_known_by_the_slug(string id)
    {
        string profile = Inboxes.Profile().Replace("\"900000001\"", id, StringComparison.Ordinal);
        Assert.Equal("slug:ada-example", (await ReadAsync(Inboxes.Conversation(Thread, "", profile: profile)))[0].Key.Id);
    }

    [Fact]
    public async Task A_lead_in_two_inboxes_is_one_person_with_the_newest_profile()
    {
        string older = Inboxes.Conversation("a", "", at: "2026-05-01T00:00:00Z", profile: Inboxes.Profile());
        string newer = Inboxes.Conversation("b", "", at: "2026-05-02T00:00:00Z", profile: Inboxes.Profile().Replace("Engines", "Looms", StringComparison.Ordinal));
        RemoteRecord person = Assert.Single(await ReadAsync(older, newer), r => r.Kind == RecordKind.Person);
        Assert.Equal("Looms", person.Fields["headline"]?.Text);
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero), person.ModifiedAt);
    }

    [Fact]
    public async Task A_conversation_carries_its_owner_tags_and_figures()
    {
        string more = ""","tags":["hot"],"autoTags":[{"name":"Interested","campaignId":5}]""";
        string conversation = Inboxes.Conversation(Thread, "", total: 3, more: more).Replace("\"totalMessages\":3", "\"totalMessages\":\"3\"", StringComparison.Ordinal);
        FakeHeyReach http = new(call => call.Path.StartsWith("inbox/GetChatroom", StringComparison.Ordinal) ? (404, "") : (200, Inboxes.Page(conversation)));
        RemoteRecord record = (await http.ReadAsync()).Single().Records[1];
        Assert.Equal(
            $"auto_tags=Interested; id={Thread}; last_message_at=2026-05-19T10:00:00.5Z; owner_email=sender@example.com; owner_name=Sam Sender; person=people/900000001; sender_account=4711; tags=hot; total_messages=3",
            record.Fields.ToString());
    }

    [Fact]
    public async Task A_message_is_known_by_thread_time_and_sender_as_they_are_written()
    {
        RemoteRecord message = (await ReadAsync(Inboxes.Conversation("thread", Inboxes.Message("2025-10-01T15:05:14.81Z"))))[^1];
        Assert.Equal("thread:2025-10-01T15:05:14.81Z:ME", message.Fields["message_uid"]?.Text);
        Assert.Equal(
            [
                "thread:2025-10-01T15:05:14.8100000Z:ME", "thread:2025-10-01T15:05:14.8100000Z:me", "thread:2025-10-01T15:05:14.810Z:ME",
                "thread:2025-10-01T15:05:14.810Z:me", "thread:2025-10-01T15:05:14.81Z:me",
            ],
            message.Fields["message_uid_alias"]!.Items.Select(i => i.Text));
    }

    [Fact]
    public async Task A_time_on_the_second_has_an_alias_with_and_without_a_fraction()
    {
        RemoteRecord message = (await ReadAsync(Inboxes.Conversation("t", Inboxes.Message("2025-10-01T15:05:14.000Z"))))[^1];
        string[] aliases = [.. message.Fields["message_uid_alias"]!.Items.Select(i => i.Text)];
        Assert.Contains("t:2025-10-01T15:05:14Z:ME", aliases);
        Assert.DoesNotContain("t:2025-10-01T15:05:14.000Z:ME", aliases);
    }

    [Fact]
    public async Task Messages_of_one_side_at_one_time_are_numbered_in_the_order_of_the_thread()
    {
        const string at = "2026-05-19T10:00:00.5Z";
        IReadOnlyList<RemoteRecord> records = await ReadAsync(Inboxes.Conversation("t", string.Join(",",
            Inboxes.Message(at, body: "one"), Inboxes.Message(at, "CORRESPONDENT", "reply"), Inboxes.Message("2026-05-19T10:00:00.500Z", body: "two")), total: 3));
        Assert.Equal(
            [$"t:{at}:ME one", $"t:{at}:CORRESPONDENT reply", "t:2026-05-19T10:00:00.500Z:ME:2 two"],
            records.Where(r => r.Kind == RecordKind.Message).Select(r => $"{r.Fields["message_uid"]} {r.Fields["body"]}"));
        Assert.EndsWith("|me|2", records[^1].Key.Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ME", "outbound")]
    [InlineData("me", "outbound")]
    [InlineData("CORRESPONDENT", "inbound")]
    [InlineData("SOMEONE", "inbound")]
    [InlineData("", "inbound")]
    public async Task The_direction_follows_the_sender(string sender, string direction)
    {
        RemoteRecord message = (await ReadAsync(Inboxes.Conversation("t", Inboxes.Message("2026-05-19T10:00:00Z", sender))))[^1];
        Assert.Equal(direction, message.Fields["direction"]?.Text);
        Assert.Equal("dm", message.Fields["channel"]?.Text);
        Assert.Equal("people/900000001", message.Fields["person"]?.Text);
        Assert.Equal("conversations/t", message.Fields["conversation"]?.Text);
    }

    [Fact]
    public async Task A_voice_message_has_no_body_and_says_what_it_is()
    {
        string conversation = Inboxes.Conversation("t", Inboxes.Message("2026-05-19T10:00:00Z", body: "")).Replace("TEXT", "VOICE", StringComparison.Ordinal);
        RemoteRecord message = (await ReadAsync(conversation))[^1];
        Assert.Null(message.Fields["body"]);
        Assert.Equal("VOICE", message.Fields["last_message_type"]?.Text);
    }

    [Fact]
    public async Task A_group_chat_is_skipped_and_a_lead_nobody_can_be_matched_to_is_reported()
    {
        string group = Inboxes.Conversation("g", "").Replace("\"groupChat\":false", "\"groupChat\":true", StringComparison.Ordinal);
        string nobody = Inboxes.Conversation("n", "", profile: Inboxes.Profile(id: "", url: "https://www.linkedin.com/"));
        FakeHeyReach http = new(_ => (200, Inboxes.Page(group, nobody, "{\"id\":\"broken\",\"messages\":7}")));
        Page page = (await http.ReadAsync()).Single();
        Assert.Empty(page.Records);
        Assert.Empty(page.Versions);
        Assert.Equal(["g group-chat True", "n no-usable-profile False", "broken unreadable False"], page.Rejections.Select(r => $"{r.Key.Id} {r.Code} {r.IsSkip}"));
    }

    [Fact]
    public async Task Every_shipped_map_reads_fields_that_exist()
    {
        string profile = Inboxes.Profile(more: ""","emailAddress":"a@example.com","tags":["x"],"location":"L","position":"P","companyName":"C" """)
            .Replace("\"companyName\":null,\"position\":null,", "", StringComparison.Ordinal).Replace("\"tags\":[]", "\"other\":[]", StringComparison.Ordinal);
        string message = Inboxes.Message("2026-05-19T10:00:00Z").Replace("\"subject\":null", "\"subject\":\"S\"", StringComparison.Ordinal);
        FakeHeyReach http = new(call => (200, call.Path == "campaign/GetAll"
            ? """{"totalCount":"1","items":[{"id":"5","name":"Spring"}]}"""
            : Inboxes.Page(Inboxes.Conversation("t", message, profile: profile, more: ""","campaignId":5"""))));
        IReadOnlyList<RemoteRecord> records = (await http.ReadAsync()).Single().Records;
        foreach (FieldMap map in HeyReachMaps.All)
        {
            FieldSet fields = records.First(r => r.Key.Stream == map.Stream).Fields;
            Assert.All(map.Rules, rule => Assert.NotNull(fields[rule.Remote]));
        }
    }
}
