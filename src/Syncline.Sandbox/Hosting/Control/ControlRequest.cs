using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Syncline.Sandbox.Hosting.Control;

/// <summary>One call of the control API, from a program or from a form of the page.</summary>
/// <param name="Segments">The decoded path after <c>/_sandbox</c>.</param>
/// <param name="Body">Plain text or JSON; for a form its field <c>value</c>.</param>
/// <param name="Form">Null when a program called.</param>
internal sealed record ControlRequest(string Method, string[] Segments, string Query, string Body, Dictionary<string, StringValues>? Form)
{
    /// <summary>The field by which a form says what it means, as browsers send nothing but GET and POST.</summary>
    public const string MethodField = "_method";

    /// <summary>The field that names the part of the page to come back to.</summary>
    public const string ReturnField = "_return";

    public static ControlRequest Read(string method, Target target, string body, string? contentType)
    {
        // curl calls every body a form: only our own field makes it one.
        bool isForm = method == "POST" && contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            && body.Contains(MethodField + "=", StringComparison.Ordinal);
        if (!isForm) return new(method, target.Segments(), target.Query, body, null);
        Dictionary<string, StringValues> form = new FormReader(body).ReadForm();
        return new(Field(form, MethodField), target.Segments(), target.Query, Field(form, "value"), form);
    }

    /// <summary>A parameter of the query, or null.</summary>
    public string? Parameter(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out StringValues values) ? values.ToString() : null;

    /// <summary>A whole number of the query within bounds.</summary>
    /// <exception cref="FormatException">It is none, or outside.</exception>
    public long Number(string name, long otherwise, long least, long most)
    {
        if (Parameter(name) is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, out long number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} is a whole number from {least} to {most}, not '{text}'.");
    }

    public static string Field(Dictionary<string, StringValues> form, string name) => form.TryGetValue(name, out StringValues values) ? values.ToString() : "";
}
