using System.Text.Json.Nodes;
using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Leads;

public sealed class ImportingLeads : IDisposable
{
    private const string Table = """
        Full Name,E-Mail,Company,Score,Reasons,Shoe,Signal,Source URL,Draft 1 Angle,Draft 1,Draft 2 Content,Touchpoint Channel,Touchpoint Sent At
        Ada Example,ada@example.com,Acme,85,hires; grows,38,We grow,https://example.com/post,growth,Hello,Hi again,linkedin,2026-01-03
        Dee Example,dee@example.com,,high,,,,,,,,,
        Ed Example,ed@example.com,Beta
        Flo Example,flo@example.com,"Beta, Inc.",,,,,,,,,,
        ,,,,,,,,,,,,
        Gus Example,,,,,,,,,,,,
        """;

    private readonly Rehearsal _here = new();

    public ImportingLeads() => _here.Write("leads.csv", Table);

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Good_rows_are_saved_and_each_bad_one_is_told_with_its_line()
    {
        Assert.Equal(3, await _here.RunAsync("leads", "import", "leads.csv"));
        Assert.Contains("2 created, 0 updated, 0 unchanged, 3 refused.", _here.Out, StringComparison.Ordinal);
        Assert.Contains("line 3, icpScore: A whole number is wanted here.", _here.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: It has 3 columns where the first line has 13", _here.Error, StringComparison.Ordinal);
        Assert.Contains("line 7, email: A lead needs an e-mail address or a LinkedIn profile", _here.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("line 6", _here.Error, StringComparison.Ordinal);
        Assert.Contains("Left out, because a lead has nothing of the sort: Shoe.", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_column_lands_where_its_heading_says()
    {
        await _here.RunAsync("leads", "import", "leads.csv");
        await _here.RunAsync("leads", "--search", "ADA@", "--json");
        JsonNode ada = Assert.Single(_here.Json["leads"]!.AsArray())!;
        ada.AsObject().Remove("id");
        Assert.Equal(
            """{"firstName":"Ada","lastName":"Example","companyName":"Acme","email":"ada@example.com","icpScore":85,"icpReasons":["hires","grows"],"sourceSignal":{"excerpt":"We grow","sourceUrl":"https://example.com/post"},"drafts":[{"angle":"growth","content":"Hello"},{"content":"Hi again"}],"touchpoints":[{"channel":"linkedin","sentAt":"2026-01-03T00:00:00Z"}]}""",
            ada.ToJsonString());
    }

    [Fact]
    public async Task A_preview_tells_what_would_happen_and_writes_nothing()
    {
        Assert.Equal(0, await _here.RunAsync("leads", "import", "leads.csv", "--preview"));
        Assert.Contains("It would come to: 2 created", _here.Out, StringComparison.Ordinal);
        Assert.Contains("draft2Content", _here.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
        await _here.RunAsync("leads", "import", "leads.csv");
        _here.Write("leads.csv", Table.Replace("85", "90", StringComparison.Ordinal));
        Assert.Equal(0, await _here.RunAsync("leads", "import", "leads.csv", "--preview", "--json"));
        Assert.Equal((0, 1, 1, 3), Counts());
        Assert.Equal("line 2", (string?)_here.Json["leads"]![0]!["place"]);
        await _here.RunAsync("leads", "--json", "--min-score", "86");
        Assert.Equal(0, (int)_here.Json["total"]!);
    }

    [Fact]
    public async Task A_file_that_was_imported_changes_nothing_a_second_time()
    {
        await _here.RunAsync("leads", "import", "leads.csv");
        await _here.RunAsync("leads", "import", "leads.csv", "--json");
        Assert.Equal((0, 0, 2, 3), Counts());
    }

    [Fact]
    public async Task What_is_listed_as_json_can_be_imported()
    {
        await _here.RunAsync("leads", "import", "leads.csv");
        await _here.RunAsync("leads", "--json");
        _here.Write("again.json", _here.Json["leads"]!.ToJsonString());
        Assert.Equal(0, await _here.RunAsync("leads", "import", "again.json", "--json"));
        Assert.Equal((0, 0, 2, 0), Counts());
    }

    [Theory]
    [InlineData("[{\"name\":\"Ada Example\",\"email\":\"ada@example.com\"},{\"name\":\"Bob\",\"email\":\"bob@\"}]", "[1].email: This is no e-mail address")]
    [InlineData("\uFEFF{\"name\":\"Ada Example\",\"email\":\"ada@example.com\"}\n{\"name\":\"Bob\",", "line 2: This is no JSON")]
    [InlineData("{\"name\":\"Ada Example\",\"email\":\"ada@example.com\"}\n{\"name\":\"Bob\",\"emial\":\"bob@example.com\"}", "line 2, emial: There is no such field: did you mean email?")]
    public async Task Json_is_told_by_what_the_file_begins_with(string text, string problem)
    {
        _here.Write("leads.txt", text);
        Assert.Equal(3, await _here.RunAsync("leads", "import", "leads.txt"));
        Assert.Contains("1 created, 0 updated, 0 unchanged, 1 refused.", _here.Out, StringComparison.Ordinal);
        Assert.Contains(problem, _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_whose_keys_belong_to_two_is_refused_with_its_place()
    {
        _here.Write("two.json", """[{"name":"Ada","email":"ada@example.com"},{"name":"Bob","linkedin":"bob-example"},{"name":"Who","email":"ada@example.com","linkedin":"bob-example"}]""");
        Assert.Equal(3, await _here.RunAsync("leads", "import", "two.json"));
        Assert.Contains("2 created, 0 updated, 0 unchanged, 1 refused.", _here.Out, StringComparison.Ordinal);
        Assert.Contains("[2].linkedin: It belongs to lead ", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_means_what_map_says()
    {
        _here.Write("export.csv", "Person;Mail;Headline;Angle\nAda Example;ada@example.com;CEO;growth\n");
        Assert.Equal(0, await _here.RunAsync("leads", "import", "export.csv", "--map", "Person=name", "--map", "Headline=title", "--map", "Angle=draftAngle"));
        await _here.RunAsync("leads", "--json");
        JsonNode ada = _here.Json["leads"]![0]!;
        Assert.Equal(("Ada", "CEO", "growth"), ((string?)ada["firstName"], (string?)ada["title"], (string?)ada["drafts"]![0]!["angle"]));
    }

    [Theory]
    [InlineData("leads.csv", "Did you mean title?", "--map", "Shoe=titel")]
    [InlineData("leads.csv", "no column", "--map", "Boot=title")]
    [InlineData("leads.csv", "--delimiter", "--delimiter", "::")]
    [InlineData("people.json", "has no columns", "--map", "Shoe=title")]
    [InlineData("none.csv", "There is no file")]
    [InlineData("strange.csv", "No column of the file holds anything of a lead")]
    public async Task What_does_not_fit_the_file_is_a_usage_error_and_saves_nothing(string file, string message, params string[] options)
    {
        _here.Write("people.json", "[]");
        _here.Write("strange.csv", "Colour,Shape\nred,round\n");
        Assert.Equal(2, await _here.RunAsync(["leads", "import", file, .. options]));
        Assert.Contains(message, _here.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
    }

    [Fact]
    public async Task A_dry_run_by_environment_lets_only_a_preview_through()
    {
        _here.Environment["AT_DRY_RUN"] = "1";
        Assert.Equal(2, await _here.RunAsync("leads", "import", "leads.csv"));
        Assert.Equal(0, await _here.RunAsync("leads", "import", "leads.csv", "--preview"));
    }

    private (int Created, int Updated, int Unchanged, int Refused) Counts() =>
        ((int)_here.Json["created"]!, (int)_here.Json["updated"]!, (int)_here.Json["unchanged"]!, (int)_here.Json["refused"]!);
}
