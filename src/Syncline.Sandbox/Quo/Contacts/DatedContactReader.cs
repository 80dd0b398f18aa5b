using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Reads and checks the bodies of dated contact writes: scalars only.</summary>
internal sealed class DatedContactReader(QuoBehaviour behaviour)
{
    private const int LongestId = 75;
    private const int LongestUrl = 200;
    private static readonly string[] Known = ["firstName", "lastName", "company", "role", "externalId", "source", "sourceUrl"];

    public ContactDraft Create(JsonObject sent)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, "/body", faults);
        body.Needed("firstName");
        ContactDraft draft = Read(body, "actorId") with { MadeBy = Actor(body) };
        return faults.Count == 0 ? draft : throw Refuse.Bad(faults);
    }

    public ContactDraft Change(JsonObject sent)
    {
        List<QuoFault> faults = [];
        ContactDraft draft = Read(new(sent, "/body", faults));
        return faults.Count > 0 ? throw Refuse.Bad(faults) : behaviour.DatedPatchClears ? Cleared(draft) : draft;
    }

    private ContactDraft Read(BodyReader body, params IReadOnlyList<string> also)
    {
        RefuseUnknown(body, behaviour, [.. Known, .. also]);
        ContactDraft draft = new()
        {
            FirstName = body.Text("firstName"),
            LastName = body.Text("lastName"),
            Company = body.Text("company"),
            Role = body.Text("role"),
            ExternalId = body.Text("externalId", LongestId),
            Source = body.Text("source", LongestId),
            SourceUrl = body.Text("sourceUrl", LongestUrl),
        };
        bool isReserved = draft.Source.Value is { } source && SourceRule.IsReserved(source);
        if (isReserved && behaviour.ReservedSources == ReservedSources.Everywhere) body.Fault("source", "is a reserved word or begins with one");
        return draft;
    }

    /// <summary>Unrefused, what is not known is dropped: no phone number or e-mail address gets in this way.</summary>
    public static void RefuseUnknown(BodyReader body, QuoBehaviour behaviour, IReadOnlyList<string> known)
    {
        if (behaviour.UnknownMembers == Strictness.Ignore) return;
        foreach (string name in body.Names.Where(n => !known.Contains(n)).ToArray()) body.Fault(name, "is not a member of this body");
    }

    private static Sent<string?> Actor(BodyReader body)
    {
        Sent<string?> actor = body.Text("actorId", nullable: false);
        bool isOne = actor.Value is null || actor.Value.StartsWith("US", StringComparison.Ordinal) || actor.Value.StartsWith("SYU", StringComparison.Ordinal);
        if (!isOne) body.Fault("actorId", "must match ^US or ^SYU");
        return actor;
    }

    private static ContactDraft Cleared(ContactDraft draft) => draft with
    {
        FirstName = There(draft.FirstName), LastName = There(draft.LastName), Company = There(draft.Company), Role = There(draft.Role),
        ExternalId = There(draft.ExternalId), Source = There(draft.Source), SourceUrl = There(draft.SourceUrl),
    };

    private static Sent<string?> There(Sent<string?> member) => new(member.Value, true);
}
