using System.Text;
using Syncline.Imports;
using Syncline.Records;
using Syncline.Tests.Records;

namespace Syncline.Tests.Imports;

public sealed class WritingImportFiles
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 6, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImportedRecord Initech = new("acme", "company", "uuid-1", "Initech \"Café\" <1>")
    {
        WebUrl = "https://app.example.com/company/uuid-1",
        Attributes = FieldSet.Of(
            ("domains", FieldValue.List([FieldValue.Of("initech.example.com"), FieldValue.Of("initech.example.org")])), ("description", FieldValue.Of("Software")),
            ("estimated_arr_usd", FieldValue.Of(5_000_000m)), ("is_customer", FieldValue.Of(true)), ("founded", FieldValue.Of(new DateOnly(1999, 2, 19)))),
    };

    [Fact]
    public void A_record_is_written_in_a_fixed_order_with_attributes_by_name() => Assert.Equal("""
        {
          "source": "acme",
          "importedAt": "2026-02-06T12:00:00Z",
          "acmeRecordId": "uuid-1",
          "acmeWebUrl": "https://app.example.com/company/uuid-1",
          "objectType": "company",
          "name": "Initech \"Café\" <1>",
          "attributes": {
            "description": "Software",
            "domains": [
              "initech.example.com",
              "initech.example.org"
            ],
            "estimated_arr_usd": 5000000,
            "founded": "1999-02-19",
            "is_customer": true
          }
        }

        """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(ImportFile.Write(Initech, Noon)));

    [Fact]
    public void A_list_entry_names_its_list_and_both_ids()
    {
        byte[] file = ImportFile.Write(Initech with { Type = "list_entry", Id = "entry-1", Entry = new("prospects", "uuid-1") }, Noon);
        Assert.Contains("\"acmeRecordId\": \"uuid-1\",\n  \"acmeEntryId\": \"entry-1\",\n  \"listSlug\": \"prospects\"", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal("entry-1", ImportFile.OwnerOf(file, "acme"));
    }

    [Fact]
    public void A_file_knows_whose_it_is()
    {
        Assert.Equal("uuid-1", ImportFile.OwnerOf(ImportFile.Write(Initech, Noon), "acme"));
        Assert.Null(ImportFile.OwnerOf(ImportFile.Write(Initech, Noon), "globex"));
        Assert.All((string[])["", "[]", "{", "{\"source\":1}", "<<<<<<< HEAD"], text => Assert.Null(ImportFile.OwnerOf(Encoding.UTF8.GetBytes(text), "acme")));
    }

    [Fact]
    public void Any_name_and_value_can_be_written_and_read_again() => AnyText.Always(text =>
    {
        ImportedRecord record = new("acme", "company", "1", text) { Attributes = FieldSet.Of(("note", FieldValue.Of(text))) };
        byte[] file = ImportFile.Write(record, Noon);
        return ImportFile.OwnerOf(file, "acme") == "1" && ImportFile.Compare(file, ImportFile.Write(record, Noon)).Count == 0;
    });

    [Fact]
    public void The_time_of_the_import_and_line_breaks_are_no_change()
    {
        string reformatted = Encoding.UTF8.GetString(ImportFile.Write(Initech, Noon)).Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Empty(ImportFile.Compare(Encoding.UTF8.GetBytes(reformatted), ImportFile.Write(Initech, Noon.AddDays(1))));
    }

    [Fact]
    public void Added_removed_and_changed_fields_are_told_apart()
    {
        ImportedRecord later = Initech with { Attributes = Initech.Attributes.With([("description", FieldValue.Of("Printers")), ("founded", null), ("stage", FieldValue.Of("Won"))]) };
        Assert.Equal(
            [new("attributes.description", "\"Software\"", "\"Printers\""), new("attributes.founded", "\"1999-02-19\"", null), new("attributes.stage", null, "\"Won\"")],
            ImportFile.Compare(ImportFile.Write(Initech, Noon), ImportFile.Write(later, Noon)));
    }

    [Fact]
    public void A_first_import_adds_every_field_and_a_removal_removes_every_one()
    {
        byte[] file = ImportFile.Write(Initech, Noon);
        Assert.All(ImportFile.Compare(null, file), change => Assert.Null(change.Before));
        Assert.All(ImportFile.Compare(file, null), change => Assert.Null(change.After));
        Assert.Equal(10, ImportFile.Compare("not json"u8.ToArray(), file).Count);
    }
}
