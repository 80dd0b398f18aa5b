using Syncline.Connectors.Csv;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class MeaningOfColumns
{
    [Fact]
    public async Task Usual_headings_become_canonical_fields()
    {
        using CsvScratch file = new("""
            firstname,LAST NAME,E-mail,Phone Number,LinkedIn URL,Job Title,State/Region,Birth Date,Favourite Colour,Record ID
             Jane ,Doe,Jane@Example.com; jd@example.org,202-555-0143,https://linkedin.com/in/Jane-Doe/,CEO,WA,1958-10-13,  red ,A1

            """);
        (RecordKey key, FieldSet person) = Assert.Single(await CsvScratch.MappedAsync(file.Options));
        Assert.Equal(new RecordKey("scratch", "people", "A1"), key);
        Assert.Equal(
            "birth_date=1958-10-13; email=jane@example.com, jd@example.org; external_id=scratch:A1; favourite_colour=red; first_name=Jane; job_title=CEO; last_name=Doe; "
            + "linkedin=jane-doe; linkedin_url=https://www.linkedin.com/in/jane-doe; phone=+12025550143; state=WA",
            person.ToString());
        Assert.Equal(FieldType.List, person["email"]!.Type);
        Assert.Equal(FieldType.Date, person["birth_date"]!.Type);
    }

    [Fact]
    public async Task A_person_with_a_company_is_two_records_and_a_company_is_one_whatever_its_domain()
    {
        using CsvScratch file = new("Full Name,Company Name,Company Domain\nJane Doe,\"Acme, Inc.\",www.a.example.com\nJohn Roe,ACME,b.example.com\nAnn Poe,,\n");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal(["companies/acme", "people", "people", "people"], records.Select(r => r.Key.Stream == "people" ? "people" : $"{r.Key.Stream}/{r.Key.Id}"));
        Assert.Equal("domain=a.example.com, b.example.com; name=Acme, Inc.", records[0].Fields.ToString());
        Assert.Equal(FieldValue.Reference("companies", "acme"), records[1].Fields["company"]);
        Assert.Equal(FieldValue.Reference("companies", "acme"), records[2].Fields["company"]);
        Assert.Equal("first_name=Ann; full_name=Ann Poe; last_name=Poe", records[3].Fields.ToString());
    }

    [Fact]
    public async Task Share_classes_are_rows_of_their_own_with_one_register_number()
    {
        using CsvScratch file = new("Symbol,Security,CIK,Founded\nACA,Acme (Class A),0000042,1902\nACB,Acme (Class B),42,1902\n");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal(["ACA", "ACB"], records.Select(r => r.Key.Id));
        Assert.All(records, r => Assert.Equal("cik:42", ExternalId.Normalise(r.Fields["external_id"]!.Text)));
        Assert.Equal("ticker=ACA", records[0].Fields.Where(f => f == "ticker").ToString());
    }

    [Fact]
    public async Task Without_an_id_column_strong_keys_tell_rows_apart_and_else_the_names_do()
    {
        using CsvScratch file = new("Full Name,Email,Job Title\nJane Doe,Jane@example.com,CEO\nJohn Roe,,CTO\nJohn Roe,none,CFO\nJane Doe,jane@example.com,Chair\n");
        string[] ids = [.. (await CsvScratch.MappedAsync(file.Options)).Select(r => r.Key.Id)];
        Assert.Equal("email:jane@example.com", ids[0]);
        Assert.StartsWith("row:", ids[1], StringComparison.Ordinal);
        Assert.Equal(ids[1] + "#2", ids[2]);
        Assert.Equal("email:jane@example.com#2", ids[3]);
    }

    [Fact]
    public async Task A_key_column_and_a_column_map_overrule_the_guess()
    {
        using CsvScratch file = new("Full Name,Handle,ID,Remarks,Secret\nJane Doe,jd7,1,boss,x\n");
        Dictionary<string, string> columns = new() { ["remarks"] = "job_title", ["Secret"] = "" };
        (RecordKey key, FieldSet person) = Assert.Single(await CsvScratch.MappedAsync(file.Options with { KeyColumn = "handle", Columns = columns }));
        Assert.Equal("jd7", key.Id);
        Assert.Equal("1", person["id"]!.Text);
        Assert.Equal(("scratch:jd7", "boss"), (person["external_id"]!.Text, person["job_title"]!.Text));
        Assert.Null(person["secret"]);
        ProviderException error = await Assert.ThrowsAsync<ProviderException>(() => file.ReadAsync(o => o with { KeyColumn = "Handel" }));
        Assert.Equal("Did you mean 'Handle'?", error.Hint);
    }

    [Theory]
    [InlineData("Name,Website\nAcme,example.com\n", "companies")]
    [InlineData("Company Name,Company Domain\nAcme,example.com\n", "companies")]
    [InlineData("Name,Email\nJane,jane@example.com\n", "people")]
    [InlineData("Name,LinkedIn URL\nJane,jane-doe\n", "people")]
    [InlineData("First Name,Company Name\nJane,Acme\n", "people")]
    public async Task The_headings_say_what_a_row_is(string text, string stream)
    {
        using CsvScratch file = new(text);
        Assert.Equal(stream, (await CsvSource.OpenAsync(file.Options, TestContext.Current.CancellationToken)).Stream.Id.Name);
    }

    [Fact]
    public async Task The_kind_can_be_said()
    {
        using CsvScratch file = new("Name,Email\nAcme,office@example.com\n");
        (RecordKey key, FieldSet company) = Assert.Single(await CsvScratch.MappedAsync(file.Options with { Kind = RecordKind.Company }));
        Assert.Equal("companies", key.Stream);
        Assert.Equal("email=office@example.com; name=Acme", company.ToString());
    }

    [Fact]
    public async Task A_free_text_column_never_passes_for_a_key_of_the_schema()
    {
        using CsvScratch file = new("Full Name,LinkedIn Member ID,Lead ID\nJane Doe,n/a,7\n");
        (_, FieldSet person) = Assert.Single(await CsvScratch.MappedAsync(file.Options));
        Assert.Null(person["linkedin_member_id"]);
        Assert.Equal("n/a", person["csv_linkedin_member_id"]!.Text);
    }

    [Fact]
    public async Task A_second_column_of_one_meaning_fills_in_and_is_kept_besides()
    {
        using CsvScratch file = new("Full Name,Email,Work Email\nJane,jane@example.com,jd@example.org\nJohn,,john@example.org\n");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal("email=jane@example.com; first_name=Jane; full_name=Jane; work_email=jd@example.org", records[0].Fields.ToString());
        Assert.Equal("john@example.org", records[1].Fields["email"]!.ToString());
    }

    [Fact]
    public void Only_the_ids_met_last_are_remembered()
    {
        RecentlySeen<int, string> seen = new(generation: 2);
        foreach (int key in Enumerable.Range(1, 5)) seen.Set(key, $"{key}");
        Assert.Equal([null, null, "3", "4", "5"], Enumerable.Range(1, 5).Select(seen.Find));
    }
}
