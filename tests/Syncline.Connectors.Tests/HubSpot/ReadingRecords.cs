using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class ReadingRecords
{
    private readonly HubSpotFixture _hubspot = new();
    private readonly CommittedPages _committed = new(["companies", "contacts", "deals"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_portal_is_one_call_with_the_companies_in_it()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("email", "ada@example.com"), ("hs_additional_emails", "ada@example.org"));
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", 55, 1, 279);
        IReadOnlyList<Page> pages = await _hubspot.ReadAsync("contacts", _committed);

        Assert.Equal("GET /crm/objects/2026-09/contacts", Assert.Single(_hubspot.Fake.Calls).ToString());
        Assert.True(Assert.Single(pages).CompletesSweep);
        RemoteRecord record = Assert.Single(_committed.Records.Values);
        Assert.Equal(("ada@example.com, ada@example.org", "companies/55"), (record.Fields["email"]!.ToString(), record.Fields["associations.company"]!.Text));
    }

    [Fact]
    public async Task Of_several_companies_the_primary_one_is_the_company()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts");
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", 44, 279);
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", 55, 1, 279);
        await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal("companies/55", Assert.Single(_committed.Records.Values).Fields["associations.company"]!.Text);
    }

    [Fact]
    public async Task Who_has_no_company_is_not_looked_at_twice()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts"), eve = _hubspot.Fake.Add("contacts");
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", 55, 1, 279);
        await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal("GET /crm/objects/2026-09/contacts", Assert.Single(_hubspot.Fake.Calls).ToString());
        Assert.Null(_committed.Records.Values.Single(r => r.Key.Id == $"{eve.Id}").Fields["associations.company"]);

        _hubspot.Fake.Calls.Clear();
        Assert.Single(await _hubspot.Source("contacts").FetchAsync([$"{eve.Id}"], Token));
        Assert.Single(_hubspot.Fake.Calls);
    }

    [Fact]
    public async Task A_large_portal_is_listed_in_stretches_each_record_once()
    {
        for (int i = 0; i < 5_000; i++) _hubspot.Fake.Add("contacts", ("email", $"p{i}@example.com"));
        IReadOnlyList<Page> pages = await _hubspot.ReadAsync("contacts", _committed);
        RecordKey[] read = [.. pages.SelectMany(p => p.Records).Select(r => r.Key)];
        Assert.Equal((5_000, 5_000), (read.Length, read.Distinct().Count()));
        Assert.True(_hubspot.Fake.Calls.Count <= 70, $"{_hubspot.Fake.Calls.Count} calls");
        Assert.Single(pages, p => p.CompletesSweep);
        Assert.Contains(pages, p => p.Expected == 5_000);
    }

    [Fact]
    public async Task Ids_that_lie_unevenly_cost_few_calls_more()
    {
        FakeObject last = null!;
        for (int i = 0; i < 2_000; i++) last = _hubspot.Fake.Add("contacts");
        _hubspot.Fake.Objects["contacts"].Add(new(last.Id * 1_000_000) { UpdatedAt = last.UpdatedAt });
        IReadOnlyList<Page> pages = await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal(2_001, pages.Sum(p => p.Records.Count));
        Assert.True(_hubspot.Fake.Calls.Count <= 60, $"{_hubspot.Fake.Calls.Count} calls");
    }

    [Fact]
    public async Task One_changed_contact_is_seen_with_three_calls_in_a_reading_of_contacts_and_companies()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("jobtitle", "Engineer")), acme = _hubspot.Fake.Add("companies", ("name", "Acme"));
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", acme.Id, 1, 279);
        CommittedPages companies = new();
        await _hubspot.ReadAsync("companies", companies);
        await _hubspot.ReadAsync("contacts", _committed);
        _hubspot.Clock.Pass(TimeSpan.FromMinutes(30));
        (ada.Properties["jobtitle"], ada.UpdatedAt) = ("CTO", _hubspot.Clock.GetUtcNow());
        _hubspot.Clock.Pass(TimeSpan.FromSeconds(30));

        int before = _hubspot.Fake.Calls.Count;
        await _hubspot.ReadAsync("companies", companies);
        await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal(before + 3, _hubspot.Fake.Calls.Count);
        Assert.Equal(("CTO", $"companies/{acme.Id}"), (_committed.Records.Values.Single().Fields["jobtitle"]!.Text, _committed.Records.Values.Single().Fields["associations.company"]!.Text));

        // What is known by now is met again by the overlap, and costs nothing but the search.
        _hubspot.Clock.Pass(TimeSpan.FromMinutes(1));
        await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal(before + 4, _hubspot.Fake.Calls.Count);
    }

    [Fact]
    public async Task More_records_of_one_timestamp_than_a_search_shows_are_all_read()
    {
        await _hubspot.ReadAsync("contacts", _committed);
        _hubspot.Clock.Pass(TimeSpan.FromMinutes(30));
        for (int i = 0; i < 10_500; i++) _hubspot.Fake.Objects["contacts"].Add(new(1_000 + i) { UpdatedAt = _hubspot.Clock.GetUtcNow() });
        _hubspot.Clock.Pass(TimeSpan.FromSeconds(30));
        await _hubspot.ReadAsync("contacts", _committed);
        Assert.Equal(10_500, _committed.Records.Count);
    }

    [Fact]
    public async Task A_row_of_the_index_that_is_out_of_the_window_is_not_believed()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("jobtitle", "CTO"));
        await _hubspot.ReadAsync("contacts", _committed);
        _hubspot.Clock.Pass(TimeSpan.FromMinutes(30));
        string stale = $$"""{"id":"{{ada.Id}}","properties":{},"updatedAt":"2026-09-30T00:00:00Z"}""";
        _hubspot.Fake.Answer("search", 200, $$"""{"total":1,"results":[{{stale}}]}""");
        Page page = Assert.Single(await _hubspot.ReadAsync("contacts", _committed));
        Assert.Empty(page.Records);
        Assert.Equal(2, _hubspot.Fake.Calls.Count);
    }

    [Fact]
    public async Task A_listing_finds_what_no_time_of_change_shows()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("jobtitle", "CTO")), eve = _hubspot.Fake.Add("contacts");
        await _hubspot.ReadAsync("contacts", _committed);
        _hubspot.Fake.Tie("contacts", ada.Id, "companies", 55, 1);
        eve.IsArchived = true;
        _hubspot.Clock.Pass(TimeSpan.FromHours(23));
        Assert.Empty(Assert.Single(await _hubspot.ReadAsync("contacts", _committed)).Records);
        _hubspot.Clock.Pass(TimeSpan.FromHours(2));
        Page page = Assert.Single(await _hubspot.ReadAsync("contacts", _committed));
        Assert.Equal(("companies/55", true), (Assert.Single(page.Records).Fields["associations.company"]!.Text, page.CompletesSweep));
        Assert.True(_hubspot.Source("contacts").Stream.IsCensus);
        Assert.DoesNotContain(page.Versions, v => v.Key.Id == $"{eve.Id}");
    }

    [Fact]
    public async Task A_record_that_was_merged_answers_as_the_one_that_is_left()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts", ("email", "ada@example.com"));
        _hubspot.Fake.Merged[7] = ada.Id;
        IReadOnlyList<RemoteRecord> there = await _hubspot.Source("contacts").FetchAsync(["7", "8", $"{ada.Id}"], Token);
        Assert.Equal($"{ada.Id}", Assert.Single(there).Key.Id);
        Assert.Equal($"{ada.Id}", Assert.Single(await _hubspot.Source("contacts").FetchAsync(["7"], Token)).Key.Id);
    }

    [Fact]
    public async Task A_property_that_the_user_maps_is_read_by_its_type()
    {
        _hubspot.Fake.Define("contacts", "seats", "number", "number");
        _hubspot.Fake.Add("contacts", ("seats", "12"));
        IPointSource source = _hubspot.Open(maps => [.. maps.Select(m => m.Stream == "contacts" ? m with { Rules = [.. m.Rules, new("seats", "seats")] } : m)]).Sources.OfType<IPointSource>().Single(s => s.Stream.Id.Name == "contacts");
        await _committed.RunAsync(source, Token);
        Assert.Equal(FieldValue.Of(12m), Assert.Single(_committed.Records.Values).Fields["seats"]);
    }

    [Fact]
    public async Task An_address_never_grows_past_what_proxies_take()
    {
        for (int i = 0; i < 3; i++) _hubspot.Fake.Add("contacts", ("email", $"p{i}@example.com"));
        _hubspot.Fake.Tie("contacts", _hubspot.Fake.Objects["contacts"][0].Id, "companies", 55, 1);
        IPointSource source = _hubspot.Open(maps => [.. maps.Select(m => m.Stream == "contacts" ? m with { Rules = [.. m.Rules, .. Enumerable.Range(0, 400).Select(i => new Mapping.FieldRule($"a_property_with_a_long_name_{i}", $"custom_{i}"))] } : m)])
            .Sources.OfType<IPointSource>().Single(s => s.Stream.Id.Name == "contacts");
        await _committed.RunAsync(source, Token);
        Assert.Equal(3, _committed.Records.Count);
        Assert.Contains(_committed.Records.Values, r => r.Fields["associations.company"] is not null);
        Assert.All(_hubspot.Fake.Calls, c => Assert.True(c.Path.Length < 8_192));
    }

    [Fact]
    public async Task Our_own_notes_are_no_activities_and_other_engagements_are()
    {
        FakeObject ada = _hubspot.Fake.Add("contacts"), ours = _hubspot.Fake.Add("notes", ("hs_note_body", "<p>ours</p>"), ("syncline_key", "message:1")), theirs = _hubspot.Fake.Add("notes", ("hs_note_body", "<p>theirs</p>"), ("hs_timestamp", "2026-09-01T10:00:00Z"));
        FakeObject call = _hubspot.Fake.Add("calls", ("hs_call_title", "Intro"), ("hs_timestamp", "2026-09-01T10:00:00Z"));
        foreach (FakeObject note in (FakeObject[])[ours, theirs]) _hubspot.Fake.Tie("notes", note.Id, "contacts", ada.Id, 202);
        await _hubspot.ReadAsync("timeline-notes", _committed);
        await _hubspot.ReadAsync("calls", _committed);
        Assert.Equal([$"{theirs.Id}", $"{call.Id}"], _committed.Records.Keys.Select(k => k.Id));
        Assert.Equal("call", _committed.Records.Values.Last().Fields["engagement.type"]!.Text);
        FieldSet canonical = _hubspot.Connection.Maps.Single(m => m.Stream == "timeline-notes").ToCanonical(_committed.Records.Values.First().Fields);
        Assert.Equal(("theirs", $"hubspot-notes:{theirs.Id}", $"contacts/{ada.Id}"), (canonical["body"]!.Text, canonical["activity_key"]!.Text, canonical["person"]!.Text));
    }

    [Fact]
    public async Task A_cursor_nobody_can_read_starts_from_the_beginning()
    {
        _hubspot.Fake.Add("contacts");
        await foreach (Page page in _hubspot.Source("contacts").ReadAsync(new(new Cursor("nonsense")) { Known = _committed }, Token)) _committed.Commit(page);
        Assert.Single(_committed.Records);
    }

}
