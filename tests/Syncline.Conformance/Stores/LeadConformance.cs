using Syncline.Leads;
using Xunit;

namespace Syncline.Conformance.Stores;

/// <summary>What is relied on where the team's leads are kept: one lead a person, and every change is seen once by whoever follows.</summary>
public abstract class LeadConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly Lead Ada = new()
    {
        FirstName = "Ada",
        LastName = "Example",
        Title = "Head of \"Sales\"",
        CompanyName = "Acme",
        CompanyDomain = "acme.example",
        Email = "ada@example.com",
        LinkedIn = "ada-example",
        IcpScore = 80,
        IcpReasons = ["hires", "你好 \U0001F44B"],
        Signal = new("They wrote\n# this", "https://example.com/post", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(7), "growth"),
        Drafts = [new("growth", "A", "short wins", "Hello Ada")],
        Touchpoints = [new("linkedin", "sent", new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero))],
    };

    private static readonly Lead Grace = new() { FirstName = "Grace", Email = "grace@example.org" };

    [Fact]
    public async Task A_lead_comes_back_whole_from_a_killed_process()
    {
        LeadSaved saved = await SaveAsync(Ada);
        KillAndReopen();
        ListedLead listed = (await Store.Leads.FindAsync(saved.Id!, Token))!;
        Assert.Equal(LeadOutcome.Added, saved.Outcome);
        Assert.True((Ada with { Id = saved.Id }).SaysTheSameAs(listed.Lead));
        Assert.Equal((EvidenceNote.DigestOf(Ada), Clock.Now, Clock.Now), (listed.Digest, listed.EvidenceAt, listed.SavedAt));
    }

    [Fact]
    public async Task The_same_person_is_found_by_id_and_by_address_and_by_profile()
    {
        LeadSaved saved = await SaveAsync(Ada);
        Assert.Equal(saved.Id, (await SaveAsync(new Lead { Id = saved.Id, FirstName = "Ada", Email = "new@example.com" })).Id);
        Assert.Equal(saved.Id, (await SaveAsync(new Lead { FirstName = "Ada", Email = "new@example.com", Title = "CEO" })).Id);
        Assert.Equal(saved.Id, (await SaveAsync(new Lead { FirstName = "Ada", LinkedIn = "ada-example" })).Id);
        Assert.Equal(saved.Id, (await SaveAsync(new Lead { Id = "elsewhere-7", FirstName = "Ada", LinkedIn = "ada-example" })).Id);
        Lead kept = (await Store.Leads.FindAsync(saved.Id!, Token))!.Lead;
        Assert.Equal(("CEO", "new@example.com", "ada-example", 80), (kept.Title, kept.Email, kept.LinkedIn, kept.IcpScore));
        Assert.Equal(1, await Store.Leads.CountAsync(LeadFilter.None, Token));
    }

    [Fact]
    public async Task An_id_from_elsewhere_is_kept()
    {
        Assert.Equal("crm/7", (await SaveAsync(Grace with { Id = "crm/7" })).Id);
        Assert.Equal("Grace", (await Store.Leads.FindAsync("crm/7", Token))!.Lead.FirstName);
    }

    [Fact]
    public async Task Keys_of_two_leads_in_one_are_refused_and_change_nothing()
    {
        LeadSaved ada = await SaveAsync(Ada), grace = await SaveAsync(Grace);
        LeadSaved refused = await SaveAsync(new Lead { FirstName = "Who", Email = Grace.Email, LinkedIn = Ada.LinkedIn });
        Assert.Equal((LeadOutcome.Refused, (string?)null), (refused.Outcome, refused.Id));
        Assert.Contains(ada.Id!, refused.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(LeadOutcome.Refused, (await SaveAsync(new Lead { Id = ada.Id, FirstName = "Ada", Email = Grace.Email })).Outcome);
        Assert.Equal("Grace", (await Store.Leads.FindAsync(grace.Id!, Token))!.Lead.FirstName);
        Assert.Equal(2, (await Store.Leads.ChangesAsync(0, 10, Token)).Count);
    }

    [Fact]
    public async Task Merging_keeps_what_is_not_said_and_replacing_takes_it_away()
    {
        LeadSaved saved = await SaveAsync(Ada);
        Assert.Equal(LeadOutcome.Updated, (await SaveAsync(Grace with { Id = saved.Id })).Outcome);
        Assert.NotEmpty((await Store.Leads.FindAsync(saved.Id!, Token))!.Lead.Drafts);
        await Store.Leads.SaveAsync([Grace with { Id = saved.Id }], LeadSaving.Replace, Token);
        Lead replaced = (await Store.Leads.FindAsync(saved.Id!, Token))!.Lead;
        Assert.True((Grace with { Id = saved.Id }).SaysTheSameAs(replaced));
        // What was taken away is free for another.
        Assert.Equal(LeadOutcome.Added, (await SaveAsync(Ada)).Outcome);
    }

    [Fact]
    public async Task Only_another_evidence_moves_its_time()
    {
        LeadSaved saved = await SaveAsync(Ada);
        DateTimeOffset first = Clock.Now;
        Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(LeadOutcome.Unchanged, (await SaveAsync(Ada)).Outcome);
        Assert.Equal(first, (await Store.Leads.FindAsync(saved.Id!, Token))!.SavedAt);
        await SaveAsync(Ada with { Drafts = [new("growth", "B", null, "Hi")] });
        ListedLead moved = (await Store.Leads.FindAsync(saved.Id!, Token))!;
        Assert.Equal((Clock.Now, EvidenceNote.DigestOf(moved.Lead)), (moved.EvidenceAt, moved.Digest));
    }

    [Fact]
    public async Task Who_it_was_is_kept_until_the_evidence_is_another()
    {
        LeadSaved saved = await SaveAsync(Ada);
        await SaveAsync(Ada with { Title = "CEO" });
        await SaveAsync(Ada with { Title = "Chair" });
        ListedLead renamed = (await Store.Leads.FindAsync(saved.Id!, Token))!;
        Assert.Equal(("Chair", Ada.Title), (renamed.Lead.Title, renamed.Told.Title));
        Assert.Equal(renamed.Told.Title, Assert.Single(await Store.Leads.ChangesAsync(0, 10, Token)).Lead!.Told.Title);
        Assert.True(renamed.Told.SaysTheSameAs(Ada with { Id = saved.Id }));
        await SaveAsync(Ada with { Title = "Chair", IcpScore = 1 });
        ListedLead told = (await Store.Leads.FindAsync(saved.Id!, Token))!;
        Assert.Null(told.Was);
        Assert.Equal("Chair", told.Told.Title);
    }

    [Fact]
    public async Task Every_change_is_told_once_the_last_of_each_lead_in_order()
    {
        LeadSaved ada = await SaveAsync(Ada), grace = await SaveAsync(Grace);
        Assert.Equal([ada.Id, grace.Id], (await Store.Leads.ChangesAsync(0, 10, Token)).Select(c => c.Id));
        long reached = (await Store.Leads.ChangesAsync(0, 10, Token))[^1].Sequence;
        Assert.Empty(await Store.Leads.ChangesAsync(reached, 10, Token));
        await SaveAsync(Ada);
        Assert.Empty(await Store.Leads.ChangesAsync(reached, 10, Token));
        await SaveAsync(Ada with { Title = "CEO" });
        LeadChange change = Assert.Single(await Store.Leads.ChangesAsync(reached, 10, Token));
        Assert.Equal((ada.Id, "CEO"), (change.Id, change.Lead!.Lead.Title));
        Assert.Equal([grace.Id], (await Store.Leads.ChangesAsync(0, 1, Token)).Select(c => c.Id));
        Assert.Equal(2, (await Store.Leads.ChangesAsync(0, 10, Token)).Count);
    }

    [Fact]
    public async Task A_deleted_lead_is_gone_but_for_the_word_of_it()
    {
        LeadSaved saved = await SaveAsync(Ada);
        Assert.True(await Store.Leads.DeleteAsync(saved.Id!, Token));
        KillAndReopen();
        Assert.False(await Store.Leads.DeleteAsync(saved.Id!, Token));
        Assert.Null(await Store.Leads.FindAsync(saved.Id!, Token));
        Assert.Equal(0, await Store.Leads.CountAsync(LeadFilter.None, Token));
        Assert.Empty(await Store.Leads.ListAsync(LeadFilter.None, 0, 10, Token));
        LeadChange change = Assert.Single(await Store.Leads.ChangesAsync(0, 10, Token));
        Assert.Equal((saved.Id, (ListedLead?)null), (change.Id, change.Lead));
        LeadSaved again = await SaveAsync(Ada);
        Assert.Equal(LeadOutcome.Added, again.Outcome);
        Assert.NotEqual(saved.Id, again.Id);
        Assert.Equal(saved.Id, (await SaveAsync(Grace with { Id = saved.Id })).Id);
    }

    [Fact]
    public async Task Filters_let_through_what_they_say_and_pages_follow_one_another()
    {
        LeadSaved ada = await SaveAsync(Ada), grace = await SaveAsync(Grace);
        Assert.Equal([ada.Id], await IdsAsync(new() { Text = "aCMe" }));
        Assert.Equal([ada.Id], await IdsAsync(new() { Text = "你好" }));
        Assert.Equal([ada.Id], await IdsAsync(new() { LeastScore = 80 }));
        Assert.Empty(await IdsAsync(new() { LeastScore = 81 }));
        Assert.Empty(await IdsAsync(new() { MostScore = 79 }));
        Assert.Equal([ada.Id], await IdsAsync(new() { HasTouchpoints = true }));
        Assert.Equal([grace.Id], await IdsAsync(new() { HasTouchpoints = false }));
        ListedLead first = Assert.Single(await Store.Leads.ListAsync(LeadFilter.None, 0, 1, Token));
        Assert.Equal([grace.Id], (await Store.Leads.ListAsync(LeadFilter.None, first.Position, 10, Token)).Select(l => l.Id));
        Assert.Equal(1, await Store.Leads.CountAsync(new() { Text = "grace" }, Token));
    }

    [Fact]
    public async Task Several_are_saved_at_once_and_see_one_another()
    {
        IReadOnlyList<LeadSaved> saved = await Store.Leads.SaveAsync([Ada, Grace, Ada with { Title = "CEO" }], LeadSaving.Merge, Token);
        Assert.Equal([LeadOutcome.Added, LeadOutcome.Added, LeadOutcome.Updated], saved.Select(s => s.Outcome));
        Assert.Equal(saved[0].Id, saved[2].Id);
    }

    [Fact]
    public async Task A_name_the_list_would_give_may_have_been_given_elsewhere()
    {
        for (int i = 1; i < 9; i++) await SaveAsync(Grace with { Id = $"lead-{i}", Email = $"p{i}@example.org" });
        await Store.Leads.DeleteAsync("lead-1", Token);
        LeadSaved ada = await SaveAsync(Ada);
        Assert.Equal(LeadOutcome.Added, ada.Outcome);
        Assert.Equal(8, await Store.Leads.CountAsync(LeadFilter.None, Token));
    }

    private async Task<LeadSaved> SaveAsync(Lead lead) => Assert.Single(await Store.Leads.SaveAsync([lead], LeadSaving.Merge, Token));

    private async Task<IEnumerable<string>> IdsAsync(LeadFilter filter) => (await Store.Leads.ListAsync(filter, 0, 10, Token)).Select(l => l.Id);
}
