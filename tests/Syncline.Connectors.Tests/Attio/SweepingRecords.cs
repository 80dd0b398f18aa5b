using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Attio;

public sealed class SweepingRecords : IDisposable
{
    private readonly AttioFixture _attio = new(("page_size", "10"));
    private readonly Versions _versions = new();

    public void Dispose() => _attio.Dispose();

    private void Add(int count, string? createdAt = null)
    {
        for (int i = 0; i < count; i++)
        {
            int at = _attio.Fake.World.Records["people"].Count;
            _attio.Fake.World.Add("people", $$"""{"linkedin":["p{{at}}"]}""", createdAt ?? $"2026-02-01T10:{at / 60:00}:{at % 60:00}.000000001Z");
        }
    }

    private ReadRequest Request(Cursor? after = null) => new(after) { Known = _versions };

    private static string[] Ids(IEnumerable<Page> pages) => [.. pages.SelectMany(p => p.Records).Select(r => r.Key.Id)];

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(37)]
    public async Task Every_record_is_read_once_and_the_last_page_completes_the_sweep(int count)
    {
        Add(count);
        List<Page> pages = await _attio.ReadAllAsync("people", Request());
        Assert.Equal(_attio.Fake.World.Records["people"].Select(r => r.Id), Ids(pages));
        Assert.Equal([.. Enumerable.Repeat(false, pages.Count - 1), true], pages.Select(p => p.CompletesSweep));
    }

    [Fact]
    public async Task Many_rows_with_one_creation_time_neither_stall_nor_repeat()
    {
        Add(5);
        Add(43, "2026-02-01T11:00:00.123456789Z");
        Add(5, "2026-02-01T12:00:00.000000000Z");
        List<Page> pages = await _attio.ReadAllAsync("people", Request());
        Assert.Equal(_attio.Fake.World.Records["people"].Select(r => r.Id).Order(), Ids(pages).Order());
        Assert.InRange(_attio.Fake.Calls.Count, 6, 14);
    }

    [Fact]
    public async Task Rows_deleted_while_many_of_one_creation_time_are_read_hide_nobody_of_that_time()
    {
        Add(43, "2026-02-01T11:00:00.123456789Z");
        List<string> ids = [];
        string[] gone = [];
        await foreach (Page page in _attio.Source("people").ReadAsync(Request(), CancellationToken.None))
        {
            ids.AddRange(page.Records.Select(r => r.Key.Id));
            if (ids.Count < 20 || gone.Length > 0) continue;
            gone = [.. _attio.Fake.World.Records["people"].Take(7).Select(r => r.Id)];
            _attio.Fake.World.Records["people"].RemoveRange(0, 7);
        }
        Assert.Equal(_attio.Fake.World.Records["people"].Select(r => r.Id).Order(), ids.Except(gone).Order());
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Rows_deleted_behind_the_cursor_shift_nothing()
    {
        Add(40);
        string[] all = [.. _attio.Fake.World.Records["people"].Select(r => r.Id)];
        List<Page> pages = [];
        await foreach (Page page in _attio.Source("people").ReadAsync(Request(), CancellationToken.None))
        {
            pages.Add(page);
            if (pages.Count == 1) _attio.Fake.World.Records["people"].RemoveRange(0, 9);
        }
        Assert.Equal(all, Ids(pages));
    }

    [Fact]
    public async Task A_sweep_goes_on_where_it_was_cut_and_such_an_end_proves_nobodys_absence()
    {
        Add(35);
        List<Page> first = await _attio.ReadAllAsync("people", Request() with { MaxPages = 2 });
        List<Page> rest = await _attio.ReadAllAsync("people", Request(first[^1].Next));
        Assert.Equal(_attio.Fake.World.Records["people"].Select(r => r.Id), Ids(first.Concat(rest)));
        Assert.DoesNotContain(first.Concat(rest), p => p.CompletesSweep);
    }

    [Fact]
    public async Task A_maximum_is_kept_and_the_next_reading_goes_on_from_there()
    {
        Add(20, "2026-02-01T11:00:00.000000000Z");
        List<Page> first = await _attio.ReadAllAsync("people", Request() with { MaxRecords = 3 });
        Assert.Equal(3, Ids(first).Length);
        List<Page> second = await _attio.ReadAllAsync("people", Request(first[^1].Next) with { MaxRecords = 14 });
        List<Page> third = await _attio.ReadAllAsync("people", Request(second[^1].Next));
        Assert.Equal(20, Ids(first.Concat(second).Concat(third)).Distinct().Count());
        Assert.Equal(20, Ids(first.Concat(second).Concat(third)).Length);
    }

    [Fact]
    public async Task After_a_whole_sweep_everything_is_read_anew_and_the_unchanged_is_passed_over()
    {
        Add(12);
        List<Page> first = await _attio.ReadAllAsync("people", Request());
        _versions.Keep(first);
        FakeRecord changed = _attio.Fake.World.Records["people"][3];
        changed.Values["job_title"] = new(System.Text.Json.Nodes.JsonNode.Parse("""{"value":"Engineer","attribute_type":"text","active_from":"2026-02-20T10:00:00.123456789Z","active_until":null}"""));

        List<Page> second = await _attio.ReadAllAsync("people", Request(first[^1].Next));
        RemoteRecord record = Assert.Single(second.SelectMany(p => p.Records));
        Assert.Equal(changed.Id, record.Key.Id);
        Assert.Equal(new DateTimeOffset(2026, 2, 20, 10, 0, 0, TimeSpan.Zero).AddTicks(1234567), record.ModifiedAt);
        Assert.Equal(11, second.Sum(p => p.Unchanged));
        Assert.Equal(12, second.Sum(p => p.Versions.Count));
        Assert.Equal(12, Ids(await _attio.ReadAllAsync("people", Request() with { IsFull = true })).Length);
    }

    [Fact]
    public async Task More_than_five_hundred_rows_are_never_asked_for()
    {
        Assert.Throws<ProviderException>(() => new AttioFixture(("page_size", "501")));
        using AttioFixture shipped = new();
        await shipped.ReadAllAsync("people", Request());
        Assert.Equal(500, (int)shipped.Fake.Calls[^1].Body!["limit"]!);
    }

    [Fact]
    public async Task A_custom_object_that_nobody_has_made_is_read_as_empty_and_proves_nothing()
    {
        _attio.Fake.World.Objects.Remove("linkedin_messages");
        Page page = Assert.Single(await _attio.ReadAllAsync("messages", new(null) { Known = new Syncline.Conformance.Sources.CommittedPages() }));
        Assert.Equal((0, false), (page.Records.Count, page.CompletesSweep));
    }

    [Fact]
    public async Task Entries_of_every_list_are_read_with_their_parents()
    {
        _attio.Fake.Answer("^GET /v2/lists$", """{"data":[{"id":{"list_id":"l2"},"api_slug":"two","name":"Two","parent_object":["companies"]},{"id":{"list_id":"l1"},"api_slug":"one","name":"One","parent_object":["people"]}]}""");
        _attio.Fake.Answer("^GET /v2/lists/.*/attributes", """{"data":[{"api_slug":"stage","type":"text","is_writable":true}]}""");
        _attio.Fake.Answer("^POST /v2/lists/l1/entries/query", """{"data":[{"id":{"list_id":"l1","entry_id":"e1"},"parent_record_id":"p1","parent_object":"people","created_at":"2026-02-01T10:00:00.000000000Z","entry_values":{"stage":[{"value":"New","attribute_type":"text","active_until":null}]}}]}""");
        _attio.Fake.Answer("^POST /v2/lists/l2/entries/query", """{"data":[{"id":{"list_id":"l2","entry_id":"e2"},"parent_record_id":"c1","parent_object":"companies","created_at":"2026-02-01T10:00:00.000000000Z","entry_values":{}}]}""");
        List<Page> pages = await _attio.ReadAllAsync("entries", Request());

        RemoteRecord[] entries = [.. pages.SelectMany(p => p.Records)];
        Assert.Equal(["l1:e1", "l2:e2"], entries.Select(e => e.Key.Id));
        Assert.Equal(FieldValue.Reference("people", "p1"), entries[0].Fields["person"]);
        Assert.Equal("New", entries[0].Fields["stage"]?.Text);
        Assert.Equal(FieldValue.Reference("companies", "c1"), entries[1].Fields["company"]);
        Assert.Equal([false, true], pages.Select(p => p.CompletesSweep));
        Assert.Equal(["two", "one"], (await _attio.ReadAllAsync("lists", Request()))[0].Records.Select(r => r.Fields["api_slug"]!.Text));
    }
}
