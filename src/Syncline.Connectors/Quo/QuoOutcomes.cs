using System.Text.RegularExpressions;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Everything that is not a success, as outcomes.</summary>
internal sealed partial class QuoOutcomes(QuoOptions options)
{
    public static WriteOutcome.Gone Gone(Operation operation) => new($"Contact {operation.RemoteId} is not there any more.");

    public static WriteOutcome.Refused ReadOnly(Operation operation) => new("read_only_contact",
        $"Contact {operation.RemoteId} belongs to one of Quo's own CRM integrations, which alone may change it. Change it in that CRM, or switch that integration off in Quo.");

    /// <param name="holder">The contact that has the external id; null where none is to be found.</param>
    public static WriteOutcome.Refused Conflict(QuoError error, string? holder) => new(error.Code, holder is null
        ? $"Quo says that it conflicts with another contact ({error.Reason}) and not with which; none has its externalId. Look in Quo for a contact with the same phone number."
        : $"Contact {holder} has its externalId already; the next run links the two.") { ConflictingId = holder };

    /// <summary>True when a single value is no longer what it was when its change was planned. Lists are merged with what is there now.</summary>
    public static bool IsOutdated(Operation operation, string[] names, FieldSet now) =>
        names.Any(name => now[name] != operation.Before[name] && now[name]?.Type != FieldType.List && operation.Before[name]?.Type != FieldType.List && operation.Fields[name]?.Type != FieldType.List);

    /// <summary>True when nothing of what was asked for has come about, though Quo said yes: so it may treat contacts that are not ours to change.</summary>
    public static bool IsIgnored(Operation operation, string[] names, FieldSet before, FieldSet after) =>
        names.All(name => after[name] == before[name]) && !names.All(name => Holds(before[name], operation.Cleared.Contains(name) ? null : operation.Fields[name]));

    public static WriteOutcome.Refused Ignored(Operation operation, QuoContact now) => new("not_changed",
        $"Quo accepted the change of contact {operation.RemoteId} and did not make it. It may belong to one of Quo's own integrations{(now.Source is { } source ? $": if so, add '{source}' to read_only_sources" : "")}.");

    /// <summary>What can be refused without asking Quo; null when nothing can.</summary>
    public WriteOutcome.Refused? Unwritable(Operation operation, QuoDefinitions definitions)
    {
        if (operation.Fields[QuoFields.UnusablePhones] is { } phones) return Unusable(operation, phones);
        return operation.Fields.Where(f => QuoFields.KeyOf(f.Name) is { } key && definitions.Write(key, f.Value) is null)
            .Select(f => new WriteOutcome.Refused("custom_field_value", $"The value does not fit custom field '{f.Name}' ({definitions.TypeOf(QuoFields.KeyOf(f.Name)!) ?? "not there"}). Correct it at its source, or map the field with a transform.") { OptionalField = f.Name })
            .FirstOrDefault();
    }

    public WriteOutcome Failed(Operation operation, QuoReply reply)
    {
        if (reply.Error is not { } error) return new WriteOutcome.Unknown(reply.Lost ?? "No answer.");
        if (error.Status == 404) return Gone(operation);
        return new WriteOutcome.Refused(error.Code, error.Reason) { OptionalField = Optional(operation, error) };
    }

    private static bool Holds(FieldValue? held, FieldValue? wanted) =>
        wanted is null ? held is null : held is not null && wanted.Items.All(w => held.Items.Any(h => QuoBody.Form(QuoFields.Emails, h.Text) == QuoBody.Form(QuoFields.Emails, w.Text)));

    private WriteOutcome.Refused Unusable(Operation operation, FieldValue phones)
    {
        bool isAll = operation.Verb == Verb.Create && operation.Fields[QuoFields.Phones] is null && options.SkipsWithoutPhone;
        string many = phones.Items.Length == 1 ? "A phone number has" : $"{phones.Items.Length} phone numbers have";
        string reason = $"{many} no country code, or cannot be a phone number. Write it with + and country code at its source{(options.PhoneRegion is null ? ", or set phone_region if all such numbers are North American" : "")}.";
        return new("phone_not_international", isAll ? $"{reason} Without another number the contact would be of no use in Quo, and is not made." : reason) { OptionalField = isAll ? null : QuoFields.UnusablePhones };
    }

    /// <summary>The field that the refusal blames, where the contact can do without.</summary>
    private string? Optional(Operation operation, QuoError error)
    {
        if (error.Paths.Select(p => CustomPlace.Match(p)).FirstOrDefault(m => m.Success) is { } place) return NameAt(operation, place.Groups[1].Value);
        if (error.Code == "0801400") return Only(operation.Fields.Select(f => f.Name).Where(n => QuoFields.KeyOf(n) is not null));
        string? blamed = new[] { QuoFields.Emails, QuoFields.Phones, QuoFields.SourceUrl }.FirstOrDefault(name => operation.Fields[name] is not null && error.Paths.Any(p => p.Contains(name, StringComparison.Ordinal)));
        bool isNeeded = blamed == QuoFields.Phones && operation.Verb == Verb.Create && options.SkipsWithoutPhone;
        return isNeeded ? null : blamed;
    }

    // Custom fields of a new contact are sent in the order of their names; those of an update stand among others, and only the sole one can be told.
    private static string? NameAt(Operation operation, string place)
    {
        string[] customs = [.. operation.Fields.Select(f => f.Name).Where(n => QuoFields.KeyOf(n) is not null)];
        if (operation.Verb != Verb.Create) return Only(customs);
        return int.TryParse(place, out int at) && at < customs.Length ? customs[at] : null;
    }

    private static string? Only(IEnumerable<string> names) => names.Take(2).ToArray() is [var only] ? only : null;

    [GeneratedRegex(@"customFields[/.\[]+([0-9]+)")]
    private static partial Regex CustomPlace { get; }
}
