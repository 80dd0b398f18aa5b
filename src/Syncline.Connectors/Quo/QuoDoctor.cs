using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Looks at a workspace: the key, the custom fields that the map names. Two reads, nothing changed: custom fields can be made in Quo's app only.</summary>
internal sealed class QuoDoctor(QuoApi api, QuoOptions options) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.ListAsync(1, null, cancellationToken);
            return new(Severity.Good, "api_key", "Quo accepts the key.");
        }
        catch (ProviderException failure)
        {
            return Bad("api_key", failure);
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        Finding key = await TestAsync(cancellationToken);
        return key.Severity == Severity.Error ? [key] : [key, .. await CustomFieldsAsync(maps, cancellationToken), Source(), Visibility()];
    }

    private async Task<IReadOnlyList<Finding>> CustomFieldsAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        try
        {
            QuoDefinitions definitions = new(await api.CustomFieldsAsync(cancellationToken));
            return [.. maps.Where(m => m.Stream == QuoOptions.Contacts).SelectMany(m => Examine(m, definitions))];
        }
        catch (ProviderException failure)
        {
            return [Bad("contact-custom-fields", failure)];
        }
    }

    private static IEnumerable<Finding> Examine(FieldMap map, QuoDefinitions definitions)
    {
        (FieldRule Rule, string Reason)[] unwritable = [.. QuoPreparation.Unwritable(map, definitions)];
        IEnumerable<Finding> bad = unwritable.Select(u => new Finding(u.Rule.IsRequired ? Severity.Error : Severity.Warning, $"contacts.{u.Rule.Remote}", $"The field {u.Reason}{(u.Rule.IsRequired ? "." : ": it is not written.")}")
        {
            Remedy = QuoFields.KeyOf(u.Rule.Remote) is { } key && definitions.TypeOf(key) is null ? QuoPreparation.MakeField : "Map the field to another one.",
        });
        IEnumerable<Finding> good = map.Rules.Where(r => r.Direction != MapDirection.In && QuoFields.KeyOf(r.Remote) is not null).Except(unwritable.Select(u => u.Rule))
            .Select(r => new Finding(Severity.Good, $"contacts.{r.Remote}", $"There, of type {definitions.TypeOf(QuoFields.KeyOf(r.Remote)!)}."));
        return [.. bad, .. good];
    }

    private Finding Source() => new(Severity.Good, "source", $"New contacts are labelled '{options.Source}'; their externalId is the id in {options.IdsFrom}, or Syncline's own for people who are not there.");

    private static Finding Visibility() => new(Severity.Advice, "contacts", "A contact made through the API appears in Quo's app only once there is a conversation with one of its phone numbers.")
    {
        Remedy = "Nothing to do: call or text the person, and the contact's name is there. `syncline show` tells whether a person was written.",
    };

    private static Finding Bad(string subject, ProviderException failure) => new(Severity.Error, subject, failure.Message) { Remedy = failure.Hint ?? "Check the API key and base_url." };
}
