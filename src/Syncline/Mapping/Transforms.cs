using System.Globalization;
using Syncline.Records;

namespace Syncline.Mapping;

/// <summary>The transforms a field map can name. Each works on single values; a list is transformed value by value and keeps what is left.</summary>
public static class Transforms
{
    public static Transform Trim { get; } = OfText("trim", text => text.Trim());

    public static Transform Lower { get; } = OfText("lower", text => text.ToLowerInvariant());

    public static Transform Slug { get; } = OfText("slug", LinkedInUrl.Slug);

    public static Transform Url { get; } = OfText("url", WebAddress);

    public static Transform Email { get; } = OfText("email", EmailAddress.Normalise);

    public static Transform Domain { get; } = OfText("domain", DomainName.Normalise);

    /// <summary>The given names of a full name.</summary>
    public static Transform FirstName { get; } = OfText("first-name", text => PersonName.Of(null, null, text).First);

    /// <summary>The family name of a full name, with its suffix.</summary>
    public static Transform LastName { get; } = OfText("last-name", text => PersonName.Of(null, null, text).Last);

    /// <summary>Invariant numbers, thousands separated by commas or not.</summary>
    public static Transform Number { get; } = Of("number", v => decimal.TryParse(v.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal n) ? FieldValue.Of(n) : null);

    /// <summary><c>true</c>, <c>yes</c>, <c>y</c>, <c>1</c> and their opposites.</summary>
    public static Transform Flag { get; } = Of("flag", v => v.Text.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" => FieldValue.Of(true),
        "false" or "no" or "n" or "0" => FieldValue.Of(false),
        _ => null,
    });

    /// <summary>ISO 8601 times; one without an offset is taken as UTC.</summary>
    public static Transform Time { get; } = Of("time", v =>
        DateTimeOffset.TryParse(v.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? FieldValue.Of(time) : null);

    /// <param name="region">As <see cref="PhoneNumber.Normalise"/> takes it; null takes international numbers only.</param>
    public static Transform Phone(string? region = null) =>
        OfText(region is null ? "phone" : $"phone({region})", text => PhoneNumber.Normalise(text, region));

    /// <param name="format">As .NET writes it, <c>MM/dd/yyyy</c>; null is <c>yyyy-MM-dd</c>. Never guessed: <c>03/04</c> is two days.</param>
    public static Transform Date(string? format = null) => Of(format is null ? "date" : $"date({format})", v =>
        DateOnly.TryParseExact(v.Text.Trim(), format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? FieldValue.Of(date) : null);

    /// <summary>Replaces one value by another, case-insensitively; a value that is not listed is no value.</summary>
    public static Transform Options(IReadOnlyList<(string From, string To)> pairs) => OfText(
        $"options({string.Join(", ", pairs.Select(p => $"{p.From}={p.To}"))})",
        text => pairs.FirstOrDefault(p => p.From.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)).To);

    /// <summary>Puts an id into its namespace: <c>66740</c> becomes <c>cik:66740</c>.</summary>
    public static Transform Prefix(string scope) => OfText($"prefix({scope})", text => text.Trim() is { Length: > 0 } id ? $"{scope}:{id}" : null);

    /// <summary>A set of the parts between separators, or of the one value when there is no separator.</summary>
    public static Transform List(string? separator = null) => new(separator is null ? "list" : $"list({separator})", value =>
        FieldValue.List(separator is null ? value.Items : [.. value.Items.SelectMany(item => Parts(item, separator))]));

    /// <summary>Reads transforms as configuration writes them: <c>trim | lower</c>, <c>options(outbound=Outbound, inbound=Inbound)</c>, <c>phone(US)</c>.</summary>
    /// <exception cref="FormatException">A name or an argument is not known; the message names it and the nearest that is.</exception>
    public static Transform Parse(string text) => TransformText.Parse(text);

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names => TransformText.Names;

    private static FieldValue[] Parts(FieldValue item, string separator) =>
        item.Type == FieldType.Text ? [.. item.Text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FieldValue.Of)] : [item];

    private static string? WebAddress(string text)
    {
        string address = text.Trim();
        if (!address.Contains("://", StringComparison.Ordinal)) address = "https://" + address;
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) ? address : null;
    }

    private static Transform OfText(string name, Func<string, string?> change) =>
        Of(name, v => change(v.Text) is { Length: > 0 } text ? FieldValue.Of(text) : null);

    private static Transform Of(string name, Func<FieldValue, FieldValue?> change) => new(name, value =>
        value.Type == FieldType.List ? FieldValue.List([.. value.Items.Select(change).OfType<FieldValue>()]) : change(value));
}
