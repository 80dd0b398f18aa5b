using System.Collections.Concurrent;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Finds records by what they are known by. By unique values it asks the records, by anything else the search index.</summary>
internal sealed class HubSpotLookup(HubSpotObjects objects, string? unique, HubSpotRoster roster)
{
    public const string LinkedIn = "hs_linkedin_url";

    // A search's body may have 3,000 characters; the rest of it is properties and brackets.
    private const int LongestValues = 1_500;

    // Below this many, addresses are searched for one by one; above, all further addresses of the portal are read once.
    private const int FewAddresses = 10, GroupsOfASearch = 5;

    private const string MoreEmails = "hs_additional_emails";

    private readonly Lock _gate = new();
    private Task<ILookup<string, string>>? _secondaries;

    /// <summary>Records that may be one of the wanted: each has a value that was asked for, or nearly.</summary>
    public async Task<IReadOnlyList<HubSpotObject>> FindAsync(IReadOnlyList<FieldSet> all, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldSet> wanted = await roster.WithoutAbsentAsync(all, cancellationToken);
        Task<IReadOnlyList<HubSpotObject>> byUnique = unique is null ? None : objects.ReadAsync(Texts(wanted, unique), unique, cancellationToken);
        Task<IReadOnlyList<HubSpotObject>> others = objects.Kind.Stream switch
        {
            "contacts" => ContactsAsync(wanted, cancellationToken),
            "companies" => SearchAsync("domain", Texts(wanted, "domain"), cancellationToken),
            _ => None,
        };
        return [.. (await byUnique).Concat(await others).Where(o => !o.Archived).DistinctBy(o => o.Id)];
    }

    private static Task<IReadOnlyList<HubSpotObject>> None => Task.FromResult<IReadOnlyList<HubSpotObject>>([]);

    private async Task<IReadOnlyList<HubSpotObject>> ContactsAsync(IReadOnlyList<FieldSet> wanted, CancellationToken cancellationToken)
    {
        string[] emails = Texts(wanted, "email");
        IReadOnlyList<HubSpotObject> found = emails.Length == 0 ? [] : await objects.ReadAsync(emails, "email", cancellationToken);
        string[] open = [.. emails.Except(found.SelectMany(EmailsOf), StringComparer.OrdinalIgnoreCase)];
        IReadOnlyList<HubSpotObject> further = open.Length == 0 ? [] : await FurtherAsync(open, cancellationToken);
        // A profile's address is no unique value, and searches are few: it serves for people of whom no e-mail address is known.
        string[] profiles = Texts([.. wanted.Where(w => w["email"] is null)], LinkedIn);
        string[] spellings = [.. profiles.SelectMany(p => (IEnumerable<string>)[p, .. LinkedInUrl.Slug(p) is { } slug ? LinkedInUrl.Variants(slug) : []]).Select(p => p.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return [.. found, .. further, .. await SearchAsync(LinkedIn, spellings, cancellationToken)];
    }

    /// <summary>Contacts that have one of the addresses beside their first one: the first alone is found by it.</summary>
    private async Task<IReadOnlyList<HubSpotObject>> FurtherAsync(string[] emails, CancellationToken cancellationToken)
    {
        if (emails.Length > FewAddresses)
        {
            ILookup<string, string> known = await SecondariesAsync(cancellationToken);
            return await objects.ReadAsync(emails.SelectMany(e => known[e.ToLowerInvariant()]), null, cancellationToken);
        }
        List<HubSpotObject> found = [];
        foreach (string[] some in emails.Chunk(GroupsOfASearch))
        {
            found.AddRange((await objects.SearchAsync(some.Select(e => (IReadOnlyList<HubSpotFilter>)[new(MoreEmails, "CONTAINS_TOKEN", e)]), 0, HubSpotObjects.MostFound, cancellationToken)).Results);
        }
        // What the index shows may be old.
        return found.Count == 0 ? [] : await objects.ReadAsync(found.Select(f => f.Id), null, cancellationToken);
    }

    private Task<ILookup<string, string>> SecondariesAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _secondaries is { IsFaulted: false, IsCanceled: false } known ? known : _secondaries = LoadSecondariesAsync(cancellationToken);
    }

    private async Task<ILookup<string, string>> LoadSecondariesAsync(CancellationToken cancellationToken)
    {
        List<HubSpotObject> all = [];
        for (long last = 0; ;)
        {
            HubSpotPage page = await objects.SearchAsync([[new(MoreEmails, "HAS_PROPERTY")]], last, HubSpotObjects.MostFound, cancellationToken);
            all.AddRange(page.Results);
            if (page.Results.Count < HubSpotObjects.MostFound) break;
            last = page.Results.Max(r => long.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture));
        }
        return all.SelectMany(o => EmailsOf(o), (o, email) => (o.Id, email)).ToLookup(p => p.email, p => p.Id, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<HubSpotObject>> SearchAsync(string property, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        IReadOnlyList<HubSpotObject>[] found = await Task.WhenAll(Shared(values).Select(some => SearchAllAsync(property, some, cancellationToken)));
        return [.. found.SelectMany(f => f)];
    }

    private async Task<IReadOnlyList<HubSpotObject>> SearchAllAsync(string property, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        List<HubSpotObject> found = [];
        HubSpotPage page;
        do
        {
            long last = found.Count == 0 ? 0 : found.Max(f => long.Parse(f.Id, System.Globalization.CultureInfo.InvariantCulture));
            page = await objects.SearchAsync([[new(property, "IN", Values: [.. values.Select(v => v.ToLowerInvariant())])]], last, HubSpotObjects.MostFound, cancellationToken);
            found.AddRange(page.Results);
        }
        while (page.Results.Count == HubSpotObjects.MostFound);
        return found;
    }

    /// <summary>The values in as many parts as searches have room for.</summary>
    private static IEnumerable<IReadOnlyList<string>> Shared(IReadOnlyList<string> values)
    {
        List<string> part = [];
        int length = 0;
        foreach (string value in values)
        {
            if (length + value.Length + 3 > LongestValues && part.Count > 0)
            {
                yield return part;
                (part, length) = ([], 0);
            }
            part.Add(value);
            length += value.Length + 3;
        }
        if (part.Count > 0) yield return part;
    }

    private static IEnumerable<string> EmailsOf(HubSpotObject held) =>
        HubSpotValues.Parts($"{held.Properties.GetValueOrDefault("email")};{held.Properties.GetValueOrDefault(MoreEmails)}").Select(e => e.ToLowerInvariant());

    private static string[] Texts(IReadOnlyList<FieldSet> wanted, string field) =>
        [.. wanted.SelectMany(w => w[field]?.Items ?? []).Select(i => i.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
}
