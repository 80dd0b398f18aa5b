using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Attio;

namespace Syncline.EndToEnd.MainJob;

/// <summary>What a team does that keeps its leads in Syncline and shows them in Attio.</summary>
public sealed class LeadsToAttio
{
    private const string Sync = "leads-to-attio";

    private const string Ada = """
        {"id":"7","firstName":"Ada","lastName":"Example","title":"CEO","companyName":"Acme","companyDomain":"acme.example.com","email":"ada@example.com","linkedin":"ada-example","icpScore":80,"icpReasons":["They hire"],
         "sourceSignal":{"excerpt":"# We grow","sourceUrl":"https://example.com/post","angle":"growth"},"drafts":[{"angle":"growth","variantKey":"A","hypothesis":"short wins","content":"Our api_key=hunter22hunter22 is secret"}]}
        """;

    [Fact]
    public async Task A_lead_is_a_person_with_a_company_and_a_dated_note_and_again_only_where_the_evidence_has_changed()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        AttioRecordView person = Assert.Single(stage.Attio.Records("people"));
        Assert.Equal(["ada@example.com"], person.Texts("email_addresses"));
        Assert.Single(stage.Attio.Records("companies"));
        Assert.Equal(["companies", "people", "notes"], stage.Writes.Select(w => w.Path.Contains("notes", StringComparison.Ordinal) ? "notes" : w.Path.Split('/')[3]));
        AttioNoteView note = Assert.Single(stage.Attio.Notes());
        Assert.StartsWith("Sync snapshot 20", note.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", note.Markdown, StringComparison.Ordinal);

        int writes = stage.Writes.Count;
        await ImportAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        await stage.DoAsync("run", Sync, "--full");
        Assert.Equal(writes, stage.Writes.Count);

        await ImportAsync(stage, Ada.Replace("\"They hire\"", "\"They hire\",\"They grow\"", StringComparison.Ordinal));
        await stage.DoAsync("run", Sync);
        Assert.Equal([note.Markdown], stage.Attio.Notes().Select(n => n.Markdown).Where(c => !c.Contains("They grow", StringComparison.Ordinal)));
        Assert.Equal(2, stage.Attio.Notes().Count);
        Assert.Equal(writes + 1, stage.Writes.Count);
    }

    [Fact]
    public async Task The_note_has_headings_and_lists_and_what_stands_in_a_lead_is_text_in_it()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        AttioNoteView note = Assert.Single(stage.Attio.Notes());
        Assert.Contains("## ICP score\n\n- **Score:** 80 of 100", note.Markdown, StringComparison.Ordinal);
        Assert.Contains("\nICP score\n\nScore: 80 of 100", note.Plaintext, StringComparison.Ordinal);
        Assert.Contains("> # We grow\n", note.Plaintext, StringComparison.Ordinal);
        Assert.Contains("Source: https://example.com/post\n", note.Plaintext, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_back_from_attio_the_note_is_no_news()
    {
        await using Stage stage = await SetAsync("[leads, attio]");
        await ImportAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        int writes = stage.Writes.Count;
        string note = Assert.Single(stage.Attio.Notes()).Id;
        await stage.DoAsync("run", Sync);
        await stage.DoAsync("run", Sync, "--full");
        Assert.Equal(writes, stage.Writes.Count);
        Assert.Equal(note, Assert.Single(stage.Attio.Notes()).Id);
    }

    [Fact]
    public async Task Somebody_who_is_there_is_found_by_address_or_profile_and_not_made_again()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada, """{"id":"8","name":"Bob Example","linkedin":"https://www.linkedin.com/in/bob-example"}""");
        await stage.DoAsync("run", Sync);
        int people = stage.Attio.Records("people").Count, notes = stage.Attio.Notes().Count;
        // Another hub, which has never seen them, over the same workspace.
        Directory.Delete(stage.PathOf(".syncline"), recursive: true);
        await ImportAsync(stage, Ada.Replace("\"linkedin\":\"ada-example\",", "", StringComparison.Ordinal), """{"id":"9","name":"Bob Example","email":"bob@example.com","linkedin":"bob-example"}""");
        await stage.DoAsync("run", Sync);
        Assert.Equal((2, 2), (people, notes));
        Assert.Equal(2, stage.Attio.Records("people").Count);
        Assert.Single(stage.Attio.Records("companies"));
    }

    [Fact]
    public async Task Another_name_or_role_is_an_update_and_no_note()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada);
        await stage.DoAsync("run", Sync);
        AttioNoteView note = Assert.Single(stage.Attio.Notes());
        int writes = stage.Writes.Count;
        await ImportAsync(stage, Ada.Replace("\"CEO\"", "\"Chair\"", StringComparison.Ordinal).Replace("\"Ada\"", "\"Adela\"", StringComparison.Ordinal));
        await stage.DoAsync("run", Sync);
        await stage.DoAsync("run", Sync, "--full");
        Assert.Equal(["Chair"], Assert.Single(stage.Attio.Records("people")).Texts("job_title"));
        Assert.Equal(writes + 1, stage.Writes.Count);
        Assert.Equal(note, Assert.Single(stage.Attio.Notes()));
    }

    [Fact]
    public async Task One_lead_alone_is_synced_and_the_others_wait()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada, """{"id":"8","name":"Bob Example","email":"bob@example.com"}""");
        await stage.DoAsync("run", Sync, "--record", "leads/leads/7");
        Assert.Equal(["ada@example.com"], stage.Attio.Records("people").SelectMany(p => p.Texts("email_addresses")));
        Ended missing = await stage.RunAsync("run", Sync, "--record", "leads/leads/70");
        Assert.Equal(1, missing.Code);
        Assert.Contains("There is no leads/leads/70", missing.Error, StringComparison.Ordinal);
        Ended known = await stage.DoAsync("run", Sync);
        Assert.Contains("2 created", known.Out, StringComparison.Ordinal);
        Assert.Equal(2, stage.Attio.Records("people").Count);
    }

    [Fact]
    public async Task Where_a_lead_stands_is_told_before_and_after()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, Ada);
        Assert.Contains($"Not synced yet: 'syncline run {Sync}' does it.", (await stage.DoAsync("leads", "show", "7")).Out, StringComparison.Ordinal);
        await stage.DoAsync("run", Sync);
        JsonNode standing = (await stage.DoAsync("leads", "show", "7", "--json")).Json["standing"]!;
        Assert.Equal(["attio/company", "attio/note", "attio/person"], standing["places"]!.AsArray().Select(p => $"{p!["connection"]}/{p["kind"]}").Order(StringComparer.Ordinal));
        JsonNode person = standing["places"]!.AsArray().Single(p => (string?)p!["kind"] == "person")!;
        Assert.Equal(Assert.Single(stage.Attio.Records("people")).Id, (string?)person["id"]);
        Assert.NotNull(person["syncedAt"]);
        Assert.Empty(standing["failures"]!.AsArray());
    }

    [Fact]
    public async Task What_attio_refuses_of_a_lead_is_shown_with_the_reason()
    {
        await using Stage stage = await SetAsync();
        await ImportAsync(stage, """{"id":"9","name":"Cy Example","email":"cy@mail.invalid"}""");
        Ended run = await stage.RunAsync("run", Sync);
        JsonNode standing = (await stage.DoAsync("leads", "show", "9", "--json")).Json["standing"]!;
        Assert.Equal(3, run.Code);
        Assert.Contains("email_addresses", (string?)Assert.Single(standing["failures"]!.AsArray())!["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_is_named_with_where_to_get_and_to_put_it()
    {
        await using Stage stage = await SetAsync();
        stage.Write("syncline.yaml", "connections:\n  leads: { provider: leads }\n  attio: { provider: attio, api_key: \"${ATTIO_API_KEY}\" }\nsyncs:\n  leads-to-attio: { from: [leads], to: [attio] }\n");
        await ImportAsync(stage, Ada);
        Ended ended = await stage.RunAsync("run", Sync, "--record", "leads/leads/7");
        Assert.Equal(2, ended.Code);
        Assert.Contains("The variable ATTIO_API_KEY is not set; connections.attio.api_key needs it. A workspace access token (Workspace settings, Developers)", ended.Error, StringComparison.Ordinal);
        Assert.Contains(".env", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_makes_no_database_for_a_list_that_nobody_has_begun()
    {
        await using Stage stage = await SetAsync(furnish: false);
        Ended planned = await stage.RunAsync("plan", Sync);
        Assert.Equal(1, planned.Code);
        Assert.False(File.Exists(stage.PathOf(".syncline/hub.db")));
    }

    private static async Task<Stage> SetAsync(string from = "[leads]", bool furnish = true)
    {
        Stage stage = await Stage.SetAsync(furnish: furnish);
        stage.Write("syncline.yaml", stage.Configuration.Replace("connections:\n", "connections:\n  leads: { provider: leads }\n", StringComparison.Ordinal) + $"\n  {Sync}: {{ from: {from}, to: [attio] }}\n");
        return stage;
    }

    private static Task<Ended> ImportAsync(Stage stage, params string[] leads)
    {
        stage.Write("leads.json", $"[{string.Join(',', leads)}]");
        return stage.DoAsync("leads", "import", "leads.json");
    }
}
