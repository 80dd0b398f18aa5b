using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Telephony;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo;

/// <summary>Everything one Quo workspace holds, and the look-ups that its endpoints share.</summary>
internal sealed class QuoWorkspace
{
    public QuoWorkspace(QuoSandboxOptions options, QuoBehaviour behaviour, TimeProvider clock)
    {
        (Behaviour, Clock, Ids) = (behaviour, clock, new(options.Seed));
        OrgId = Ids.Next("OR");
        new OfficeInvention(this, options).Furnish();
    }

    public QuoBehaviour Behaviour { get; }
    public TimeProvider Clock { get; }
    public QuoIds Ids { get; }
    public string OrgId { get; }
    public ContactBook Contacts { get; } = new();
    public List<CustomField> CustomFields { get; } = [];
    public List<QuoUser> Users { get; } = [];
    public List<QuoNumber> Numbers { get; } = [];

    public List<QuoConversation> Conversations { get; } = [];

    /// <summary>The first user. There is always one.</summary>
    public QuoUser Owner => Users[0];

    /// <summary>Told of every contact that was made or changed, and whether it is gone.</summary>
    public Action<Contact, bool>? ContactHappened { get; set; }

    /// <summary>Whole milliseconds, the precision that answers show.</summary>
    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = Clock.GetUtcNow();
            return new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    public CustomField? FindCustomField(string key) => CustomFields.Find(f => f.Key == key);

    public Contact Contact(string id) => Contacts.Find(id) ?? throw Refuse.NotFound("Contact");

    /// <summary>False when the write must be answered as done and left undone; a refusal is thrown.</summary>
    public bool MayChange(Contact contact, bool isV1)
    {
        if (!contact.IsOwnedByIntegration) return true;
        return Behaviour.OwnedContacts switch
        {
            OwnedContacts.Ignored => false,
            OwnedContacts.Conflict when isV1 => throw Refuse.Conflict(),
            _ => throw Refuse.Forbidden("The contact is owned by an integration and read-only"),
        };
    }

    /// <summary>Whether people see it in the app: a contact made through the API needs a conversation with one of its numbers.</summary>
    public bool IsVisibleInApp(Contact contact) =>
        contact.IsMadeInApp || contact.Phones.Any(p => (string?)p.Value is { } phone && Conversations.Exists(c => c.Participants.Contains(phone)));

    /// <summary>The conversation of a number with these participants, begun now when there is none.</summary>
    public QuoConversation Conversation(QuoNumber line, IReadOnlyList<string> participants)
    {
        if (Conversations.Find(c => c.Line == line && c.Participants.ToHashSet(StringComparer.Ordinal).SetEquals(participants)) is { } known) return known;
        QuoConversation begun = new(Conversations.Count + 1, Ids.Next("CN"), line, participants, Now);
        Conversations.Add(begun);
        return begun;
    }

    public void Changed(Contact contact) => ContactHappened?.Invoke(contact, false);

    public void Deleted(Contact contact) => ContactHappened?.Invoke(contact, true);
}
