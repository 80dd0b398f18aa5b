using System.Text.Json;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>Shapes that many answers share.</summary>
internal static class JsonWriting
{
    /// <summary>An entity's <c>id</c> object: the workspace first, its own id last.</summary>
    public static void WriteId(this Utf8JsonWriter writer, Guid workspace, params ReadOnlySpan<(string Name, Guid Id)> parts)
    {
        writer.WriteStartObject("id");
        writer.WriteString("workspace_id", workspace);
        foreach ((string name, Guid id) in parts) writer.WriteString(name, id);
        writer.WriteEndObject();
    }

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTime time)
    {
        Span<char> text = stackalloc char[WireTime.Length];
        writer.WriteString(name, WireTime.Write(time, text));
    }

    public static void WriteActor(this Utf8JsonWriter writer, string name, AttioActor actor)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", actor.Type);
        if (actor.Id is { } id) writer.WriteString("id", id);
        else writer.WriteNull("id");
        writer.WriteEndObject();
    }
}
