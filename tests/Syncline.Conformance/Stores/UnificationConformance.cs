using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>What a look at the unified records relies on: every record of a source counts once, what we made ourselves does not.</summary>
public abstract class UnificationConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly UnifiedScope Acme = new(["acme"], null);

    [Fact]
    public async Task Sources_are_the_connections_that_were_read()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a", connection: "written") }, Cursors = { (new("people-file", "people"), new("1")), (new("acme", "inbox"), new("1")), (new("acme", "lists"), new("1")) } });
        Assert.Equal(["acme", "people-file"], await Store.Unifications.SourcesAsync(Token));
    }

    [Fact]
    public async Task Remote_records_are_counted_by_kind_with_the_golden_records_behind_them()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(1, "b"), Samples.LinkTo(2, "c"), Samples.LinkTo(1, "x", connection: "other"), Of(RecordKind.Company, 3, "d") } });
        Assert.Equal([new(RecordKind.Company, 1, 1), new(RecordKind.Person, 3, 2)], await Store.Unifications.CountAsync(Acme, Token));
        Assert.Equal([new(RecordKind.Person, 4, 2)], await Store.Unifications.CountAsync(new(["other", "acme"], RecordKind.Person), Token));
        Assert.Empty(await Store.Unifications.CountAsync(new([], null), Token));
    }

    [Fact]
    public async Task What_is_gone_and_what_our_writes_made_is_no_record_of_a_source()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(1, "ours") with { IsOurs = true }, Samples.LinkTo(1, "gone") with { State = LinkState.Gone } } });
        Assert.Equal([new(RecordKind.Person, 1, 1)], await Store.Unifications.CountAsync(Acme, Token));
        Assert.Empty(await ListAsync(Acme));
    }

    [Fact]
    public async Task Only_records_of_one_connection_and_stream_are_listed_as_unified()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(1, "b", stream: "leads"), Samples.LinkTo(1, "c", connection: "other"), Samples.LinkTo(2, "d") } });
        Assert.Empty(await ListAsync(new(["acme", "other"], null)));
    }

    [Fact]
    public async Task A_unification_shows_its_first_records_and_counts_all()
    {
        HubChanges changes = new();
        changes.Links.AddRange("edcba".Select(id => Samples.LinkTo(7, $"{id}") with { Seen = FieldSet.Of(("email", FieldValue.Of($"{id}@example.com")), ("linkedin", FieldValue.Of("ada-example"))) }));
        await SaveAsync(changes);
        Unification found = Assert.Single(await ListAsync(Acme));
        Assert.Equal((7, RecordKind.Person, new StreamId("acme", "people"), 5), (found.GoldenId, found.Kind, found.Stream, found.Count));
        Assert.Equal(changes.Links.Take(2).Select(l => new Showing(l.Key, l.Seen)), found.Shown);
        Assert.Equal([new IdentityKey(RecordKind.Person, "linkedin", "ada-example")], found.SharedKeys);
    }

    [Fact]
    public async Task Unifications_come_by_golden_record_however_many()
    {
        HubChanges changes = new();
        changes.Links.AddRange(Enumerable.Range(1, 350).SelectMany(i => new[] { Samples.LinkTo(351 - i, $"{i}"), Samples.LinkTo(351 - i, $"{i}#2"), Samples.LinkTo(351 - i, $"{i}", "leads"), Samples.LinkTo(351 - i, $"{i}#2", "leads") }));
        await SaveAsync(changes);
        Assert.Equal(Enumerable.Range(1, 350).SelectMany(i => new[] { ((long)i, "leads"), (i, "people") }), (await ListAsync(Acme)).Select(u => (u.GoldenId, u.Stream.Name)));
    }

    [Fact]
    public async Task Problems_are_the_letters_about_identity_oldest_first()
    {
        await SaveAsync(new() { DeadLetters = { Samples.Letter("b", IdentityProblem.Ambiguous), Samples.Letter("a", IdentityProblem.ClaimedTwice, sync: "weekly"), Samples.Letter("c"), Samples.Letter("d", IdentityProblem.Contradicting, connection: "other") } });
        Assert.Equal(["b", "a", "d"], (await ProblemsAsync(null, null, null)).Select(l => l.Key.Subject));
        Assert.Equal(["b", "d"], (await ProblemsAsync("daily", null, RecordKind.Person)).Select(l => l.Key.Subject));
        Assert.Equal(["d"], (await ProblemsAsync(null, "other", null)).Select(l => l.Key.Subject));
        Assert.Empty(await ProblemsAsync(null, null, RecordKind.Company));
    }

    [Fact]
    public async Task Problems_come_whole_however_many()
    {
        DeadLetter[] letters = [.. Enumerable.Range(0, 250).Select(i => Samples.Letter($"{i}", IdentityProblem.All[i % IdentityProblem.All.Count]))];
        HubChanges changes = new();
        changes.DeadLetters.AddRange(letters);
        await SaveAsync(changes);
        Assert.Equal(letters, await ProblemsAsync("daily", "acme", RecordKind.Person));
    }

    private static Link Of(RecordKind kind, long goldenId, string id) => Samples.LinkTo(goldenId, id) with { Kind = kind };

    private async Task<IReadOnlyList<Unification>> ListAsync(UnifiedScope scope) => await Store.Unifications.ListAsync(scope, 2, Token).ToListAsync(Token);

    private async Task<IReadOnlyList<DeadLetter>> ProblemsAsync(string? sync, string? connection, RecordKind? kind) =>
        await Store.Unifications.ProblemsAsync(sync, connection, kind, Token).ToListAsync(Token);
}
