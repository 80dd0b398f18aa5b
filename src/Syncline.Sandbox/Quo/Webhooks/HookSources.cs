using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Telephony;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Makes hooks of what happens in the workspace: contacts at once, calls and messages as they go on.</summary>
internal sealed class HookSources(QuoWorkspace workspace, HookBoard board, HookPayloads payloads, CallPayloads calls)
{
    // A voicemail is written down some seconds after the caller hung up.
    private static readonly TimeSpan VoicemailDelay = TimeSpan.FromSeconds(10);

    private readonly CallArtefacts _artefacts = new(workspace.Telephony);

    public void Listen(QuoPhone phone)
    {
        workspace.ContactHappened = Contact;
        phone.CallBegan = Call;
        phone.MessageBegan = Message;
    }

    private void Contact(Contact contact, bool isGone)
    {
        string type = isGone ? EventTypes.ContactDeleted : EventTypes.ContactUpdated;
        board.Raise(type, null, () => payloads.Contact(type, contact));
    }

    private void Message(MessageRecord message)
    {
        string type = message.IsIncoming ? "message.received" : "message." + message.Outcome.ToString().ToLowerInvariant();
        At(message.SettledAt, type, message.Conversation.Line.Id, at => payloads.Message(type, message, at));
    }

    private void Call(CallRecord call)
    {
        At(call, "call.ringing", call.CreatedAt);
        At(call, "call.answered", call.AnsweredAt);
        At(call, "call.completed", call.CompletedAt);
        At(call, "call.missed", call is { IsAnswered: false, IsIncoming: true } ? call.CompletedAt : null);
        At(call, "call.voicemail.completed", call.VoicemailId is null ? null : call.CompletedAt + VoicemailDelay);
        At(call, "call.recording.completed", _artefacts.RecordingAt(call));
        At(call, "call.summary.completed", _artefacts.SummaryAt(call));
        At(call, "call.transcript.completed", _artefacts.TranscriptAt(call));
    }

    private void At(CallRecord call, string type, DateTimeOffset? at)
    {
        if (at is { } then) At(then, type, call.Line.Id, moment => calls.Describe(type, call, moment));
    }

    private void At(DateTimeOffset at, string type, string lineId, Func<DateTimeOffset, HookEvent> describe) =>
        board.Later(at, () => board.Raise(type, lineId, () => describe(at)));
}
