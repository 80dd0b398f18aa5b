using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class KnownExports
{
    private const string Lemlist = "emailStatus,email,firstName,lastName,picture,phone,linkedinUrl,timezone,companyName,companyDomain,icebreaker,favourite,lastState,status,_id\n";
    private const string Connections = "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    [Theory]
    [InlineData("Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Associated Company\n", "hubspot-contacts", "people", "Record ID")]
    [InlineData("Record ID,Company name,Company Domain Name,Company owner,Create Date,Industry\n", "hubspot-companies", "companies", "Record ID")]
    [InlineData("Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Amount,Associated Company,Associated Contact\n", "hubspot-deals", "deals", "Record ID")]
    [InlineData(Lemlist, "lemlist", "people", "_id")]
    [InlineData(Connections, "linkedin-connections", "people", null)]
    [InlineData("First Name,Last Name,Title,Company,LinkedIn Profile URL\n", "linkedin-sales-navigator", "people", null)]
    [InlineData("First Name,Last Name,Title,Company,Person Linkedin Url,Company Linkedin Url,# Employees\n", "linkedin-sales-navigator", "people", null)]
    [InlineData("First Name,Middle Name,Last Name,Title,Company,Business Street,Business Phone,E-mail Address,E-mail 2 Address\n", "outlook", "people", null)]
    [InlineData("First Name,Last Name,Email\n", "generic", "people", null)]
    [InlineData("Record ID,First Name,Email\n", "generic", "people", "Record ID")]
    [InlineData("Deal Name,Amount,Contact Email\n", "generic", "deals", null)]
    public async Task An_export_is_known_by_its_headings(string text, string dialect, string stream, string? key)
    {
        using CsvScratch file = new(text);
        CsvHeader header = (await CsvSource.OpenAsync(file.Options, TestContext.Current.CancellationToken)).Header;
        Assert.Equal((dialect, stream, key), (header.Dialect.Name, header.Stream, header.RowColumn));
    }

    [Fact]
    public async Task A_contact_of_HubSpot_keeps_its_stage_and_refers_to_its_first_company()
    {
        using CsvScratch file = new("Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Lead Status,Associated Company\n7,Ada,Example,ada@example.com,Bob Example,Customer,Open,Acme;Other\n");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal(["companies/acme", "people/7"], records.Select(r => $"{r.Key.Stream}/{r.Key.Id}"));
        Assert.Equal("name=Acme", records[0].Fields.ToString());
        Assert.Equal(("Customer", "Open", "Bob Example"), (records[1].Fields["lifecycle_stage"]!.Text, records[1].Fields["lead_status"]!.Text, records[1].Fields["contact_owner"]!.Text));
    }

    [Fact]
    public async Task A_deal_refers_to_the_company_and_the_person_it_names()
    {
        using CsvScratch file = new("""
            Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company,Associated Contact
            9,Big,Won,2026-02-03 10:15,"1,200.50",Acme,Ada Example (Ada@example.com)
            10,Small,Open,,,,

            """);
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal(["companies/acme", "people/ada@example.com", "deals/9", "deals/10"], records.Select(r => $"{r.Key.Stream}/{r.Key.Id}"));
        Assert.Equal("email=ada@example.com", records[1].Fields.ToString());
        FieldSet deal = records[2].Fields;
        Assert.Equal((FieldValue.Reference("companies", "acme"), FieldValue.Reference("people", "ada@example.com")), (deal["company"], deal["person"]));
        Assert.Equal((FieldValue.Of(1200.50m), FieldValue.Of(new DateOnly(2026, 2, 3)), "Won"), (deal["amount"], deal["close_date"], deal["stage"]!.Text));
        Assert.Equal("external_id=scratch:10; name=Small; stage=Open", records[3].Fields.ToString());
    }

    [Fact]
    public async Task A_lead_of_Lemlist_is_known_by_its_id_and_keeps_its_own_columns()
    {
        using CsvScratch file = new(Lemlist + "deliverable,ada@example.com,Ada,Example,,,https://www.linkedin.com/in/ada-example,Europe/Vienna,Acme,acme.example.com,Hi,red,emailsSent,done,lea_1\n");
        FieldSet lead = (await CsvScratch.MappedAsync(file.Options)).Single(r => r.Key.Id == "lea_1").Fields;
        Assert.Equal(
            "company=acme; company_name=Acme; email=ada@example.com; email_status=deliverable; external_id=scratch:lea_1; favourite=red; first_name=Ada; icebreaker=Hi; last_name=Example; "
            + "lemlist_state=emailsSent; lemlist_status=done; linkedin=ada-example; linkedin_url=https://www.linkedin.com/in/ada-example; timezone=Europe/Vienna",
            lead.ToString().Replace("companies/acme", "acme", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_notes_before_LinkedIn_connections_are_no_rows_and_come_back_byte_for_byte()
    {
        using CsvScratch file = new(Connections + "Ada,Example,https://www.linkedin.com/in/ada-example,,Acme,CTO,15 Jan 2024\nBob,Example,too,few\n");
        Page page = Assert.Single(await file.ReadAsync());
        Assert.Equal("line 6", Assert.Single(page.Rejections).Key.Id);
        FieldSet person = (await CsvScratch.MappedAsync(file.Options))[^1].Fields;
        Assert.Equal(("ada-example", "CTO", "15 Jan 2024"), (person["linkedin"]!.Text, person["job_title"]!.Text, person["connected_on"]!.Text));
        file.Write(Connections + "Ada,Example,https://www.linkedin.com/in/ada-example,,Acme,CTO,15 Jan 2024\n");
        Assert.Equal(file.Bytes, await CsvScratch.RoundTripAsync(file.Options));
    }

    [Fact]
    public async Task What_a_lead_list_says_of_the_company_becomes_the_companys()
    {
        using CsvScratch file = new("First Name,Last Name,Title,Company,Person Linkedin Url,Company Linkedin Url,# Employees,Industry,Website\n"
            + "Ada,Example,CTO,Acme,linkedin.com/in/ada-example,,,Steel,acme.example.com\nBob,Example,CEO,ACME,linkedin.com/in/bob-example,linkedin.com/company/acme,\"1,200\",Iron,www.acme.example.com\n");
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(file.Options);
        Assert.Equal("domain=acme.example.com; employees=1200; industry=Steel; linkedin=linkedin.com/company/acme; name=Acme", records[0].Fields.ToString());
        Assert.Equal(["company", "company_name", "first_name", "job_title", "last_name", "linkedin", "linkedin_url"], records[1].Fields.Select(f => f.Name));
    }

    [Fact]
    public async Task A_title_in_Outlook_is_no_job_and_a_second_address_fills_in()
    {
        using CsvScratch file = new("First Name,Last Name,Title,Job Title,E-mail Address,E-mail 2 Address,Business Phone,Business Street\nAda,Example,Dr.,CTO,,ada@example.org,202-555-0143,1 Main St\n");
        FieldSet person = Assert.Single(await CsvScratch.MappedAsync(file.Options)).Fields;
        Assert.Equal(("Dr.", "CTO", "1 Main St"), (person["name_prefix"]!.Text, person["job_title"]!.Text, person["address"]!.Text));
        Assert.Equal("ada@example.org", person["email"]!.ToString());
    }

    [Fact]
    public async Task A_map_and_a_kind_overrule_a_dialect()
    {
        using CsvScratch file = new("Record ID,First Name,Email,Lifecycle Stage,Site\n7,Ada,ada@example.com,Lead,acme.example.com\n");
        CsvOptions mapped = file.Options with { Columns = new Dictionary<string, string> { ["Lifecycle Stage"] = "job_title", ["Site"] = "company/domain" } };
        List<(RecordKey Key, FieldSet Fields)> records = await CsvScratch.MappedAsync(mapped);
        Assert.Equal("domain=acme.example.com", records[0].Fields.ToString());
        Assert.Equal("Lead", records[1].Fields["job_title"]!.Text);
        Assert.Equal(CsvDialect.Generic, (await CsvSource.OpenAsync(file.Options with { Kind = RecordKind.Company }, TestContext.Current.CancellationToken)).Header.Dialect);
    }

    [Fact]
    public async Task The_id_of_a_company_identifies_none_of_its_people()
    {
        using CsvScratch file = new("Full Name,Email,Company ID\nAda Example,ada@example.com,5\nBob Example,bob@example.com,5\n");
        Assert.All(await CsvScratch.MappedAsync(file.Options), r => Assert.Null(r.Fields["external_id"]));
    }
}
