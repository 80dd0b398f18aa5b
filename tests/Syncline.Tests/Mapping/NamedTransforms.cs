using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Tests.Mapping;

public sealed class NamedTransforms
{
    [Theory]
    [InlineData("trim | lower", "  ABC ", "abc")]
    [InlineData("slug", "https://www.linkedin.com/in/Jane-Doe/", "jane-doe")]
    [InlineData("url", "example.com/a", "https://example.com/a")]
    [InlineData("url", "no address", null)]
    [InlineData("email", "<Jane@Example.com>", "jane@example.com")]
    [InlineData("domain", "https://www.example.com", "example.com")]
    [InlineData("phone(US)", "202-224-3441", "+12022243441")]
    [InlineData("phone", "202-224-3441", null)]
    [InlineData("date", "1958-10-13", "1958-10-13")]
    [InlineData("date", "10/13/1958", null)]
    [InlineData("date(MM/dd/yyyy)", "10/13/1958", "1958-10-13")]
    [InlineData("number", "1,234.50", "1234.5")]
    [InlineData("flag", "Yes", "true")]
    [InlineData("flag", "perhaps", null)]
    [InlineData("time", "2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z")]
    [InlineData("options(outbound=Outbound, inbound=Inbound)", "INBOUND", "Inbound")]
    [InlineData("options(outbound=Outbound)", "sideways", null)]
    [InlineData("prefix(cik)", " 66740 ", "cik:66740")]
    [InlineData("first-name", "Jane Q. Doe, Jr.", "Jane Q.")]
    [InlineData("last-name", "Jane Q. Doe, Jr.", "Doe, Jr.")]
    [InlineData("trim", "   ", null)]
    public void Do_what_their_name_says(string transform, string text, string? expected) =>
        Assert.Equal(expected, Transforms.Parse(transform).Change(FieldValue.Of(text))?.Text);

    [Fact]
    public void Change_a_list_value_by_value() => Assert.Equal(
        FieldValue.List([FieldValue.Of("a@example.com"), FieldValue.Of("b@example.com")]),
        Transforms.Parse("list(;) | email").Change(FieldValue.Of("A@example.com; none; b@example.com")));

    [Fact]
    public void A_list_of_nothing_is_no_value() => Assert.Null(Transforms.Parse("list(;) | email").Change(FieldValue.Of("none; neither")));

    [Theory]
    [InlineData("trim|lower", "trim | lower")]
    [InlineData(" options( a = b ,c=d) ", "options(a=b, c=d)")]
    [InlineData("phone(US)", "phone(US)")]
    [InlineData("list(;) | prefix(x)", "list(;) | prefix(x)")]
    public void Are_named_as_they_are_parsed(string text, string name)
    {
        Assert.Equal(name, Transforms.Parse(text).Name);
        Assert.Equal(Transforms.Parse(name), Transforms.Parse(text));
    }

    [Theory]
    [InlineData("trimm", "Did you mean 'trim'?")]
    [InlineData("trim | emial", "Did you mean 'email'?")]
    [InlineData("rot13encoded", "Known: date, domain")]
    [InlineData("", "There is no transform ''")]
    [InlineData("phone(US", "closing bracket")]
    [InlineData("trim(x)", "takes no argument")]
    [InlineData("options", "needs pairs")]
    [InlineData("options(a)", "no pair")]
    [InlineData("prefix()", "needs a namespace")]
    public void A_mistake_is_named_with_the_way_out(string text, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => Transforms.Parse(text)).Message, StringComparison.Ordinal);
}
