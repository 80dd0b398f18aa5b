using System.Text;
using Microsoft.VisualBasic.FileIO;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Attio;

namespace Syncline.EndToEnd.RealInput;

/// <summary>Two real files from their first byte to an Attio workspace and back, through the command line.</summary>
public sealed class OfficeHoldersAndListedCompanies : IAsyncLifetime
{
    private Stage _stage = null!;
    private string _officials = "", _companies = "";

    public async ValueTask InitializeAsync()
    {
        (_officials, _companies) = (PublicFiles.Find("officials.csv"), PublicFiles.Find("companies-sp500.csv"));
        _stage = await Stage.SetAsync();
        await _stage.DoAsync("import", _officials);
        await _stage.DoAsync("import", _companies, "--kind", "company", "--key", "CIK");
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null) await _stage.DisposeAsync();
    }

    [Fact]
    public async Task Every_person_and_every_company_is_written_once_and_a_second_time_nothing()
    {
        await _stage.DoAsync("run", "everything");
        People();
        Companies();
        Employers();

        int writes = _stage.Writes.Count;
        await _stage.DoAsync("import", _officials);
        await _stage.DoAsync("import", _companies, "--kind", "company", "--key", "CIK");
        await _stage.DoAsync("run", "everything");
        await _stage.DoAsync("run", "everything", "--full");
        Assert.Equal(writes, _stage.Writes.Count);
    }

    [Theory]
    [InlineData("officials")]
    [InlineData("companies-sp500")]
    public async Task A_file_comes_back_byte_for_byte(string name)
    {
        await _stage.DoAsync("export", "--as-imported", name, "--out", "back.csv");
        byte[] expected = await File.ReadAllBytesAsync(name == "officials" ? _officials : _companies, TestContext.Current.CancellationToken);
        Assert.Equal(expected, await File.ReadAllBytesAsync(_stage.PathOf("back.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plan_counts_as_many_writes_as_the_run_makes()
    {
        Ended planned = await _stage.DoAsync("plan", "everything", "--json");
        Assert.Empty(_stage.Writes);
        Assert.Equal(537 + 2 + 500, planned.Count("created"));
        Ended done = await _stage.DoAsync("run", "everything", "--json");
        Assert.Equal(planned.Count("created"), done.Count("created"));
        Assert.Equal((long)planned.Json["calls"]!["attio"]!["writes"]!, (long)done.Json["calls"]!["attio"]!["writes"]!);
    }

    /// <summary>Row by row: the same names, letter by letter, and the same phone.</summary>
    private void People()
    {
        IReadOnlyList<AttioRecordView> people = _stage.Attio.Records("people");
        Assert.Equal(537, people.Count);
        Assert.Equal(537, people.Select(p => p.Text("syncline_id")).Distinct().Count());
        Assert.Equal(Rows(_officials).Select(Expected).Order(StringComparer.Ordinal), people.Select(Held).Order(StringComparer.Ordinal));
    }

    private void Companies()
    {
        IReadOnlyList<AttioRecordView> companies = _stage.Attio.Records("companies");
        Dictionary<string, string> byNumber = [];
        foreach (IReadOnlyDictionary<string, string> row in Rows(_companies)) byNumber.TryAdd(row["CIK"], row["Security"]);
        Assert.Equal(500, byNumber.Count);
        Assert.Equal([.. byNumber.Values.Append("United States Senate").Append("United States House of Representatives").Order(StringComparer.Ordinal)], companies.Select(c => c.Text("name")).Order(StringComparer.Ordinal));
        Assert.Equal(502, companies.Select(c => c.Text("syncline_id")).Distinct().Count());
        foreach (IGrouping<string, string> domains in Rows(_officials).GroupBy(r => r["Company Name"], r => r["Company Domain"]))
        {
            Assert.Equal(domains.Where(d => d.Length > 0).Select(Bare).Distinct().Order(StringComparer.Ordinal), Named(domains.Key).Texts("domains").Order(StringComparer.Ordinal));
        }
    }

    private void Employers()
    {
        Dictionary<string, string> names = _stage.Attio.Records("companies").ToDictionary(c => c.Id, c => c.Text("name")!);
        string[] held = [.. _stage.Attio.Records("people").Select(p => $"{p.Text("name")}: {names[p.Texts("company").Single()]}").Order(StringComparer.Ordinal)];
        Assert.Equal(Rows(_officials).Select(r => $"{FullName(r)}: {r["Company Name"]}").Order(StringComparer.Ordinal), held);
    }

    private static string Bare(string domain) => domain.StartsWith("www.", StringComparison.Ordinal) ? domain[4..] : domain;

    private AttioRecordView Named(string name) => _stage.Attio.Records("companies").Single(c => c.Text("name") == name);

    private static string Expected(IReadOnlyDictionary<string, string> row) =>
        $"{FullName(row)}|{row["First Name"]}|{row["Last Name"]}|{(row["Phone Number"].Length > 0 ? "+1" + row["Phone Number"].Replace("-", "", StringComparison.Ordinal) : "")}|{row["Job Title"]}";

    /// <summary>Two rows have none; Attio then makes one of the two parts.</summary>
    private static string FullName(IReadOnlyDictionary<string, string> row) => row["Full Name"].Length > 0 ? row["Full Name"] : $"{row["First Name"]} {row["Last Name"]}";

    private static string Held(AttioRecordView person)
    {
        var name = person.Raw("name").Single()!;
        return $"{(string?)name["full_name"]}|{(string?)name["first_name"]}|{(string?)name["last_name"]}|{string.Join(',', person.Texts("phone_numbers"))}|{person.Text("job_title")}";
    }

    private static List<IReadOnlyDictionary<string, string>> Rows(string path)
    {
        // Another reader than our own: the two have to agree.
        using TextFieldParser csv = new(path, Encoding.UTF8) { TrimWhiteSpace = false, HasFieldsEnclosedInQuotes = true };
        csv.SetDelimiters(",");
        string[] header = csv.ReadFields()!;
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (csv.ReadFields() is { } cells) rows.Add(header.Zip(cells).ToDictionary(c => c.First, c => c.Second));
        return rows;
    }
}
