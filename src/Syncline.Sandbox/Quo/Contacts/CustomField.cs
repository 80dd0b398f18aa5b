using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>A custom field of the workspace. It is defined in the app, never through the API.</summary>
internal sealed record CustomField(string Key, string Name, string Type)
{
    public static readonly string[] Types = ["address", "boolean", "date", "multi-select", "number", "string", "url"];

    public bool Takes(JsonNode value) => Type switch
    {
        "boolean" => value.IsFlag(),
        "number" => value.IsNumber(),
        "multi-select" => value.Texts() is not null,
        "date" => value.Text() is { } text && WireTime.Read(text) is not null,
        _ => value.Text() is not null,
    };

    /// <summary>The name in lower case with dashes: <c>inbound-lead</c>.</summary>
    public static string KeyOf(string name)
    {
        StringBuilder key = new();
        foreach (char letter in name.Trim().ToLowerInvariant()) key.Append(char.IsLetterOrDigit(letter) ? letter : '-');
        return key.ToString();
    }
}
