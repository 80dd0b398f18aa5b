namespace Syncline.Records;

/// <summary>An id from another register or file, with the namespace that keeps two systems' ids apart: <c>cik:66740</c>.</summary>
public static class ExternalId
{
    /// <summary>Registers whose numbers are written with and without leading zeros. Source: SEC EDGAR, "CIK": ten digits, zeros optional.</summary>
    private static readonly string[] Unpadded = ["cik"];

    /// <summary>Namespace in lower case and id verbatim, outer spaces gone; null without a namespace or without an id.</summary>
    public static string? Normalise(string? text)
    {
        string[] parts = (text ?? "").Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } scope, { Length: > 0 } id]) return null;
        string name = ComposedText.Lower(scope);
        return Unpadded.Contains(name) && id.TrimStart('0') is { Length: > 0 } bare ? $"{name}:{bare}" : $"{name}:{id}";
    }
}
