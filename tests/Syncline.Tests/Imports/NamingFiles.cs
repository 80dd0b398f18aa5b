using Syncline.Imports;
using Syncline.Tests.Records;

namespace Syncline.Tests.Imports;

public sealed class NamingFiles
{
    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "com1", "lpt9"];

    [Theory]
    [InlineData("Acme Corp", "acme-corp")]
    [InlineData("  Café Zoë & Söhne GmbH ", "cafe-zoe-and-sohne-gmbh")]
    [InlineData("Łódź Æther Straße", "lodz-aether-strasse")]
    [InlineData("O'Neill’s", "oneills")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("C:\\Windows\\..", "c-windows")]
    [InlineData("a\0b\nc", "a-b-c")]
    [InlineData("\u202Egnp.exe", "gnp-exe")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("CON", "con-name")]
    [InlineData("Com1", "com1-name")]
    [InlineData("...", "")]
    [InlineData("", "")]
    [InlineData("東京", "")]
    public void A_name_becomes_a_slug(string name, string slug) => Assert.Equal(slug, FileSlug.Of(name));

    [Fact]
    public void No_name_leads_out_of_its_folder_or_is_refused_by_Windows() => AnyText.Always(name => IsPlain(FileSlug.Of(name)));

    [Fact]
    public void A_slug_is_its_own_slug() => AnyText.IsSettledBy(name => FileSlug.Of(name!));

    [Fact]
    public void A_long_name_is_cut() => Assert.InRange(FileSlug.Of(new string('x', 5000)).Length, 1, FileSlug.Longest);

    [Fact]
    public void Every_record_gets_a_plain_file_in_its_own_folder() => AnyText.Always(text =>
    {
        string file = new FileNames([]).Of(Record(text, text));
        return file.StartsWith("acme/company/", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) && IsPlain(file["acme/company/".Length..^".json".Length]) && file.Length < 150;
    });

    [Fact]
    public void Two_records_never_share_a_file_whatever_they_are_called() => AnyText.Always(text =>
    {
        FileNames names = new([]);
        string[] files = [.. ((string[])[text, text.ToUpperInvariant(), "Acme", "acme " + text, text + "-" + text]).Distinct(StringComparer.Ordinal).SelectMany(id => (string[])[names.Of(Record(id, text)), names.Of(Record(id + "!", "Acme"))])];
        return files.Distinct(StringComparer.OrdinalIgnoreCase).Count() == files.Length;
    });

    [Fact]
    public void The_same_record_gets_the_same_file_again() => AnyText.Always(text =>
    {
        FileNames names = new([]);
        names.Of(Record("another", text));
        return names.Of(Record("1", text)) == names.Of(Record("1", text));
    });

    [Fact]
    public void A_second_record_of_one_name_gets_the_beginning_of_its_id()
    {
        FileNames names = new([]);
        Assert.Equal("acme/company/initech.json", names.Of(Record("0a1b2c3d-0000-4000-8000-000000000001", "Initech")));
        Assert.Equal("acme/company/initech-0a1b2c3d.json", names.Of(Record("0a1b2c3d-0000-4000-8000-000000000002", "Initech")));
        Assert.Equal("acme/company/initech-0a1b2c3d000040008000000000000003.json", names.Of(Record("0a1b2c3d-0000-4000-8000-000000000003", "Initech")));
    }

    [Fact]
    public void A_record_without_a_name_is_called_by_what_it_is() =>
        Assert.Equal("acme/company/company-0a1b2c3d.json", new FileNames([]).Of(Record("0a1b2c3d-0000-4000-8000-000000000001", "???")));

    [Fact]
    public void A_renamed_record_keeps_its_file() =>
        Assert.Equal("acme/company/initech.json", new FileNames([new("acme/company/initech.json", "1")]).Of(Record("1", "Initrode")));

    [Fact]
    public void A_file_of_somebody_elses_is_not_taken() =>
        Assert.NotEqual("acme/company/initech.json", new FileNames([new("acme/company/INITECH.json", null)]).Of(Record("1", "Initech")));

    [Fact]
    public void Types_keep_apart()
    {
        FileNames names = new([]);
        Assert.Equal("acme/company/ada.json", names.Of(Record("1", "Ada")));
        Assert.Equal("acme/person/ada.json", names.Of(new("acme", "person", "1", "Ada")));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("Company")]
    public void A_type_that_could_lead_elsewhere_is_refused(string type) => Assert.Throws<ArgumentException>(() => new FileNames([]).Of(new("acme", type, "1", "Ada")));

    private static ImportedRecord Record(string id, string name) => new("acme", "company", id, name);

    private static bool IsPlain(string slug) =>
        slug.Length <= 160 && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !slug.StartsWith('-') && !slug.EndsWith('-') && !Devices.Contains(slug);
}
