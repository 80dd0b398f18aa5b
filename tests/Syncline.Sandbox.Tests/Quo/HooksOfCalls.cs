using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;
using Syncline.Sandbox.Quo.Webhooks;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Hooks of calls and messages in both systems (contract, section 6).</summary>
public sealed class HooksOfCalls
{
    private const string Outside = "+12025550101";
    private readonly Office _office = new();
    private readonly List<QuoHook> _received = [];

    public HooksOfCalls() => _office.Quo.Webhooks.Receiver = hook =>
    {
        _received.Add(hook);
        return 200;
    };

    [Fact]
    public void A_call_fires_as_it_goes_on_and_its_artefacts_fire_after()
    {
        Subscribe("call.ringing", "call.answered", "call.completed", "call.recording.completed", "call.transcript.completed", "call.summary.completed");
        string id = _office.Quo.Phone.Call([Outside]);
        Run(TimeSpan.FromMinutes(10));
        Assert.Equal(["call.ringing", "call.answered", "call.completed", "call.recording.completed", "call.transcript.completed", "call.summary.completed"], _received.Select(h => h.EventType));
        JsonNode completed = Data(_received[2]);
        Assert.Equal((id, "answered", 60, false),
            ((string)completed["resource"]!["id"]!, (string)completed["resource"]!["status"]!, (int)completed["resource"]!["duration"]!, (bool)completed["resource"]!["hasVoicemail"]!));
        Assert.Equal((Outside, "available"), ((string)completed["context"]!["participants"]!["external"]![0]!, (string)completed["context"]!["participants"]!["resolution"]!));
        JsonNode summary = Data(_received[5])["resource"]!;
        Assert.Equal((id, "completed", Outside), ((string)summary["callId"]!, (string)summary["processingStatus"]!, (string)summary["fromPhoneNumber"]!));
        Assert.False(summary.AsObject().ContainsKey("id"));
    }

    [Theory]
    [InlineData(QuoCallEnd.Missed, "unanswered", "call.completed,call.missed")]
    [InlineData(QuoCallEnd.Voicemail, "unanswered", "call.completed,call.missed,call.voicemail.completed")]
    [InlineData(QuoCallEnd.AiAnswered, "ai-handled", "call.completed")]
    public void The_hooks_words_for_an_end_are_not_the_calls(QuoCallEnd end, string status, string events)
    {
        Subscribe("call.completed", "call.missed", "call.voicemail.completed");
        _office.Quo.Phone.Call([Outside], end: end);
        Run(TimeSpan.FromMinutes(10));
        Assert.Equal(events, string.Join(',', _received.Select(h => h.EventType)));
        Assert.Equal(status, (string)Data(_received[0])["resource"]!["status"]!);
    }

    [Fact]
    public void Participants_can_be_empty_and_look_ups_unavailable()
    {
        Subscribe("call.completed", "message.received");
        (_office.Quo.Webhooks.Trouble.EmptyParticipants, _office.Quo.Webhooks.Trouble.LookupUnavailable) = (true, true);
        _office.Quo.Phone.Receive(Outside, "Hello");
        _office.Quo.Phone.Call([Outside]);
        Run(TimeSpan.FromMinutes(2));
        Assert.Equal("unavailable", (string)Data(_received[0])["context"]!["contacts"]!["lookupStatus"]!);
        JsonNode participants = Data(_received[1])["context"]!["participants"]!;
        Assert.Equal((0, 0, "unavailable"), (participants["workspace"]!.AsArray().Count, participants["external"]!.AsArray().Count, (string)participants["resolution"]!));
    }

    [Fact]
    public void A_message_names_every_contact_with_its_number()
    {
        Subscribe("message.received");
        string[] ids = [_office.Make(phones: Office.Item(Outside)).Id, _office.Make(phones: Office.Item(Outside)).Id];
        _office.Quo.Phone.Receive(Outside, "Hello ☎");
        _office.Quo.Phone.Receive("+12025550102", "Hello");
        Run(TimeSpan.Zero);
        JsonNode context = Data(_received[0])["context"]!;
        Assert.Equal(ids, context["contacts"]!["ids"]!.AsArray().Select(i => (string)i!));
        Assert.Equal(("matched", "none"), ((string)context["contacts"]!["lookupStatus"]!, (string)Data(_received[1])["context"]!["contacts"]!["lookupStatus"]!));
        Assert.Equal((Outside, "Hello ☎"), ((string)context["senderIdentifier"]!, (string)Data(_received[0])["resource"]!["text"]!));
    }

    [Theory]
    [InlineData(QuoMessageOutcome.Delivered, "message.delivered")]
    [InlineData(QuoMessageOutcome.Undelivered, "message.undelivered")]
    [InlineData(QuoMessageOutcome.Failed, "message.failed")]
    public void A_sent_message_fires_when_its_outcome_is_known(QuoMessageOutcome outcome, string type)
    {
        Subscribe("message.delivered", "message.undelivered", "message.failed");
        _office.Quo.Telephony.MessageOutcome = outcome;
        _office.Post("/v1/messages", $$"""{"content":"Hello","from":"{{_office.Quo.PhoneNumbers[0].Id}}","to":["{{Outside}}"]}""");
        Run(TimeSpan.FromSeconds(4));
        Assert.Empty(_received);
        Run(TimeSpan.FromSeconds(1));
        Assert.Equal(type, _received.Single().EventType);
    }

    [Fact]
    public void Calls_and_messages_go_by_number_and_contacts_do_not()
    {
        string line = _office.Quo.PhoneNumbers[1].Id;
        _office.Post("/webhooks", $$"""{"url":"https://hooks.example.com","events":["message.received","contact.updated"],"resourceIds":["{{line}}"]}""");
        _office.Quo.Phone.Receive(Outside, "to the first");
        _office.Quo.Phone.Receive(Outside, "to the second", line: 1);
        _office.Quo.App.AddContact("Ada");
        Run(TimeSpan.Zero);
        Assert.Equal(["contact.updated", "message.received"], _received.Select(h => h.EventType).Order());
        Assert.Equal(line, (string)Data(_received.Single(h => h.EventType == "message.received"))["context"]!["phoneNumberId"]!);
    }

    [Fact]
    public void A_webhook_made_later_does_not_hear_of_what_was()
    {
        _office.Quo.Phone.Call([Outside]);
        _office.Clock.Advance(TimeSpan.FromHours(1));
        Subscribe("call.completed");
        Run(TimeSpan.FromHours(1));
        Assert.Empty(_received);
    }

    [Fact]
    public void A_legacy_hook_has_its_own_envelope_and_signature()
    {
        Reply made = _office.Post("/v1/webhooks/messages", """{"url":"https://hooks.example.com","events":["message.received"]}""");
        string contact = _office.Make(phones: Office.Item(Outside)).Id;
        _office.Quo.Phone.Receive(Outside, "Hello ☎");
        Run(TimeSpan.Zero);
        QuoHook hook = _received.Single();
        string[] parts = hook.Headers["openphone-signature"].Split(';');
        Assert.Equal(("hmac", "1", $"{_office.Clock.Now.ToUnixTimeMilliseconds()}"), (parts[0], parts[1], parts[2]));
        Assert.Equal(hook.Headers["openphone-signature"], HookSigning.Legacy((string)made.Data["key"]!, _office.Clock.Now.ToUnixTimeMilliseconds(), hook.Body));
        Assert.False(hook.Headers.ContainsKey("webhook-id"));
        JsonNode body = JsonNode.Parse(hook.Body)!, message = body["data"]!["object"]!;
        Assert.Equal(("event", "v4", "message.received"), ((string)body["object"]!, (string)body["apiVersion"]!, (string)body["type"]!));
        Assert.Equal((Outside, "Hello ☎", contact), ((string)message["from"]!, (string)message["text"]!, (string)message["contactIds"]![0]!));
        Assert.Equal(_office.Quo.PhoneNumbers[0].Number, (string)message["to"]!);
    }

    [Fact]
    public void Older_documents_words_for_legacy_hooks_are_a_switch()
    {
        _office.Quo.Webhooks.Trouble.LegacyVersion = LegacyPayloadVersion.V3;
        _office.Post("/v1/webhooks/messages", """{"url":"https://hooks.example.com","events":["message.received"]}""");
        _office.Post("/v1/webhooks/call-summaries", """{"url":"https://hooks.example.com","events":["call.summary.completed"]}""");
        _office.Quo.Phone.Receive(Outside, "Hello");
        _office.Quo.Phone.Call([Outside]);
        Run(TimeSpan.FromMinutes(10));
        JsonNode message = JsonNode.Parse(_received[0].Body)!;
        Assert.Equal(("v3", 1), ((string)message["apiVersion"]!, message["data"]!["object"]!["to"]!.AsArray().Count));
        Assert.Equal("callSummary", (string)JsonNode.Parse(_received[1].Body)!["type"]!);
    }

    [Fact]
    public void A_legacy_calls_recordings_are_null_until_their_own_event()
    {
        _office.Post("/v1/webhooks/calls", """{"url":"https://hooks.example.com","events":["call.completed","call.recording.completed"]}""");
        _office.Quo.Phone.Call([Outside]);
        Run(TimeSpan.FromMinutes(10));
        Assert.Equal([false, true], _received.Select(h => JsonNode.Parse(h.Body)!["data"]!["object"]!["recordings"] is JsonArray { Count: 1 }));
        Assert.Equal(2, JsonNode.Parse(_received[0].Body)!["data"]!["object"]!["participants"]!.AsArray().Count);
    }

    private static JsonNode Data(QuoHook hook) => JsonNode.Parse(hook.Body)!["data"]!;

    private void Run(TimeSpan by)
    {
        DateTimeOffset end = _office.Clock.Now + by;
        while (_office.Quo.Webhooks.NextDueAt is { } due && due <= end)
        {
            if (due > _office.Clock.Now) _office.Clock.Now = due;
            _office.Quo.Webhooks.Deliver();
        }
        _office.Clock.Now = end;
    }

    private void Subscribe(params string[] events)
    {
        string list = string.Join(',', events.Select(e => $"\"{e}\""));
        Assert.Equal(201, _office.Post("/webhooks", $$"""{"url":"https://hooks.example.com","events":[{{list}}] }""").Status);
    }
}
