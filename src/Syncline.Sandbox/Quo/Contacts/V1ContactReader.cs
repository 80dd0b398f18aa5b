using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Reads and checks the bodies of v1 contact writes.</summary>
internal sealed class V1ContactReader(QuoWorkspace workspace)
{
    private const int LongestId = 75;
    private const int LongestUrl = 200;
    private const int LongestNewSource = 72;

    public ContactDraft Create(JsonObject sent)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, "", faults);
        if (!body.Has("defaultFields")) body.Fault("defaultFields", "Required", "object");
        BodyReader? fields = body.Child("defaultFields");
        if (fields?.Has("firstName") == false) fields.Fault("firstName", "Required");
        ContactDraft draft = Read(body, fields, faults, contact: null) with
        {
            Source = Source(body, LongestNewSource, nullable: false, refuseReserved: true),
            SourceUrl = Url(body, nullable: false),
            MadeBy = Maker(body),
        };
        return Checked(draft, faults);
    }

    public ContactDraft Change(JsonObject sent, Contact contact)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, "", faults);
        ContactDraft draft = Read(body, body.Child("defaultFields"), faults, contact) with
        {
            Source = Source(body, LongestId, nullable: true, workspace.Behaviour.ReservedSources == ReservedSources.Everywhere),
            SourceUrl = Url(body, nullable: true),
        };
        return Checked(draft, faults);
    }

    private ContactDraft Read(BodyReader body, BodyReader? fields, List<QuoFault> faults, Contact? contact)
    {
        Sent<IReadOnlyList<CustomDraft>> custom = new CustomFieldReader(workspace, contact).Read(body);
        if (fields is null) return new() { ExternalId = body.Text("externalId", LongestId), CustomFields = custom };
        return new()
        {
            FirstName = fields.Text("firstName"),
            LastName = fields.Text("lastName"),
            Company = fields.Text("company"),
            Role = fields.Text("role"),
            ExternalId = body.Text("externalId", LongestId),
            Emails = Items(fields, "emails", contact),
            Phones = Items(fields, "phoneNumbers", contact),
            CustomFields = custom,
        };
    }

    private Sent<IReadOnlyList<ItemDraft>> Items(BodyReader fields, string name, Contact? contact)
    {
        Sent<IReadOnlyList<BodyReader>> items = fields.Children(name);
        return new([.. items.Value.Select(i => Item(i, contact, isPhone: name == "phoneNumbers"))], items.IsThere);
    }

    private ItemDraft Item(BodyReader item, Contact? contact, bool isPhone)
    {
        string name = item.Needed("name") ?? "";
        string? value = item.Needed("value", nullable: true);
        if (value is not null && isPhone) value = PhoneForm.Of(value, workspace.Behaviour.ContactPhones, () => item.Fault("value", "must be a phone number in E.164"));
        if (value is not null && !isPhone && workspace.Behaviour.EmailsInLowerCase) value = value.ToLowerInvariant();
        string? id = contact is null ? null : item.Text("id", nullable: false).Value;
        bool isKnown = id is null || contact!.Properties.Exists(p => p.Id == id && (isPhone ? p.IsPhone : p.IsEmail));
        if (!isKnown && workspace.Behaviour.UnknownItemIds == Strictness.Refuse) item.Fault("id", "is no item of this contact");
        return new(isKnown ? id : null, name, value);
    }

    private static Sent<string?> Source(BodyReader body, int most, bool nullable, bool refuseReserved)
    {
        Sent<string?> source = body.Text("source", most, nullable);
        if (refuseReserved && source.Value is { } word && SourceRule.IsReserved(word)) body.Fault("source", "is a reserved word or begins with one");
        return source;
    }

    private static Sent<string?> Url(BodyReader body, bool nullable)
    {
        Sent<string?> url = body.Text("sourceUrl", LongestUrl, nullable);
        if (url.Value is { } text && !Uri.IsWellFormedUriString(text, UriKind.Absolute)) body.Fault("sourceUrl", "must be a URI");
        return url;
    }

    private static Sent<string?> Maker(BodyReader body)
    {
        Sent<string?> maker = body.Text("createdByUserId", nullable: false);
        if (maker.Value?.StartsWith("US", StringComparison.Ordinal) == false) body.Fault("createdByUserId", "must match ^US(.*)$");
        return maker;
    }

    private static ContactDraft Checked(ContactDraft draft, List<QuoFault> faults) => faults.Count == 0 ? draft : throw Refuse.Bad(faults);
}
