namespace Syncline.Connectors.Attio;

/// <summary>What a key may do. <c>x:read-write</c> includes <c>x:read</c>.</summary>
internal static class AttioScopes
{
    /// <summary>Without these nothing can be synchronised.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["record_permission:read-write", "object_configuration:read"];

    /// <summary>For notes, lists and for <c>doctor --fix</c>.</summary>
    public static IReadOnlyList<string> Useful { get; } = ["object_configuration:read-write", "note:read-write", "list_configuration:read", "list_entry:read-write"];

    /// <summary>Which of the wanted scopes a key's scope text does not cover.</summary>
    public static IReadOnlyList<string> Missing(string? scope, IReadOnlyList<string> wanted)
    {
        HashSet<string> held = [.. (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return [.. wanted.Where(w => !held.Contains(w) && !held.Contains(w + "-write"))];
    }
}
