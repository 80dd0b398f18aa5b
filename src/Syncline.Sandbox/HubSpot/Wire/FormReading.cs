namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Bodies that are no JSON: the OAuth endpoints take forms.</summary>
internal static class FormReading
{
    public static IReadOnlyDictionary<string, string> Form(this Call call)
    {
        const string expected = "application/x-www-form-urlencoded";
        string? type = call.Request.Header("Content-Type");
        if (type is null || !type.StartsWith(expected, StringComparison.OrdinalIgnoreCase)) throw Refuse.WrongContent(type);
        Dictionary<string, string> form = new(StringComparer.Ordinal);
        foreach ((string name, string value) in (call.Request with { Query = call.Request.Body }).Parameters()) form[name] = value;
        return form;
    }
}
