using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;

namespace Syncline.EndToEnd.MainJob;

/// <summary>What a team does that brings its HeyReach inbox into Attio.</summary>
public sealed class LinkedInToAttio
{
    private const int People = 12, MessagesEach = 3;

    [Fact]
    public async Task The_doctor_furnishes_a_bare_workspace_and_a_run_fills_it_once()
    {
        await using Stage stage = await StageAsync(furnish: false);
        Assert.Equal(1, (await stage.RunAsync("doctor")).Code);
        Assert.NotEqual(0, (await stage.RunAsync("run", Stage.Sync)).Code);
        Assert.Empty(stage.Attio.Records("people"));

        await stage.FurnishAsync();
        JsonArray after = (await stage.DoAsync("doctor", "--json")).Json.AsArray();
        Assert.DoesNotContain(after, f => (string?)f!["severity"] is "error" or "warning");
        Ended first = await stage.DoAsync("run", Stage.Sync, "--json");
        Assert.Equal(People + (People * MessagesEach), first.Count("created"));
        EverythingIsThereOnce(stage);

        int writes = stage.Writes.Count;
        Ended second = await stage.DoAsync("run", Stage.Sync, "--json");
        Assert.Equal((0, 0), (second.Count("created"), second.Count("updated")));
        await stage.DoAsync("run", Stage.Sync, "--full");
        Assert.Equal(writes, stage.Writes.Count);
    }

    [Fact]
    public async Task A_first_run_of_many_pages_writes_everybody_once()
    {
        await using Stage stage = await StageAsync();
        stage.Write("syncline.yaml", stage.Configuration.Replace("provider: heyreach,", "provider: heyreach, page_size: 1,", StringComparison.Ordinal));
        Ended run = await stage.DoAsync("run", Stage.Sync, "--json");
        Assert.Equal((People + (People * MessagesEach), 0), (run.Count("created"), run.Count("updated")));
    }

    [Fact]
    public async Task Messages_and_people_refer_to_each_other_and_the_select_holds_its_titles()
    {
        await using Stage stage = await StageAsync();
        await stage.DoAsync("run", Stage.Sync);
        Assert.All(stage.Attio.Records("people"), p => Assert.Equal(MessagesEach, p.Texts("linkedin_messages").Count));
        Assert.Equal(["Inbound", "Outbound"], Messages(stage).Select(m => m.Text("direction")).Distinct().Order());
    }

    [Fact]
    public async Task A_plan_writes_nothing_and_gives_files()
    {
        await using Stage stage = await StageAsync();
        Ended planned = await stage.DoAsync("plan", Stage.Sync, "--out", "planned", "--json");
        Assert.Empty(stage.Writes);
        Assert.False(File.Exists(stage.PathOf(".syncline/hub.db")));
        Assert.Equal(People + (People * MessagesEach), planned.Count("created"));
        Assert.Equal(People, Lines(stage, "planned/attio-people.jsonl").Length);
        string[] messages = Lines(stage, "planned/attio-linkedin_messages.jsonl", "planned/attio-messages.jsonl");
        Assert.Equal(People * MessagesEach, messages.Length);
        Assert.All(messages, m => Assert.NotNull(JsonNode.Parse(m)));
    }

    [Fact]
    public async Task Cleanup_removes_exactly_what_was_created_and_a_fresh_run_writes_it_again()
    {
        await using Stage stage = await StageAsync();
        string known = stage.Attio.CreateByPerson("people", new() { ["name"] = "Known Before", ["linkedin"] = SlugOf(stage.HeyReach.Leads.First()) });
        string unrelated = stage.Attio.CreateByPerson("people", new() { ["name"] = "Somebody Else", ["email_addresses"] = new JsonArray("else@example.org") });
        await stage.DoAsync("run", Stage.Sync);
        Assert.Equal(People + 1, stage.Attio.Records("people").Count);

        await stage.DoAsync("cleanup", Stage.Sync, "--yes");
        Assert.Equal([known, unrelated], stage.Attio.Records("people").Select(p => p.Id));
        Assert.Empty(Messages(stage));

        await stage.DoAsync("run", Stage.Sync);
        Assert.Equal(People + 1, stage.Attio.Records("people").Count);
        Assert.Equal(People * MessagesEach, Messages(stage).Select(m => m.Text("message_uid")).Distinct().Count());
        Assert.Equal(People * MessagesEach, Messages(stage).Count);
    }

    [Fact]
    public async Task Undo_restores_what_a_run_changed_and_the_next_run_writes_it_again()
    {
        await using Stage stage = await StageAsync();
        HeyReachLead lead = stage.HeyReach.Leads.First();
        string known = stage.Attio.CreateByPerson("people", new() { ["name"] = "Known Before", ["linkedin"] = SlugOf(lead) });
        Ended run = await stage.DoAsync("run", Stage.Sync, "--json");
        Assert.Equal(lead.LinkedInId, stage.Attio.Record("people", known)!.Text("heyreach_lead_id"));

        await stage.DoAsync("undo", run.Json["run"]!.ToString(), "--yes");
        AttioRecordView left = Assert.Single(stage.Attio.Records("people"));
        Assert.Equal((known, "Known Before"), (left.Id, left.Text("name")));
        Assert.Null(left.Text("heyreach_lead_id"));
        Assert.Null(left.Text("job_title"));
        Assert.Empty(Messages(stage));
    }

    [Fact]
    public async Task Two_people_made_one_share_their_messages_until_they_are_split_again()
    {
        await using Stage stage = await StageAsync();
        await stage.DoAsync("run", Stage.Sync);
        HeyReachLead[] leads = [.. stage.HeyReach.Leads.Take(2)];
        JsonNode[] records = [(await stage.DoAsync("show", SlugOf(leads[0]), "--json")).Json, (await stage.DoAsync("show", SlugOf(leads[1]), "--json")).Json];

        await stage.DoAsync("merge", (string)records[0]["record"]!, (string)records[1]["record"]!, "--yes");
        await stage.DoAsync("run", Stage.Sync);
        Assert.Equal((2 * MessagesEach, "6"), Talk(stage, leads[0]));
        Assert.Equal((0, "3"), Talk(stage, leads[1]));
        EverythingIsThereOnce(stage);

        string[] places = [.. records[1]["links"]!.AsArray().Where(l => (string?)l!["connection"] != "syncline").Select(l => $"{l!["connection"]}/{l["stream"]}/{l["id"]}")];
        await stage.DoAsync(["split", (string)records[0]["record"]!, .. places, "--yes"]);
        await stage.DoAsync("run", Stage.Sync);
        Assert.Equal((MessagesEach, "3"), Talk(stage, leads[0]));
        Assert.Equal((MessagesEach, "3"), Talk(stage, leads[1]));
        EverythingIsThereOnce(stage);
    }

    [Fact]
    public async Task The_environment_names_alone_are_a_configuration()
    {
        await using Stage stage = await StageAsync();
        File.Delete(stage.PathOf("syncline.yaml"));
        stage.Environment["HR_API_KEY"] = Stage.HeyReachKey;
        stage.Environment["ATTIO_API_KEY"] = Stage.AttioKey;
        stage.Environment["HR_BASE"] = stage.HeyReachBase;
        stage.Environment["AT_PEOPLE_UPSERT_URL"] = stage.AttioBase + "/v2/objects/people/records?matching_attribute=linkedin";
        stage.Environment["AT_DRY_RUN"] = "1";
        await stage.DoAsync("run");
        Assert.Empty(stage.Writes);
        stage.Environment["AT_DRY_RUN"] = "0";
        stage.Environment["MAX_LEADS"] = "5";
        await stage.DoAsync("run");
        Assert.Equal(5, stage.Attio.Records("people").Count);
        stage.Environment.Remove("MAX_LEADS");
        await stage.DoAsync("run");
        EverythingIsThereOnce(stage);
    }

    private static Task<Stage> StageAsync(bool furnish = true) => Stage.SetAsync(HeyReachWorld.Plain(People, MessagesEach), furnish);

    private static string SlugOf(HeyReachLead lead) => lead.ProfileUrl[(lead.ProfileUrl.LastIndexOf('/') + 1)..];

    private static IReadOnlyList<AttioRecordView> Messages(Stage stage) => stage.Attio.Records("linkedin_messages");

    private static string[] Lines(Stage stage, params string[] either) => File.ReadAllLines(either.Select(stage.PathOf).First(File.Exists));

    /// <summary>The messages a person's record refers to at Attio, and how many its figures speak of.</summary>
    private static (int Messages, string Figures) Talk(Stage stage, HeyReachLead lead)
    {
        AttioRecordView person = stage.Attio.Records("people").Single(p => p.Text("heyreach_lead_id") == lead.LinkedInId);
        decimal figures = new[] { "messages_sent", "messages_received" }.Sum(f => decimal.Parse(person.Text(f) ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        return (person.Texts("linkedin_messages").Count, figures.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void EverythingIsThereOnce(Stage stage)
    {
        Assert.Equal(stage.HeyReach.Leads.Select(l => l.LinkedInId).Order(StringComparer.Ordinal), stage.Attio.Records("people").Select(p => p.Text("heyreach_lead_id")).Order(StringComparer.Ordinal));
        Assert.Equal(People * MessagesEach, Messages(stage).Count);
        Assert.Equal(People * MessagesEach, Messages(stage).Select(m => m.Text("message_uid")).Distinct().Count());
    }
}
