using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Carries out checked writes to contacts.</summary>
internal sealed class ContactWriter(QuoWorkspace workspace)
{
    public Contact Create(ContactDraft draft, string? source)
    {
        DateTimeOffset now = workspace.Now;
        Contact contact = new(workspace.Contacts.NextNumber, workspace.Ids.Bare())
        {
            MadeBy = draft.MadeBy.Value ?? workspace.Owner.Id, CreatedAt = now, ExternalId = draft.ExternalId.Value, ExternalIdSince = now, Source = source,
        };
        SetScalars(contact, draft with { Source = default });
        contact.Properties = [.. New(draft.Phones, ContactProperty.Phone), .. New(draft.Emails, ContactProperty.Email), .. Apply([], Custom(draft, null), PatchArrays.ReplaceAll)];
        contact.UpdatedAt = now;
        workspace.Contacts.Add(contact);
        workspace.Changed(contact);
        return contact;
    }

    public void ChangeV1(Contact contact, ContactDraft draft)
    {
        PatchArrays mode = workspace.Behaviour.PatchArrays;
        List<ContactProperty> phones = Apply([.. contact.Phones], Items(draft.Phones, ContactProperty.Phone), mode);
        List<ContactProperty> emails = Apply([.. contact.Emails], Items(draft.Emails, ContactProperty.Email), mode);
        List<ContactProperty> custom = Apply([.. contact.CustomFields], Custom(draft, contact), mode);
        IEnumerable<ContactProperty> unseen = contact.Properties.Where(p => !p.IsPhone && !p.IsEmail && p.Key is null);
        contact.Properties = [.. phones, .. emails, .. custom, .. unseen];
        Change(contact, draft);
    }

    /// <summary>Sets the scalars that were sent.</summary>
    public void Change(Contact contact, ContactDraft draft)
    {
        SetScalars(contact, draft);
        if (draft.ExternalId.IsThere) workspace.Contacts.ChangeExternalId(contact, draft.ExternalId.Value, workspace.Now);
        Touch(contact);
    }

    public void Touch(Contact contact)
    {
        contact.UpdatedAt = workspace.Now;
        workspace.Changed(contact);
    }

    public void Delete(Contact contact)
    {
        contact.UpdatedAt = workspace.Now;
        workspace.Contacts.Remove(contact);
        workspace.Deleted(contact);
    }

    /// <summary>v1 alone knows conflicts.</summary>
    public void RefuseDuplicate(ContactDraft draft, Contact? except)
    {
        DuplicateMode mode = workspace.Behaviour.Duplicates;
        if (mode == DuplicateMode.Allow) return;
        if (draft.ExternalId.Value is { } id && workspace.Contacts.WithExternalId(id).Any(c => c != except)) throw Refuse.Conflict();
        if (mode == DuplicateMode.Conflict409) return;
        if (draft.Phones.Value.Any(p => p.Value is not null && workspace.Contacts.HasPhone(p.Value, except))) throw Refuse.Conflict();
    }

    public ContactProperty NewProperty(string type, string? name, JsonNode value, string? key) =>
        new(workspace.Ids.Bare(), type, name, value, key, workspace.Now, workspace.Now);

    private static void SetScalars(Contact contact, ContactDraft draft)
    {
        contact.FirstName = draft.FirstName.Or(contact.FirstName);
        contact.LastName = draft.LastName.Or(contact.LastName);
        contact.Company = draft.Company.Or(contact.Company);
        contact.Role = draft.Role.Or(contact.Role);
        contact.Source = draft.Source.Or(contact.Source);
        contact.SourceUrl = draft.SourceUrl.Or(contact.SourceUrl);
    }

    private List<ContactProperty> New(Sent<IReadOnlyList<ItemDraft>> items, string type) => Apply([], Items(items, type), PatchArrays.ReplaceAll);

    private static Sent<PropertyDraft[]> Items(Sent<IReadOnlyList<ItemDraft>> items, string type) =>
        new([.. items.Value.Select(i => PropertyDraft.Of(i, type))], items.IsThere);

    private static Sent<PropertyDraft[]> Custom(ContactDraft draft, Contact? contact) =>
        new([.. draft.CustomFields.Value.Select(i => PropertyDraft.Of(i, contact))], draft.CustomFields.IsThere);

    private List<ContactProperty> Apply(List<ContactProperty> held, Sent<PropertyDraft[]> sent, PatchArrays mode)
    {
        if (!sent.IsThere) return mode == PatchArrays.ReplaceAll ? [] : held;
        if (mode != PatchArrays.Merge) return [.. sent.Value.Where(d => d.Value is not null).Select(d => Made(d, held))];
        foreach (PropertyDraft draft in sent.Value)
        {
            int at = draft.Id is null ? -1 : held.FindIndex(p => p.Id == draft.Id);
            if (draft.Value is null && at >= 0) held.RemoveAt(at);
            else if (at >= 0) held[at] = Made(draft, held);
            else if (draft.Value is not null) held.Add(Made(draft, held));
        }
        return held;
    }

    // An item keeps its id when the id is sent; the same value without its id is another item.
    private ContactProperty Made(PropertyDraft draft, List<ContactProperty> held)
    {
        ContactProperty? before = draft.Id is null ? null : held.Find(p => p.Id == draft.Id);
        if (before is null) return NewProperty(draft.Type, draft.Name, draft.Value!, draft.Key);
        bool isSame = before.Name == draft.Name && JsonNode.DeepEquals(before.Value, draft.Value);
        return isSame ? before : before with { Name = draft.Name, Value = draft.Value, UpdatedAt = workspace.Now };
    }
}
