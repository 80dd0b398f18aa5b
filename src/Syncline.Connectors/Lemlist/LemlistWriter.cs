using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Carries out single operations on contacts and on their leads in the campaign.</summary>
/// <param name="campaign">Null where only contacts are written.</param>
internal sealed class LemlistWriter(LemlistApi api, LemlistWriteApi writes, LemlistOptions options, LemlistCampaign? campaign, Func<JsonElement, RemoteRecord> toRecord)
{
    private static readonly string[] OfNewLead = ["email", "firstName", "lastName", "companyName", "companyDomain", "jobTitle", "linkedinUrl", "phone", "picture", "icebreaker", "timezone"];

    public Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken) => operation.Verb switch
    {
        Verb.Delete => DeleteAsync(operation.RemoteId!, cancellationToken),
        _ when operation.Fields[LemlistPeople.Unsubscribed] is { } flag && flag != FieldValue.Of(true) => Task.FromResult<WriteOutcome>(Resubscription),
        _ => PutAsync(operation, cancellationToken),
    };

    private static WriteOutcome.Refused Resubscription => new("resubscription", "Syncline never takes an unsubscription back; that is done in Lemlist.") { OptionalField = LemlistPeople.Unsubscribed };

    /// <summary>The contact first, which may be repeated; what is not, comes after it and finds it there.</summary>
    private async Task<WriteOutcome> PutAsync(Operation operation, CancellationToken cancellationToken)
    {
        (string? id, bool isNew, WriteOutcome? failed) = await ContactAsync(operation, cancellationToken);
        if (id is null) return failed!;
        JsonElement? before = isNew ? null : await FindAsync(id, cancellationToken);
        if (before is null && !isNew) return Gone(id);
        if (operation.Fields[LemlistPeople.Unsubscribed] is not null && before?.Flag("unsubscribed") != true && await UnsubscribeAsync(id, cancellationToken) is { } refused) return refused;
        (string reached, WriteOutcome? lead) = campaign is null ? (id, null) : await LeadAsync(campaign, operation, id, before, cancellationToken);
        if (lead is not null) return lead;
        return await FindAsync(reached, cancellationToken) is { } now ? new WriteOutcome.Written(toRecord(now)) : new WriteOutcome.Unknown($"Contact {reached} was written and is not to be read.");
    }

    private async Task<(string? Id, bool IsNew, WriteOutcome? Failed)> ContactAsync(Operation operation, CancellationToken cancellationToken)
    {
        JsonObject contact = Body(operation.Fields, f => LemlistFields.OfContact.Contains(f) || LemlistFields.CustomName(f) is not null);
        if (operation.RemoteId is { } known && contact.Count == 0) return (known, false, null);
        if (operation.RemoteId is { } changed) contact["contactId"] = changed;
        LemlistReply reply = await writes.UpsertContactAsync(contact, cancellationToken);
        if (reply.IsSuccess && reply.Body?.Part("data") is { } made && made.Text("_id") is { } id) return (id, made.Flag("created") == true, null);
        if (reply.Error is { Code: "CONTACT_NOT_FOUND" or "CONTACT_NOT_FOUND_BY_ID" } && operation.RemoteId is { } gone) return (null, false, Gone(gone));
        WriteOutcome failed = reply.Failed(LemlistWriteApi.ContactsOperation);
        return (null, false, failed is WriteOutcome.Refused refused ? refused with { OptionalField = OptionalOf(refused.Code, operation) } : failed);
    }

    /// <summary>Puts the person into the campaign, or changes what only the lead holds.</summary>
    /// <returns>The contact that is in the campaign then; an outcome where that went wrong.</returns>
    private async Task<(string Contact, WriteOutcome? Failed)> LeadAsync(LemlistCampaign into, Operation operation, string id, JsonElement? before, CancellationToken cancellationToken)
    {
        string? lead = before is { } contact ? LemlistPeople.LeadIn(contact, into.Id) : null;
        if (lead is not null) return (id, await ChangeLeadAsync(into, operation, lead, cancellationToken));
        if (operation.Fields[LemlistFields.Campaign] is null) return (id, null);
        if (before?.Flag("unsubscribed") == true) return (id, Unsubscribed);
        // What an existing contact is called and known by goes with it, so that the lead is not poorer than the contact. Its custom fields do not: Lemlist keeps figures of its own among them.
        FieldSet fields = (before is { } held ? toRecord(held).Fields.Where(OfNewLead.Contains) : FieldSet.Empty).With(operation.Fields.Where(f => OfNewLead.Contains(f) || LemlistFields.CustomName(f) is not null));
        JsonObject body = Body(fields, _ => true);
        LemlistReply reply = await writes.AddLeadAsync(into.Id, body, options.Deduplicates, cancellationToken);
        if (reply.IsSuccess) return (reply.Body?.Text("contactId") ?? id, null);
        return (id, AsOptional(reply.Failed(LemlistWriteApi.LeadsOperation), LemlistFields.Campaign));
    }

    private async Task<WriteOutcome?> ChangeLeadAsync(LemlistCampaign into, Operation operation, string lead, CancellationToken cancellationToken)
    {
        JsonObject changes = Body(operation.Fields, LemlistFields.OfLead.Contains);
        if (changes.Count == 0 || lead.Length == 0) return null;
        LemlistReply reply = await writes.ChangeLeadAsync(into.Id, lead, changes, cancellationToken);
        return reply.IsSuccess ? null : AsOptional(reply.Failed(LemlistWriteApi.LeadsOperation), operation.Fields.Select(f => f.Name).First(LemlistFields.OfLead.Contains));
    }

    private async Task<WriteOutcome?> UnsubscribeAsync(string id, CancellationToken cancellationToken)
    {
        LemlistReply reply = await writes.UnsubscribeAsync(id, cancellationToken);
        return reply.IsSuccess ? null : AsOptional(reply.Failed(LemlistWriteApi.UnsubscribesOperation), LemlistPeople.Unsubscribed);
    }

    private Task<WriteOutcome> DeleteAsync(string id, CancellationToken cancellationToken) => options.DeletesContacts ? DeleteContactAsync(id, cancellationToken) : RemoveAsync(id, cancellationToken);

    private async Task<WriteOutcome> DeleteContactAsync(string id, CancellationToken cancellationToken)
    {
        LemlistReply reply = await writes.DeleteContactAsync(id, cancellationToken);
        return reply.IsSuccess || reply is { Answer: { } answer } && LemlistApi.IsAbsent(answer, "Contact not found") ? new WriteOutcome.Deleted() : reply.Failed("lemlist.contacts.delete");
    }

    private async Task<WriteOutcome> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } contact) return new WriteOutcome.Deleted();
        if (campaign is null) return new WriteOutcome.Refused("contacts_kept", "Contacts are deleted in Lemlist only where delete_contacts is true: their leads and activities go with them.");
        if (LemlistPeople.LeadIn(contact, campaign.Id) is not { Length: > 0 } lead) return new WriteOutcome.Deleted();
        LemlistReply reply = await writes.RemoveLeadAsync(campaign.Id, lead, cancellationToken);
        return reply.IsSuccess || reply is { Answer: { } answer } && LemlistApi.IsAbsent(answer, "Lead not found") ? new WriteOutcome.Deleted() : reply.Failed(LemlistWriteApi.LeadsOperation);
    }

    private async Task<JsonElement?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await api.ContactsAsync([id], cancellationToken)).Select(c => (JsonElement?)c).FirstOrDefault(c => c?.Text("_id") == id);

    private static WriteOutcome.Gone Gone(string id) => new($"Contact {id} is not there any more.");

    private static WriteOutcome.Refused Unsubscribed => new("unsubscribed", "The person has unsubscribed and is not put into a campaign.") { OptionalField = LemlistFields.Campaign };

    /// <summary>The contact stands, whatever became of its place in the campaign.</summary>
    private static WriteOutcome AsOptional(WriteOutcome outcome, string field) => outcome is WriteOutcome.Refused refused
        ? refused with { OptionalField = field, Reason = refused.Reason == LemlistError.Graveyard ? "The person has unsubscribed; Lemlist changes nothing about the lead any more." : refused.Reason }
        : outcome;

    private static string? OptionalOf(string code, Operation operation) => code switch
    {
        "INVALID_EMAIL" when operation.Fields["linkedinUrl"] is not null || operation.RemoteId is not null => "email",
        "INVALID_LINKEDIN_URL" when operation.Fields["email"] is not null || operation.RemoteId is not null => "linkedinUrl",
        "INVALID_FIELD" => operation.Fields.Select(f => f.Name).Where(f => LemlistFields.CustomName(f) is not null).Take(2).ToArray() is [var only] ? only : null,
        _ => null,
    };

    private static JsonObject Body(FieldSet fields, Func<string, bool> takes)
    {
        JsonObject body = [];
        foreach (Field field in fields)
        {
            if (!takes(field.Name) || field.Value.Type == FieldType.List) continue;
            if (LemlistFields.CustomName(field.Name) is { } custom) body[custom] = field.Value.Text;
            else if (LemlistFields.OfContact.Contains(field.Name) || LemlistFields.OfLead.Contains(field.Name)) body[field.Name] = field.Value.Text;
        }
        return body;
    }
}
