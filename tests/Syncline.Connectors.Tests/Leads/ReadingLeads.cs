using Syncline.Conformance.Sources;
using Syncline.Connectors.Leads;
using Syncline.Extraction;
using Syncline.Leads;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Leads;

public sealed class ReadingLeads
{
    private static readonly Lead Ada = new()
    {
        Id = "7", FirstName = "Ada", LastName = "Example", Title = "CEO", CompanyName = "Acme Inc.", CompanyDomain = "acme.example", Email = "ada@example.com", LinkedIn = "ada-example", IcpScore = 80, IcpReasons = ["hires"],
    };

    private readonly MemoryLeads _list = new();
    private readonly CommittedPages _hub = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_company_comes_before_the_person_and_the_note_after_it()
    {
        IReadOnlyList<RemoteRecord> records = await ReadAsync(Ada);
        Assert.Equal([RecordKind.Company, RecordKind.Person, RecordKind.Note], records.Select(r => r.Kind));
        Assert.Equal("domain=acme.example; name=Acme Inc.", records[0].Fields.ToString());
        Assert.Equal(
            "company=companies/acme.example; company_name=Acme Inc.; email=ada@example.com; first_name=Ada; full_name=Ada Example; icp_score=80; job_title=CEO; last_name=Example; lead_id=7; linkedin=ada-example; linkedin_url=https://www.linkedin.com/in/ada-example",
            records[1].Fields.ToString());
        Assert.Equal(("Sync snapshot 2026-03-04", "leads/7", EvidenceNote.BodyOf(Ada)), (Of(records[2], "title"), Of(records[2], "person"), Of(records[2], "body")));
    }

    [Fact]
    public async Task A_lead_without_a_company_is_a_person_and_a_note() =>
        Assert.Equal([RecordKind.Person, RecordKind.Note], (await ReadAsync(Ada with { CompanyName = null, CompanyDomain = null })).Select(r => r.Kind));

    [Fact]
    public async Task Unchanged_evidence_is_no_new_note_and_changed_evidence_is_one_with_its_day()
    {
        string first = Of((await ReadAsync(Ada))[2], "note_key");
        _list.Now += TimeSpan.FromDays(1);
        Assert.Empty(await ReadAsync(Ada));
        RemoteRecord note = (await ReadAsync(Ada with { IcpReasons = ["hires", "grows"] }))[2];
        Assert.NotEqual(first, note.Key.Id);
        Assert.Equal("Sync snapshot 2026-03-05", Of(note, "title"));
        Assert.Contains("- grows", Of(note, "body"), StringComparison.Ordinal);
        Assert.Equal(2, _hub.Records.Keys.Count(k => k.Stream == "evidence"));
    }

    [Fact]
    public async Task Another_name_is_another_person_record_and_the_same_note()
    {
        RemoteRecord note = (await ReadAsync(Ada))[2];
        _list.Now += TimeSpan.FromDays(1);
        IReadOnlyList<RemoteRecord> renamed = await ReadAsync(Ada with { FirstName = "Adela", CompanyDomain = "beta.example" });
        Assert.Equal("Adela", Of(renamed[1], "first_name"));
        Assert.Equal((note.Key, note.Fields), (renamed[2].Key, renamed[2].Fields));
    }

    [Fact]
    public async Task Evidence_that_comes_back_later_is_told_anew()
    {
        await ReadAsync(Ada);
        _list.Now += TimeSpan.FromDays(1);
        await ReadAsync(Ada with { IcpScore = 10 });
        _list.Now += TimeSpan.FromDays(1);
        await ReadAsync(Ada);
        Assert.Equal(["Sync snapshot 2026-03-04", "Sync snapshot 2026-03-05", "Sync snapshot 2026-03-06"], _hub.Records.Values.Where(r => r.Kind == RecordKind.Note).Select(n => Of(n, "title")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_reading_on_another_day_shows_the_same_notes()
    {
        RemoteRecord note = (await ReadAsync(Ada))[2];
        _list.Now += TimeSpan.FromDays(9);
        IReadOnlyList<Page> pages = await _hub.RunAsync(Source(), Token, _hub.Request() with { IsFull = true });
        Assert.Equal(note.Fields, pages.SelectMany(p => p.Records).Single(r => r.Kind == RecordKind.Note).Fields);
    }

    [Fact]
    public async Task Somebody_who_goes_to_another_company_does_not_rename_the_old_one()
    {
        await ReadAsync(Ada);
        IReadOnlyList<RemoteRecord> moved = await ReadAsync(Ada with { CompanyName = "Beta", CompanyDomain = null });
        Assert.Equal(("companies", "beta"), (moved[0].Key.Stream, moved[0].Key.Id));
        Assert.Equal("companies/beta", Of(moved[1], "company"));
    }

    [Fact]
    public async Task A_deleted_lead_is_told_to_be_deleted()
    {
        await ReadAsync(Ada);
        await _list.DeleteAsync("7", Token);
        RemoteRecord tombstone = Assert.Single((await _hub.RunAsync(Source(), Token)).SelectMany(p => p.Records));
        Assert.True(tombstone.IsDeleted);
        Assert.Equal(new RecordKey("leads", "leads", "7"), tombstone.Key);
    }

    [Fact]
    public async Task A_single_lead_is_fetched_with_its_company_and_its_evidence_and_one_that_is_not_there_is_not()
    {
        IReadOnlyList<RemoteRecord> read = await ReadAsync(Ada);
        IReadOnlyList<RemoteRecord> fetched = await Source().FetchAsync(["7", "7", "8"], Token);
        Assert.Equal(read.Select(r => (r.Key, r.Fields)), fetched.Select(r => (r.Key, r.Fields)));
        await _list.DeleteAsync("7", Token);
        Assert.Empty(await Source().FetchAsync(["7"], Token));
    }

    [Fact]
    public async Task Of_two_leads_of_one_company_it_is_fetched_once()
    {
        await ReadAsync(Ada);
        await ReadAsync(Ada with { Id = "8", Email = "bob@example.com", LinkedIn = null });
        Assert.Single(await Source().FetchAsync(["7", "8"], Token), r => r.Kind == RecordKind.Company);
    }

    [Fact]
    public async Task No_secret_leaves_in_a_note()
    {
        RemoteRecord note = (await ReadAsync(Ada with { Drafts = [new(null, null, null, "Use api_key=hunter22hunter22")] }))[2];
        Assert.DoesNotContain("hunter22", note.Fields.ToString(), StringComparison.Ordinal);
    }

    private LeadSource Source() => new("leads", () => _list);

    private static string Of(RemoteRecord record, string field) => record.Fields[field]!.Text;

    private async Task<IReadOnlyList<RemoteRecord>> ReadAsync(Lead lead)
    {
        await _list.SaveAsync([lead], LeadSaving.Replace, Token);
        return [.. (await _hub.RunAsync(Source(), Token)).SelectMany(p => p.Records)];
    }
}
