using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Looks at a workspace: the key, the custom fields that the map names, contacts that stand there twice. Four reads at the most, nothing changed: custom fields can be made in Quo's app only.</summary>
internal sealed class QuoDoctor(QuoApi api, QuoOptions options) : IDoctor
{
    // The oldest or the newest hundred: more would spend the key's calls on what is only good to know.
    private const int PagesLookedAt = 2;

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
        return key.Severity == Severity.Error ? [key] : [key, .. await CustomFieldsAsync(maps, cancellationToken), .. await DuplicatesAsync(cancellationToken), Source(), Visibility()];
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
            Remedy = QuoFields.KeyOf(u.Rule.Remote) is null ? "Map the field to another one." : QuoPreparation.MakeFieldFor(map.Kind, u.Rule, definitions),
        });
        IEnumerable<Finding> good = map.Rules.Where(r => r.Direction != MapDirection.In && QuoFields.KeyOf(r.Remote) is not null).Except(unwritable.Select(u => u.Rule))
            .Select(r => new Finding(Severity.Good, $"contacts.{r.Remote}", $"There, of type {definitions.TypeOf(QuoFields.KeyOf(r.Remote)!)}."));
        return [.. bad, .. good];
    }

    /// <summary>Contacts that share an external id: only one of them is written, and which one it is is not for a program to choose.</summary>
    private async Task<IReadOnlyList<Finding>> DuplicatesAsync(CancellationToken cancellationToken)
    {
        List<QuoFlatContact> contacts = [];
        string? cursor = null;
        for (int page = 0; page < PagesLookedAt && (page == 0 || cursor is not null); page++)
        {
            QuoFlatPage some;
            try
            {
                some = await api.ListFlatAsync(cursor, cancellationToken);
            }
            catch (ProviderException failure)
            {
                return [Bad("contacts.externalId", failure)];
            }
            contacts.AddRange(some.Data);
            cursor = some.NextCursor;
        }
        return [.. contacts.DistinctBy(c => c.Id).Where(c => c.ExternalId is not null).GroupBy(c => c.ExternalId, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(Duplicate)];
    }

    private static Finding Duplicate(IGrouping<string?, QuoFlatContact> same) => new(Severity.Warning, "contacts.externalId", $"Contacts {string.Join(", ", same.Select(c => c.Id))} have the same externalId, '{same.Key}'.")
    {
        Remedy = "Delete all but one of them in Quo: while there are several, the person waits for a decision and none of them is written.",
    };

    private Finding Source() => new(Severity.Good, "source", $"New contacts are labelled '{options.Source}'; their externalId is the id in {options.IdsFrom}, or Syncline's own for people who are not there.");

    private static Finding Visibility() => new(Severity.Advice, "contacts", "A contact made through the API appears in Quo's app only once there is a conversation with one of its phone numbers.")
    {
        Remedy = "Nothing to do: call or text the person, and the contact's name is there. `syncline show` tells whether a person was written.",
    };

    private static Finding Bad(string subject, ProviderException failure) => new(Severity.Error, subject, failure.Message) { Remedy = failure.Hint ?? "Check the API key and base_url." };
}
