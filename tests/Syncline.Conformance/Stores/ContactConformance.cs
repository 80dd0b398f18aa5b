using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Conformance.Stores;

/// <summary>What a user relies on in the list of contacts: the state is what has happened, whatever happened to the process.</summary>
public abstract class ContactConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly ContactFilter People = new(RecordKind.Person);

    [Fact]
    public async Task A_record_goes_from_imported_over_enriched_to_synced()
    {
        GoldenRecord ada = await AddAsync(1, "Ada");
        Assert.Equal(ContactState.Imported, await StateAsync());
        await Store.Enrichments.AskAsync("supplier", RecordKind.Person, [("ada@example.com", 1)], Token);
        Assert.Equal(ContactState.Enriching, await StateAsync());
        await Store.Enrichments.KeepAsync("supplier", RecordKind.Person, [], 1, Token);
        await SaveAsync(new() { Links = { new(new(SyncScope.Derived, Supplied.StreamOf("supplier"), "person/1"), RecordKind.Person, 1) } });
        Assert.Equal(ContactState.Enriched, await StateAsync());
        await Store.Journal.IntendAsync("daily", 1, [Samples.Create("op")], Token);
        Assert.Equal(ContactState.Syncing, await StateAsync());
        Settlement done = Samples.Done("op", "r1");
        done.Changes.Links.Add(Written(ada));
        await Store.Journal.SettleAsync([done], Token);
        await Store.Journal.SaveOffsetAsync("daily>crm", await Store.Hub.LastSequenceAsync(Token), Token);
        Assert.Equal(ContactState.Synced, await StateAsync());
    }

    [Fact]
    public async Task A_change_after_the_last_writing_starts_the_cycle_again()
    {
        GoldenRecord ada = await AddAsync(1, "Ada");
        await SaveAsync(new() { Links = { Written(ada) } });
        await Store.Journal.SaveOffsetAsync("daily>crm", await Store.Hub.LastSequenceAsync(Token), Token);
        Assert.Equal(ContactState.Synced, await StateAsync());
        await AddAsync(1, "Ada Example");
        Assert.Equal(ContactState.Imported, await StateAsync());
    }

    [Fact]
    public async Task A_failed_one_says_why_and_when_it_is_tried_again()
    {
        await AddAsync(1, "Ada");
        await SaveAsync(new() { DeadLetters = { Samples.Letter("person/1") with { GoldenId = 1, Reason = "No such option.", RetryAt = Samples.Noon } } });
        Contact contact = Assert.Single(await Store.Contacts.ListAsync(People, 0, 10, Token));
        Assert.Equal((ContactState.Failed, "No such option.", Samples.Noon), (contact.State, contact.Reason, contact.NextAttempt));
    }

    [Fact]
    public async Task Filters_let_through_what_they_say()
    {
        await AddAsync(1, "Ada", "lemlist");
        await AddAsync(2, "Grace", "csv");
        await SaveAsync(new() { DeadLetters = { Samples.Letter("person/2") with { GoldenId = 2 } } });
        Assert.Equal([1], await IdsAsync(People with { Source = "lemlist" }));
        Assert.Equal([2], await IdsAsync(People with { State = ContactState.Failed }));
        Assert.Equal([2], await IdsAsync(People with { Text = "gRAc" }));
        Assert.Equal([2], (await Store.Contacts.ListAsync(People, 1, 10, Token)).Select(c => c.Golden.Id));
        Assert.Empty(await IdsAsync(new(RecordKind.Company)));
        Assert.Equal([(ContactState.Imported, 1L), (ContactState.Failed, 1L)], (await Store.Contacts.CountAsync(People, Token)).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    }

    private async Task<GoldenRecord> AddAsync(long id, string name, string source = "csv")
    {
        GoldenRecord golden = new(id, RecordKind.Person, FieldSet.Of(("full_name", FieldValue.Of(name))));
        Link read = new(new(source, "people", id.ToString(System.Globalization.CultureInfo.InvariantCulture)), RecordKind.Person, id);
        await SaveAsync(new() { Golden = { golden }, Links = { read }, Feed = { new(id, RecordKind.Person, 1, []) } });
        return golden;
    }

    private static Link Written(GoldenRecord golden) => new(new("crm", "people", "r1"), RecordKind.Person, golden.Id) { Sent = golden.Fields, IsOurs = true };

    private async Task<ContactState> StateAsync() => Assert.Single(await Store.Contacts.ListAsync(People, 0, 10, Token)).State;

    private async Task<IEnumerable<long>> IdsAsync(ContactFilter filter) => (await Store.Contacts.ListAsync(filter, 0, 10, Token)).Select(c => c.Golden.Id);
}
