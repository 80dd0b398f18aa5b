using Syncline.Records;

namespace Syncline.Tests.Records;

public sealed class Names
{
    [Theory]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("ACME Incorporated", "acme")]
    [InlineData("acme", "acme")]
    [InlineData("Acme Holdings GmbH & Co. KG", "acme holdings")]
    [InlineData("Soci\u00e9t\u00e9 Exemple S.A.", "soci\u00e9t\u00e9 exemple")]
    [InlineData("Socie\u0301te\u0301 Exemple", "soci\u00e9t\u00e9 exemple")]
    [InlineData("Acme Inc. (Class A)", "acme class a")]
    [InlineData("Acme (Class C)", "acme class c")]
    [InlineData("O\u2019Acme & Sons Ltd", "oacme and sons")]
    [InlineData("Acme & Co (Class A) S.A.", "acme class a")]
    [InlineData("Company", "company")]
    [InlineData("Co. Inc.", "co")]
    [InlineData("\u65e5\u672c\u4f8b", "\u65e5\u672c\u4f8b")]
    [InlineData("--", null)]
    [InlineData(null, null)]
    public void A_company_is_matched_without_its_legal_form(string? text, string? expected) => Assert.Equal(expected, CompanyName.Key(text));

    [Fact]
    public void Share_classes_stay_apart() => Assert.NotEqual(CompanyName.Key("Acme Inc. (Class A)"), CompanyName.Key("Acme Inc. (Class B)"));

    [Theory]
    [InlineData(" Jane ", " Doe ", null, "Jane", "Doe", "Jane Doe")]
    [InlineData(null, null, "Jane  Q. Doe", "Jane Q.", "Doe", "Jane Q. Doe")]
    [InlineData(null, "", "John A. Doe, Jr.", "John A.", "Doe, Jr.", "John A. Doe, Jr.")]
    [InlineData(null, null, "John Doe III", "John", "Doe III", "John Doe III")]
    [InlineData(null, null, "Doe, Jane", "Jane", "Doe", "Jane Doe")]
    [InlineData(null, null, "Ana van der Berg", "Ana", "van der Berg", "Ana van der Berg")]
    [InlineData(null, null, "Prince", "Prince", null, "Prince")]
    [InlineData("Jane", null, "Jane Doe", "Jane", null, "Jane Doe")]
    [InlineData("J.", "Doe", "Jane Doe", "J.", "Doe", "Jane Doe")]
    [InlineData(" ", null, "", null, null, null)]
    public void A_full_name_is_split_only_when_the_parts_are_missing(string? first, string? last, string? full, string? given, string? family, string? whole) =>
        Assert.Equal(new PersonName(given, family, whole), PersonName.Of(first, last, full));

    [Fact]
    public void Normalising_twice_is_normalising_once()
    {
        AnyText.IsSettledBy(CompanyName.Key);
        AnyText.IsSettledBy(PersonName.Clean);
        AnyText.Always(text => PersonName.Of(null, null, text) is var name && PersonName.Of(name.First, name.Last, name.Full) == name);
    }

    [Theory]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("e\u0302\u0323", "\u1ec7")]
    [InlineData("\u00ea\u0323", "\u1ec7")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("abc", "abc")]
    public void Letters_and_their_marks_are_composed(string text, string expected) => Assert.Equal(expected, ComposedText.Of(text));

    [Fact]
    public void Composing_is_settled() => AnyText.Always(text => ComposedText.Of(ComposedText.Of(text)) == ComposedText.Of(text) && ComposedText.Lower(ComposedText.Lower(text)) == ComposedText.Lower(text));
}
