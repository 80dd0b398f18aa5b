using System.Globalization;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Creates and changes records: first everything that may refuse, then the effect.</summary>
internal sealed class RecordWriter(HubSpotPortal portal)
{
    /// <summary>Whether the draft may become a record.</summary>
    public void CheckCreate(CrmTable table, Draft draft, bool isNewest)
    {
        if (Missing(table, draft) is { } names) throw Refuse.Invalid($"Error creating {table.Type.Singular.ToUpperInvariant()}. Some required properties were not set.",
            new ErrorDetail($"One of these is required: {string.Join(", ", names)}", "MISSING_REQUIRED_PROPERTY") { Context = Refuse.Naming("propertyName", names) });
        if (isNewest) portal.Rules.CheckCreate(table, draft);
        if (isNewest) portal.Rules.CheckConditions(table, draft, existing: null);
        CheckUnique(table, draft, existing: null);
    }

    public void CheckUpdate(CrmTable table, CrmRecord record, Draft draft, bool isNewest)
    {
        if (record.LockedUntilMs > portal.NowMs) throw Refuse.Locked();
        if (isNewest) portal.Rules.CheckConditions(table, draft, record);
        CheckUnique(table, draft, record);
    }

    public CrmRecord Create(CrmTable table, Draft draft, ChangeSource source)
    {
        CrmRecord made = table.Add(portal.NowMs, source);
        made.Values = [.. Stored(table, draft)];
        table.Claim(made);
        portal.Happened?.Invoke(new(Verb.Creation, made, source));
        foreach (DraftValue value in portal.Happened is null ? [] : draft.Values.Where(v => v.Value.Length > 0)) portal.Happened?.Invoke(new(Verb.PropertyChange, made, source) { Property = value.Property, Value = value.Value, IsInitial = true });
        foreach (DraftLink link in draft.Links) portal.Associator.Add(made, link.To, link.TypeIds, source);
        portal.AutoCompanies.Consider(table, made, draft);
        portal.Touch(table, made);
        return made;
    }

    /// <summary>Writes the values that differ; whether equal ones count as a change is a knob.</summary>
    public void Update(CrmTable table, CrmRecord record, Draft draft, ChangeSource source)
    {
        bool isChanged = false;
        foreach (DraftValue value in draft.Values)
        {
            if ((record[value.Property] ?? "") == value.Value)
            {
                portal.Happened?.Invoke(new(Verb.PropertyChange, record, source) { Property = value.Property, Value = value.Value, IsEqual = true });
                continue;
            }
            Put(table, record, value, source);
            isChanged = true;
        }
        portal.AutoCompanies.Consider(table, record, draft);
        if (!isChanged && !portal.Behaviour.EqualWritesMoveTime) return;
        record.ModifiedMs = portal.NowMs;
        portal.Touch(table, record);
    }

    private void Put(CrmTable table, CrmRecord record, DraftValue value, ChangeSource source)
    {
        bool isIdentity = value.Property == table.Email || value.Property == table.AdditionalEmails || value.Property.HasUniqueValue;
        if (isIdentity) table.Release(record);
        record.Put(value.Property, value.Value, portal.NowMs, source);
        if (isIdentity) table.Claim(record);
        portal.Happened?.Invoke(new(Verb.PropertyChange, record, source) { Property = value.Property, Value = value.Value });
    }

    private static IEnumerable<StoredValue> Stored(CrmTable table, Draft draft)
    {
        Property? pipeline = table.Type.IsDeal ? table.Catalogue.Get("pipeline") : table.Type.IsTicket ? table.Catalogue.Get("hs_pipeline") : null;
        if (pipeline is not null && string.IsNullOrEmpty(draft[pipeline])) yield return new(pipeline.Number, table.Type.IsDeal ? "default" : "0");
        foreach (DraftValue value in draft.Values)
        {
            if (value.Value.Length > 0) yield return new(value.Property.Number, value.Value);
        }
    }

    /// <summary>The properties of which a new record needs one, when it has none of them.</summary>
    private static string[]? Missing(CrmTable table, Draft draft)
    {
        string[] names = table.Type switch
        {
            { IsContact: true } => ["email", "firstname", "lastname"],
            { IsCompany: true } => ["name", "domain"],
            { IsEngagement: true } => ["hs_timestamp"],
            _ => [],
        };
        return names.Length == 0 || draft.Values.Any(v => v.Value.Length > 0 && names.Contains(v.Property.Name)) ? null : names;
    }

    private void CheckUnique(CrmTable table, Draft draft, CrmRecord? existing)
    {
        foreach (DraftValue value in draft.Values)
        {
            if (value.Value.Length == 0) continue;
            if (value.Property == table.Email) CheckEmail(table, value, existing);
            else if (value.Property.HasUniqueValue && table.Unique.Owner(value.Property, value.Value) is { } owner && owner != existing) throw Clash(value, owner);
        }
    }

    private void CheckEmail(CrmTable table, DraftValue email, CrmRecord? existing)
    {
        if (portal.Blocklist.Contains(email.Value)) throw Refuse.Invalid($"The email address {email.Value} is on the GDPR blocklist of this portal and cannot be created");
        if (table.Unique.Owner(email.Property, email.Value) is not { } owner || owner == existing) return;
        if (existing is not null && portal.Behaviour.TakenEmailStatus == 400) throw Clash(email, owner);
        throw Refuse.ContactExists(owner.Id);
    }

    private static HubSpotRefusalException Clash(DraftValue value, CrmRecord owner)
    {
        string message = $"Cannot set {value.Property.Name} to {value.Value}: it must be unique and {owner.Id.ToString(CultureInfo.InvariantCulture)} has it.";
        return DraftReader.NotValid([new(value.Property.Name, "CONFLICTING_UNIQUE_VALUE", message)]);
    }
}
