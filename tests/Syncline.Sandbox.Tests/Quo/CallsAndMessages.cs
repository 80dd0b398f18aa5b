using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Users, numbers, calls and messages on both surfaces (contract, section 4).</summary>
public sealed class CallsAndMessages
{
    private const string Outside = "+12025550101";
    private const string Encoded = "%2B12025550101";
    private readonly Office _office = new();

    private string Line => _office.Quo.PhoneNumbers[0].Id;

    [Fact]
    public void Users_and_numbers_are_read_on_both_surfaces()
    {
        Assert.Equal(_office.Quo.UserIds, _office.Walk("/v1/users", 2));
        Assert.Equal(400, _office.Get("/v1/users").Status);
        Assert.Equal(_office.Quo.UserIds, _office.Get("/users").Ids);
        Assert.Equal("owner", (string)_office.Get("/v1/users/" + _office.Quo.UserIds[0]).Data["role"]!);
        Assert.Equal(_office.Quo.PhoneNumbers.Select(n => n.Number), _office.Get("/v1/phone-numbers").Rows.Select(n => (string)n!["number"]!));
        Assert.Equal(_office.Quo.PhoneNumbers.Select(n => n.Number), _office.Get("/phone-numbers").Rows.Select(n => (string)n!["phoneNumber"]!));
        Assert.Equal(200, _office.Get("/v1/phone-numbers/" + Line).Status);
        Assert.Contains(_office.Quo.UserIds[0], _office.Get($"/phone-numbers/{Line}/users").Ids);
    }

    [Fact]
    public void A_system_actor_is_no_user()
    {
        string id = _office.Quo.Phone.Call([Outside], end: QuoCallEnd.AiAnswered);
        _office.Clock.Advance(TimeSpan.FromMinutes(2));
        string answeredBy = (string)_office.Get("/v1/calls/" + id).Data["answeredBy"]!;
        Assert.StartsWith("SY", answeredBy, StringComparison.Ordinal);
        Assert.Equal(400, _office.Get("/v1/users/" + answeredBy).Status);
        Assert.Equal(answeredBy, (string)_office.Get("/calls/" + id).Data["actorId"]!);
    }

    [Fact]
    public void Calls_on_v1_need_a_number_one_participant_and_a_page_size()
    {
        string id = _office.Quo.Phone.Call([Outside]);
        _office.Quo.Phone.Call(["+12025550102"]);
        Assert.Equal([id], _office.Get($"/v1/calls?phoneNumberId={Line}&participants={Encoded}&maxResults=100").Ids);
        Assert.Equal(["/query/maxResults"], _office.Get($"/v1/calls?phoneNumberId={Line}&participants={Encoded}&maxResults=101").FaultPaths);
        Assert.Equal(["/query/participants"], _office.Get($"/v1/calls?phoneNumberId={Line}&maxResults=10").FaultPaths);
        Assert.Equal(["/query/phoneNumberId"], _office.Get($"/v1/calls?participants={Encoded}&maxResults=10").FaultPaths);
        Assert.Equal("0101400", _office.Get($"/v1/calls?phoneNumberId={Line}&participants={Encoded}&participants=%2B12025550102&maxResults=10").Code);
    }

    [Fact]
    public void A_call_of_more_than_two_parties_is_a_400_on_v1_and_whole_on_the_dated_surface()
    {
        string id = _office.Quo.Phone.Call([Outside, "+12025550102"]);
        Assert.Equal("0101400", _office.Get("/v1/calls/" + id).Code);
        Assert.Equal(3, _office.Get("/calls/" + id).Data["participants"]!.AsArray().Count);
    }

    [Fact]
    public void A_call_goes_on_with_the_clock_and_its_artefacts_come_after_it()
    {
        string id = _office.Quo.Phone.Call([Outside], length: TimeSpan.FromSeconds(60));
        Assert.Equal("ringing", Status(id));
        _office.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("in-progress", 0), (Status(id), (int)_office.Get("/v1/calls/" + id).Data["duration"]!));
        _office.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(("completed", 60), (Status(id), (int)_office.Get("/v1/calls/" + id).Data["duration"]!));
        Assert.Empty(_office.Get("/v1/call-recordings/" + id).Rows);
        Assert.Equal("in-progress", (string)_office.Get("/v1/call-summaries/" + id).Data["status"]!);
        _office.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("completed", (string)_office.Get("/v1/call-recordings/" + id).Rows.Single()!["status"]!);
        Assert.NotEmpty(_office.Get("/v1/call-summaries/" + id).Data["summary"]!.AsArray());
        Assert.Equal(2, _office.Get("/v1/call-transcripts/" + id).Data["dialogue"]!.AsArray().Count);
        Assert.Equal("completed", (string)_office.Get("/calls/" + id + "?include=summary").Data["summary"]!["status"]!);
        Assert.Single(_office.Get($"/calls/{id}/recordings").Rows);
        Assert.Equal(200, _office.Get($"/calls/{id}/transcripts").Status);
    }

    [Fact]
    public void Without_the_plan_there_is_no_summary()
    {
        _office.Quo.Telephony.HasSummaries = false;
        string id = _office.Quo.Phone.Call([Outside]);
        _office.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("absent", (string)_office.Get("/v1/call-summaries/" + id).Data["status"]!);
    }

    [Fact]
    public void No_voicemail_is_a_404_on_v1_and_no_key_on_the_dated_surface()
    {
        string missed = _office.Quo.Phone.Call([Outside], end: QuoCallEnd.Missed), left = _office.Quo.Phone.Call([Outside], end: QuoCallEnd.Voicemail);
        _office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((404, "1200404"), (_office.Get("/v1/call-voicemails/" + missed).Status, _office.Get("/v1/call-voicemails/" + missed).Code));
        Assert.StartsWith("VM", (string)_office.Get("/v1/call-voicemails/" + left).Data["id"]!, StringComparison.Ordinal);
        Assert.False(_office.Get($"/calls/{missed}?include=voicemail").Data.AsObject().ContainsKey("voicemail"));
        Assert.NotNull(_office.Get($"/calls/{left}?include=summary,voicemail").Data["voicemail"]);
        Assert.Equal(["missed", "missed"], new[] { missed, left }.Select(Status));
    }

    [Fact]
    public void Dated_calls_filter_by_anything_and_need_nothing()
    {
        string first = _office.Quo.Phone.Call([Outside]);
        _office.Clock.Advance(TimeSpan.FromHours(1));
        string second = _office.Quo.Phone.Call(["+12025550102"], isIncoming: false, end: QuoCallEnd.Missed, line: 1);
        _office.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([second, first], _office.Get("/calls").Ids);
        Assert.Equal([second], _office.Get("/calls?direction=outgoing").Ids);
        Assert.Equal([first], _office.Get("/calls?status[in]=completed,busy").Ids);
        Assert.Equal([first], _office.Get("/calls?phoneNumberId=" + Line).Ids);
        Assert.Equal([first], _office.Get("/calls?participant[in]=" + Encoded).Ids);
        Assert.Equal([second], _office.Get("/calls?createdAt[gte]=2026-09-15T13:00:00Z").Ids);
        Assert.Equal([second, first], _office.Get("/calls?createdAt[lte]=2026-09-15T13:00:00Z").Ids);
        Assert.Equal(400, _office.Get("/calls?createdAt[gt]=2026-09-15T13:00:00Z").Status);
    }

    [Fact]
    public void A_sent_message_is_queued_and_settles_later_and_twice_is_two_messages()
    {
        Reply sent = Send();
        Assert.Equal((202, "queued", "outgoing"), (sent.Status, (string)sent.Data["status"]!, (string)sent.Data["direction"]!));
        Send();
        _office.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("delivered", (string)_office.Get("/v1/messages/" + sent.Id).Data["status"]!);
        Assert.Equal(2, _office.Get($"/v1/messages?phoneNumberId={Line}&participants={Encoded}&maxResults=10").Rows.Count);
    }

    [Theory]
    [InlineData("content", "\"\"")]
    [InlineData("content", "\"   \"")]
    [InlineData("to", "[]")]
    [InlineData("to", "[\"5550101\"]")]
    [InlineData("userId", "\"PN1\"")]
    [InlineData("setInboxStatus", "\"open\"")]
    public void A_malformed_message_is_a_400_or_a_404_and_is_not_sent(string member, string json)
    {
        JsonObject body = Body();
        body[member] = JsonNode.Parse(json);
        Assert.Contains(_office.Post("/v1/messages", body.ToJsonString()).Status, (int[])[400, 404]);
        Assert.Equal(0, _office.Quo.Holds(1).Single(t => t.Name == "messages").Count);
    }

    [Theory]
    [InlineData(1600, 202)]
    [InlineData(1601, 400)]
    public void A_message_has_1600_characters_at_the_most(int length, int status)
    {
        JsonObject body = Body();
        body["content"] = new string('x', length);
        Assert.Equal(status, _office.Post("/v1/messages", body.ToJsonString()).Status);
    }

    [Theory]
    [InlineData(10, 202)]
    [InlineData(1, 400)]
    public void How_many_may_get_one_message_is_a_switch(int most, int status)
    {
        _office.Quo.Telephony.MostReceivers = most;
        JsonObject body = Body();
        body["to"] = new JsonArray(Outside, "+12025550102");
        Assert.Equal(status, _office.Post("/v1/messages", body.ToJsonString()).Status);
    }

    [Fact]
    public void The_dated_surface_reads_messages_and_sends_none()
    {
        string first = _office.Quo.Phone.Receive(Outside, "Hello");
        _office.Clock.Advance(TimeSpan.FromHours(1));
        string second = _office.Quo.Phone.Receive(Outside, "Still there?");
        Assert.Equal([second, first], _office.Get("/messages").Ids);
        Assert.Equal([second], _office.Get("/messages?createdAt[gt]=2026-09-15T12:00:00Z").Ids);
        Assert.Equal([first], _office.Get("/messages?createdAt[lt]=2026-09-15T13:00:00Z").Ids);
        Assert.Equal(200, _office.Get("/messages/" + first).Status);
        Assert.Equal(404, _office.Post("/messages", "{}").Status);
    }

    [Fact]
    public void A_message_or_call_makes_the_contact_visible_and_shows_as_a_conversation()
    {
        string id = _office.Make(phones: Office.Item(Outside)).Id;
        string call = _office.Quo.Phone.Call([Outside]);
        Assert.True(_office.Held(id).IsVisibleInApp);
        JsonNode conversation = _office.Get("/v1/conversations?maxResults=10").Rows.Single()!;
        Assert.Equal((call, Outside), ((string)conversation["lastActivityId"]!, (string)conversation["participants"]![0]!));
        Assert.Equal(400, _office.Get("/v1/conversations").Status);
    }

    private string Status(string call) => (string)_office.Get("/v1/calls/" + call).Data["status"]!;

    private Reply Send() => _office.Post("/v1/messages", Body().ToJsonString());

    private JsonObject Body() => new() { ["content"] = "Hello ☎", ["from"] = Line, ["to"] = new JsonArray(Outside) };
}
