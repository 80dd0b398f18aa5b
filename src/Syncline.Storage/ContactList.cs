using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Storage.Tables;
using Syncline.Syncs;

namespace Syncline.Storage;

/// <summary>The records of a database with their states.</summary>
internal sealed class ContactList(SqliteDatabase database) : IContactList
{
    public async Task<IReadOnlyList<Contact>> ListAsync(ContactFilter filter, long after, int take, CancellationToken cancellationToken) => await database.ReadAsync(async on =>
    {
        List<(GoldenRecord Golden, ContactState State)> records = await ContactTable.ListAsync(on, filter, after, take, cancellationToken);
        ILookup<long, Link> links = await LinkTable.OfAsync(on, [.. records.Select(r => r.Golden.Id)], cancellationToken);
        List<Contact> contacts = [];
        foreach ((GoldenRecord golden, ContactState state) in records)
        {
            (string? reason, DateTimeOffset? next) = state == ContactState.Failed ? await ContactTable.FailureAsync(on, golden.Id, cancellationToken) : default;
            contacts.Add(new(golden, state, Names(links[golden.Id].Where(l => !l.IsOurs)), Names(links[golden.Id].Where(l => l.Sent.Count > 0))) { Reason = reason, NextAttempt = next });
        }
        return contacts;
    });

    public async Task<IReadOnlyDictionary<ContactState, long>> CountAsync(ContactFilter filter, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => ContactTable.CountAsync(on, filter, cancellationToken));

    private static string[] Names(IEnumerable<Link> links) =>
        [.. links.Where(l => l.State != LinkState.Gone && l.Key.Connection != SyncScope.Derived).Select(l => l.Key.Connection).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
