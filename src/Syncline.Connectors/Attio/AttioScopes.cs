using Syncline.Mapping;

namespace Syncline.Connectors.Attio;

/// <summary>What a key may do. <c>x:read-write</c> includes <c>x:read</c>.</summary>
internal static class AttioScopes
{
    private const string Records = "record_permission:read-write";

    /// <summary>Without these nothing can be read.</summary>
    public static IReadOnlyList<string> ToRead { get; } = ["record_permission:read", "object_configuration:read"];

    /// <summary>Without these no record can be written.</summary>
    public static IReadOnlyList<string> Needed { get; } = [Records, "object_configuration:read"];

    /// <summary>For notes, lists and for <c>doctor --fix</c>.</summary>
    public static IReadOnlyList<string> Useful { get; } = ["object_configuration:read-write", "note:read-write", "list_configuration:read", "list_entry:read-write"];

    /// <summary>What these maps need: the scopes without which a run would stop, and those without which it leaves something out.</summary>
    public static (IReadOnlyList<string> Needed, IReadOnlyList<string> Useful) Of(IReadOnlyList<FieldMap> maps)
    {
        string[] written = [.. maps.Where(m => m.Rules.Any(r => r.Direction != MapDirection.In)).Select(m => m.Stream)];
        if (written.Length == 0) return (ToRead, []);
        List<string> useful = ["object_configuration:read-write"];
        if (written.Contains(AttioOptions.Notes)) useful.Add("note:read-write");
        if (written.Contains(AttioOptions.Entries)) useful.AddRange(["list_configuration:read", "list_entry:read-write"]);
        return (Needed, useful);
    }

    /// <summary>Which of the wanted scopes a key's scope text does not cover.</summary>
    public static IReadOnlyList<string> Missing(string? scope, IReadOnlyList<string> wanted)
    {
        HashSet<string> held = [.. (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return [.. wanted.Where(w => !held.Contains(w) && !held.Contains(w + "-write"))];
    }
}
