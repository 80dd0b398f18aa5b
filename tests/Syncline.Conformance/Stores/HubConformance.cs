using Syncline.Extraction;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on in a hub: what is saved is there, whole and exactly.</summary>
public abstract class HubConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public async Task A_golden_record_comes_back_with_every_value_and_origin()
    {
        GoldenRecord record = new(3, new("activity"), Samples.EveryType)
        {
            Origins = new Dictionary<string, FieldOrigin> { ["text"] = Samples.Origin(), ["number"] = Samples.Origin("latest") with { At = Samples.Noon } },
            IsDeleted = true,
        };
        await SaveAsync(new() { Golden = { record } });
        Reopen();
        GoldenRecord found = Assert.Single(await Store.Hub.LoadAsync([3], Token)).Value;
        Assert.Equal(record with { Fields = found.Fields, Origins = found.Origins }, found);
        Assert.Equal(Samples.EveryType, found.Fields);
        Assert.Equal(Samples.EveryType["mixed"]!.Items, found.Fields["mixed"]!.Items);
        Assert.Equal(record.Origins.OrderBy(o => o.Key), found.Origins.OrderBy(o => o.Key));
    }

    [Fact]
    public async Task A_golden_record_saved_again_is_replaced()
    {
        await SaveAsync(new() { Golden = { new(1, RecordKind.Person, Samples.EveryType) } });
        await SaveAsync(new() { Golden = { Samples.Person(1, "Ada") } });
        Assert.Equal(Samples.Person(1, "Ada").Fields, (await Store.Hub.LoadAsync([1], Token))[1].Fields);
    }

    [Fact]
    public async Task A_golden_record_that_is_deleted_and_comes_back_is_listed_again()
    {
        GoldenRecord ada = Samples.Person(1, "Ada");
        foreach (bool isDeleted in (bool[])[false, true, false])
        {
            await SaveAsync(new() { Golden = { ada with { IsDeleted = isDeleted } } });
            Assert.Equal(isDeleted ? 0 : 1, (await Store.Hub.ListAsync(ada.Kind, 0, 10, Token)).Count);
            Assert.Equal(isDeleted ? 0 : 1, (await Store.Hub.CountAsync(Token)).GetValueOrDefault(ada.Kind));
            Assert.Equal(isDeleted, (await Store.Hub.LoadAsync([1], Token))[1].IsDeleted);
        }
    }

    [Fact]
    public async Task Links_of_several_streams_and_connections_are_looked_up_at_once()
    {
        Link[] links = [Samples.LinkTo(1, "a"), Samples.LinkTo(2, "a", "companies"), Samples.LinkTo(3, "a", connection: "other"), Samples.LinkTo(4, "b")];
        HubChanges changes = new();
        changes.Links.AddRange(links);
        await SaveAsync(changes);
        IReadOnlyDictionary<RecordKey, Link> found = await Store.Hub.FindLinksAsync([.. links.Select(l => l.Key), Samples.Key("b", "companies")], Token);
        Assert.Equal(links.ToDictionary(l => l.Key), found);
    }

    [Fact]
    public async Task A_link_comes_back_with_both_halves_of_its_base()
    {
        Link link = Samples.LinkTo(3, "odd/id ' \"") with
        {
            Seen = Samples.EveryType, Sent = FieldSet.Of(("a", FieldValue.Of("1"))), Answered = FieldSet.Of(("a", FieldValue.Of("+1"))), State = LinkState.Gone, IsOurs = true,
        };
        await SaveAsync(new() { Links = { link } });
        Reopen();
        Assert.Equal(link, (await InSessionAsync(s => s.FindLinksAsync([link.Key, Samples.Key("unknown")], Token)))[link.Key]);
    }

    [Fact]
    public async Task A_link_saved_again_is_replaced_and_keeps_its_place()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a") with { IsOurs = true }, Samples.LinkTo(2, "b") } });
        await SaveAsync(new() { Links = { Samples.LinkTo(3, "a") } });
        Assert.Equal([Samples.LinkTo(3, "a"), Samples.LinkTo(2, "b")], await Store.Hub.LinksOfConnectionAsync("acme", null, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_removed_link_is_unknown_again()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(1, "b") } });
        await SaveAsync(new() { RemovedLinks = { Samples.Key("a") } });
        Assert.Equal(Samples.Key("b"), Assert.Single((await Store.Hub.LinksOfAsync([1], Token))[1]).Key);
    }

    [Fact]
    public async Task Links_of_golden_records_are_those_of_every_connection()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(2, "b"), Samples.LinkTo(1, "a", connection: "other"), Samples.LinkTo(4, "d") } });
        ILookup<long, Link> links = await Store.Hub.LinksOfAsync([1, 2, 3, 1], Token);
        Assert.Equal(["acme", "other"], links[1].Select(l => l.Key.Connection));
        Assert.Single(links[2]);
        Assert.Equal(2, links.Count);
    }

    [Fact]
    public async Task Links_of_a_connection_come_in_the_order_in_which_they_were_made_however_many()
    {
        List<Link> made = [.. Enumerable.Range(0, 1_234).Select(i => Samples.LinkTo(i + 1, $"{(i * 7_919) % 1_234}", i % 3 == 0 ? "companies" : "people", i % 5 == 0 ? "other" : "acme"))];
        HubChanges changes = new();
        changes.Links.AddRange(made);
        await SaveAsync(changes);
        Assert.Equal(made.Where(l => l.Key.Connection == "acme"), await Store.Hub.LinksOfConnectionAsync("acme", null, Token).ToListAsync(Token));
        Assert.Equal(made.Where(l => l.Key is { Connection: "acme", Stream: "people" }), await Store.Hub.LinksOfConnectionAsync("acme", "people", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Links_may_be_written_while_they_are_walked()
    {
        HubChanges changes = new();
        changes.Links.AddRange(Enumerable.Range(1, 1_100).Select(i => Samples.LinkTo(i, $"{i}")));
        await SaveAsync(changes);
        int walked = 0;
        await foreach (Link link in Store.Hub.LinksOfConnectionAsync("acme", null, Token))
        {
            walked++;
            if (walked % 300 == 0) await SaveAsync(new() { RemovedLinks = { link.Key } });
        }
        Assert.Equal(1_100, walked);
    }

    [Fact]
    public async Task A_key_has_one_owner_the_last_it_was_given_to()
    {
        await SaveAsync(new() { Keys = { (Samples.Email("ada@example.com"), 1), (Samples.Email("bob@example.com"), 2) } });
        await SaveAsync(new() { Keys = { (Samples.Email("ada@example.com"), 3) } });
        IReadOnlyDictionary<IdentityKey, long> owners = await InSessionAsync(s => s.FindOwnersAsync([Samples.Email("ada@example.com"), Samples.Email("bob@example.com"), Samples.Email("nobody@example.com")], Token));
        Assert.Equal([(Samples.Email("ada@example.com"), 3L), (Samples.Email("bob@example.com"), 2L)], owners.Select(o => (o.Key, o.Value)).OrderBy(o => o.Key.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_of_different_kinds_types_and_cases_are_different_keys()
    {
        IdentityKey[] keys = [new(RecordKind.Person, "email", "x"), new(RecordKind.Company, "email", "x"), new(RecordKind.Person, "phone", "x"), new(RecordKind.Person, "email", "X")];
        HubChanges changes = new();
        changes.Keys.AddRange(keys.Select((k, i) => (k, i + 1L)));
        await SaveAsync(changes);
        IReadOnlyDictionary<IdentityKey, long> owners = await InSessionAsync(s => s.FindOwnersAsync(keys, Token));
        Assert.Equal([1, 2, 3, 4], keys.Select(k => owners[k]));
    }

    [Theory]
    [InlineData("O'Neil \"quoted\" \\ back\nslash")]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("你好 \U0001F44B")]
    [InlineData("a\u0000b")]
    [InlineData("null")]
    public async Task Awkward_keys_are_found_as_they_were_given(string text)
    {
        IdentityKey key = Samples.Email(text);
        Link link = Samples.LinkTo(4, text);
        await SaveAsync(new() { Keys = { (key, 4) }, Links = { link }, Versions = { (link.Key, "v1") } });
        Assert.Equal(4, (await InSessionAsync(s => s.FindOwnersAsync([key], Token)))[key]);
        Assert.Equal(link, (await InSessionAsync(s => s.FindLinksAsync([link.Key], Token)))[link.Key]);
        Assert.Equal("v1", (await Store.Hub.FindAsync(new("acme", "people"), [text], Token))[text]);
    }

    [Fact]
    public async Task A_removed_key_identifies_nothing_unless_it_is_given_in_the_same_step()
    {
        await SaveAsync(new() { Keys = { (Samples.Email("ada@example.com"), 1), (Samples.Email("bob@example.com"), 1) } });
        await SaveAsync(new() { RemovedKeys = { Samples.Email("ada@example.com"), Samples.Email("bob@example.com") }, Keys = { (Samples.Email("bob@example.com"), 2) } });
        KeyValuePair<IdentityKey, long> left = Assert.Single(await InSessionAsync(s => s.FindOwnersAsync([Samples.Email("ada@example.com"), Samples.Email("bob@example.com")], Token)));
        Assert.Equal((Samples.Email("bob@example.com"), 2), (left.Key, left.Value));
    }

    [Fact]
    public async Task All_keys_of_a_merged_record_follow_and_what_was_set_aside_about_it_is_settled()
    {
        await SaveAsync(new()
        {
            Keys = { (Samples.Email("ada@example.com"), 1), (Samples.Email("a@example.org"), 42), (Samples.Email("old@example.org"), 42) },
            DeadLetters = { Samples.Letter("person/42"), Samples.Letter("person/1") with { GoldenId = 1 } },
        });
        await SaveAsync(new() { Merged = { (42, 1) } });
        IReadOnlyDictionary<IdentityKey, long> owners = await InSessionAsync(s => s.FindOwnersAsync([Samples.Email("ada@example.com"), Samples.Email("a@example.org"), Samples.Email("old@example.org")], Token));
        Assert.Equal([1L, 1L, 1L], owners.Values);
        Assert.Equal("person/1", Assert.Single(await Store.Journal.DeadLettersAsync(null, skipped: false, 10, Token)).Key.Subject);
    }

    [Fact]
    public async Task Lookups_take_many_keys_and_none()
    {
        long[] ids = [.. Enumerable.Range(1, 3_000).Select(i => (long)i)];
        HubChanges changes = new();
        changes.Golden.AddRange(ids.Select(i => Samples.Person(i, $"P{i}")));
        await SaveAsync(changes);
        Assert.Equal(3_000, (await Store.Hub.LoadAsync([.. ids, .. ids, 9_999], Token)).Count);
        Assert.Empty(await Store.Hub.LoadAsync([], Token));
        Assert.Empty(await InSessionAsync(s => s.FindLinksAsync([], Token)));
        Assert.Empty(await InSessionAsync(s => s.FindOwnersAsync([], Token)));
    }

    [Fact]
    public async Task Referring_records_are_found_by_kind_and_field_and_follow_a_change()
    {
        GoldenRecord At(long id, RecordKind kind, string field, params string[] companies) =>
            new(id, kind, FieldSet.Of((field, FieldValue.List(companies.Select(c => FieldValue.Reference("company", c))))));
        await SaveAsync(new() { Golden = { At(10, RecordKind.Person, "company", "1"), At(11, RecordKind.Person, "company", "1", "2"), At(12, RecordKind.Note, "company", "1"), At(13, RecordKind.Person, "former", "1") } });
        await SaveAsync(new() { Golden = { new(14, RecordKind.Person, FieldSet.Of(("company", FieldValue.Reference("company", "2")))), At(10, RecordKind.Person, "company", "3") } });
        ILookup<long, GoldenRecord> found = await Store.Hub.ReferringAsync(RecordKind.Person, "company", [1, 2, 9], Token);
        Assert.Equal([11L], found[1].Select(g => g.Id));
        Assert.Equal([11L, 14L], found[2].Select(g => g.Id));
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task The_feed_is_numbered_in_order_and_read_after_a_number()
    {
        Assert.Equal(0, await Store.Hub.LastSequenceAsync(Token));
        await SaveAsync(new() { Feed = { Samples.Renamed(1, "A"), Samples.Renamed(2, "B") } });
        await SaveAsync(new() { Feed = { Samples.Renamed(3, "C") } });
        IReadOnlyList<FeedEntry> all = await Store.Hub.ReadFeedAsync(0, 10, Token);
        Assert.Equal([1L, 2L, 3L], all.Select(e => e.Change.GoldenId));
        Assert.Equal(all.Select(e => e.Sequence).Order().Distinct(), all.Select(e => e.Sequence));
        Assert.Equal(all[^1].Sequence, await Store.Hub.LastSequenceAsync(Token));
        Assert.Equal([2L], (await Store.Hub.ReadFeedAsync(all[0].Sequence, 1, Token)).Select(e => e.Change.GoldenId));
        Assert.Empty(await Store.Hub.ReadFeedAsync(all[^1].Sequence, 10, Token));
    }

    [Fact]
    public async Task A_feed_entry_comes_back_with_every_move()
    {
        FieldChange[] moves =
        [
            new("name", null, FieldValue.Of("Ada"), Samples.Origin()),
            new("tags", Samples.EveryType["mixed"], null, Samples.Origin("source-of-truth")),
            new("when", FieldValue.Of("then"), Samples.EveryType["time"], Samples.Origin("latest")),
        ];
        await SaveAsync(new() { Feed = { new(7, RecordKind.Company, 9, moves) } });
        FeedEntry entry = Assert.Single(await Store.Hub.ReadFeedAsync(0, 10, Token));
        Assert.Equal((7, RecordKind.Company, 9, Clock.Now), (entry.Change.GoldenId, entry.Change.Kind, entry.Change.RunId, entry.At));
        Assert.Equal(moves, entry.Change.Fields);
    }

    [Fact]
    public async Task A_cursor_is_null_at_first_and_then_the_last_one()
    {
        StreamId stream = new("acme", "people");
        Assert.Null(await Store.Hub.FindCursorAsync(stream, Token));
        await SaveAsync(new() { Cursors = { (stream, new("""{"page":1}""")), (new("acme", "companies"), new("other")) } });
        await SaveAsync(new() { Cursors = { (stream, new("""{"page":2}""")) } });
        Reopen();
        Assert.Equal(new Cursor("""{"page":2}"""), await Store.Hub.FindCursorAsync(stream, Token));
    }

    [Fact]
    public async Task A_record_missed_by_two_complete_readings_in_a_row_is_told()
    {
        await SaveAsync(new() { ReadBy = 1, Versions = { (Samples.Key("1"), "v1"), (Samples.Key("2"), "v1"), (Samples.Key("2", "companies"), "c1") } });
        await SaveAsync(new() { ReadBy = 2, Versions = { (Samples.Key("1"), "v1") } });
        Assert.Equal((new Attendance(2, 1), ""), await ConcludeAsync(2));
        Reopen();
        await SaveAsync(new() { ReadBy = 3, Versions = { (Samples.Key("1"), "v1") } });
        Assert.Equal((new Attendance(2, 1), "2"), await ConcludeAsync(3));
        await SaveAsync(new() { RemovedVersions = { Samples.Key("2") } });
        Assert.Equal((new Attendance(1, 0), ""), await ConcludeAsync(3));
    }

    [Fact]
    public async Task A_record_that_is_read_between_two_absences_starts_anew()
    {
        await SaveAsync(new() { ReadBy = 1, Versions = { (Samples.Key("1"), "v1") } });
        await ConcludeAsync(2);
        await SaveAsync(new() { ReadBy = 3, Versions = { (Samples.Key("1"), "v1") } });
        Assert.Equal((new Attendance(1, 1), ""), await ConcludeAsync(4));
        // Of two runs at the same time the later one has the record, whoever saves last.
        await SaveAsync(new() { ReadBy = 6, Versions = { (Samples.Key("1"), "v1") } });
        await SaveAsync(new() { ReadBy = 5, Versions = { (Samples.Key("1"), "v1") } });
        Assert.Equal((new Attendance(1, 0), ""), await ConcludeAsync(6));
    }

    [Fact]
    public async Task Linked_records_are_counted_by_stream_but_for_those_that_are_gone()
    {
        await SaveAsync(new() { Links = { Samples.LinkTo(1, "a"), Samples.LinkTo(1, "b") with { State = LinkState.Double }, Samples.LinkTo(2, "c") with { State = LinkState.Gone, IsDeletionProven = true }, Samples.LinkTo(3, "a", "companies") } });
        Assert.Equal(2, await Store.Hub.CountLinksAsync(new("acme", "people"), Token));
        Assert.True((await Store.Hub.FindLinksAsync([Samples.Key("c")], Token)).Values.Single().IsDeletionProven);
    }

    private async Task<(Attendance, string)> ConcludeAsync(long runId)
    {
        await using IHubSession session = await Store.Hub.BeginAsync(Token);
        Attendance attendance = await session.CountAttendanceAsync(new("acme", "people"), runId, Token);
        IReadOnlyList<string> missed = await session.MarkMissingAsync(new("acme", "people"), runId, Token);
        await session.CommitAsync(Token);
        return (attendance, string.Join(' ', missed));
    }

    [Fact]
    public async Task Versions_are_those_of_one_stream()
    {
        await SaveAsync(new() { Versions = { (Samples.Key("1"), "v1"), (Samples.Key("2"), "v1"), (Samples.Key("1", "companies"), "c1") } });
        await SaveAsync(new() { Versions = { (Samples.Key("2"), "v2") } });
        IReadOnlyDictionary<string, string> known = await Store.Hub.FindAsync(new("acme", "people"), ["1", "2", "3"], Token);
        Assert.Equal([("1", "v1"), ("2", "v2")], known.Select(v => (v.Key, v.Value)).Order());
    }

    [Fact]
    public void The_name_is_short_and_stays()
    {
        string name = Store.Hub.Name;
        Assert.Matches("^[a-z0-9]{6}$", name);
        Reopen();
        Assert.Equal(name, Store.Hub.Name);
    }
}
