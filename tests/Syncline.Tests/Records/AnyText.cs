using FsCheck;
using FsCheck.Fluent;

namespace Syncline.Tests.Records;

/// <summary>Text of every sort: random characters, and the fragments that addresses, numbers and names are made of, in any order.</summary>
internal static class AnyText
{
    private static readonly string[] Fragments =
    [
        "https://", "http://", "www.", "fr.", "linkedin.com", "/in/", "/company/", "/pub/", "/", "?", "#", "%C3%A9", "%2F", "%", "%41", "e\u0301", "é", "Ø", "İ", "ß", "ACoAA", "jane", "DOE", "-", "_",
        "@", ".", "example", ".com", "mailto:", "<", ">", "xn--", "ü", ":8080", " ", "\t", "\n", "\0", "+", "1", "0", "202", "555", "(", ")", "x", "Inc", "LLC", "S.A.", "& Co", "(Class A)", "Jr.", ",",
        "\ud83d", "\ude00", "\ud83d\ude00", "\u1100\u1161", "\u0323", "\u0302", "\u200d", "\u3002", "cik:", "none",
    ];

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.OneOf(
        ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? ""),
        Gen.ListOf(Gen.Elements(Fragments)).Select(parts => string.Concat(parts))));

    /// <summary>Holds a property against a thousand texts; a failure names the text and the seed.</summary>
    public static void Always(Func<string, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Texts, property));

    /// <summary>The same normaliser applied to its own result changes nothing, and no text makes it throw.</summary>
    public static void IsSettledBy(Func<string?, string?> normalise) =>
        Always(text => normalise(text) is not { } once || normalise(once) == once);
}
