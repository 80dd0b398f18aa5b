using Syncline.EndToEnd.InProcess;
using Syncline.Leads;
using Syncline.Sandbox.Attio;
using Syncline.Storage;

namespace Syncline.EndToEnd.MainJob;

/// <summary>What a team does that keeps its leads in Syncline and shows them in Attio.</summary>
public sealed class LeadsToAttio
{
    private const string Sync = "leads-to-attio";

    private static readonly Lead Ada = new()
    {
        Id = "7", FirstName = "Ada", LastName = "Example", Title = "CEO", CompanyName = "Acme", CompanyDomain = "acme.example", Email = "ada@example.com", IcpScore = 80, IcpReasons = ["They hire"],
        Signal = new("# We grow", "https://example.com/post", null, "growth"), Drafts = [new("growth", "A", "short wins", "Our api_key=hunter22hunter22 is secret")],
    };

    [Fact]
    public async Task A_lead_is_a_person_with_a_company_and_a_dated_note_and_again_only_where_the_evidence_has_changed()
    {
        await using Stage stage = await Stage.SetAsync();
        stage.Write("syncline.yaml", stage.Configuration.Replace("connections:\n", "connections:\n  leads: { provider: leads }\n", StringComparison.Ordinal) + $"\n  {Sync}: {{ from: [leads], to: [attio] }}\n");
        await SaveAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        AttioRecordView person = Assert.Single(stage.Attio.Records("people"));
        Assert.Equal(["ada@example.com"], person.Texts("email_addresses"));
        Assert.Single(stage.Attio.Records("companies"));
        AttioNoteView note = Assert.Single(stage.Attio.Notes());
        Assert.StartsWith("Sync snapshot 20", note.Title, StringComparison.Ordinal);
        Assert.Contains("> \\# We grow", note.Plaintext, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", note.Plaintext, StringComparison.Ordinal);

        int writes = stage.Writes.Count;
        await SaveAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        await stage.DoAsync("run", Sync, "--full");
        Assert.Equal(writes, stage.Writes.Count);

        await SaveAsync(stage, Ada with { IcpReasons = ["They hire", "They grow"] });
        await stage.DoAsync("run", Sync);
        Assert.Equal([note.Plaintext], stage.Attio.Notes().Select(n => n.Plaintext).Where(c => !c.Contains("They grow", StringComparison.Ordinal)));
        Assert.Equal(2, stage.Attio.Notes().Count);
        Assert.Single(stage.Attio.Records("people"));
    }

    [Fact]
    public async Task A_plan_makes_no_database_for_a_list_that_nobody_has_begun()
    {
        await using Stage stage = await Stage.SetAsync(furnish: false);
        stage.Write("syncline.yaml", stage.Configuration.Replace("connections:\n", "connections:\n  leads: { provider: leads }\n", StringComparison.Ordinal) + $"\n  {Sync}: {{ from: [leads], to: [attio] }}\n");
        Ended planned = await stage.RunAsync("plan", Sync);
        Assert.Equal(1, planned.Code);
        Assert.False(File.Exists(stage.PathOf(".syncline/hub.db")));
    }

    private static async Task SaveAsync(Stage stage, Lead lead)
    {
        using SqliteDatabase database = SqliteDatabase.Open(stage.PathOf(".syncline/hub.db"), TimeProvider.System);
        LeadSaved saved = Assert.Single(await new SqliteStore(database).Leads.SaveAsync([LeadCheck.Of(lead).Lead!], LeadSaving.Merge, TestContext.Current.CancellationToken));
        Assert.NotEqual(LeadOutcome.Refused, saved.Outcome);
    }
}
