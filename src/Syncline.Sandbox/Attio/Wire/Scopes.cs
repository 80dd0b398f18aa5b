namespace Syncline.Sandbox.Attio.Wire;

/// <summary>The scopes that the endpoints need.</summary>
internal static class Scopes
{
    public static IReadOnlyList<Scope> None { get; } = [];
    public static IReadOnlyList<Scope> Members { get; } = [Read("user_management")];
    public static IReadOnlyList<Scope> Objects { get; } = [Read("object_configuration")];
    public static IReadOnlyList<Scope> ObjectsWrite { get; } = [Write("object_configuration")];
    public static IReadOnlyList<Scope> Lists { get; } = [Read("list_configuration")];
    public static IReadOnlyList<Scope> ListsWrite { get; } = [Write("list_configuration")];
    public static IReadOnlyList<Scope> Records { get; } = [Read("record_permission"), Read("object_configuration")];
    public static IReadOnlyList<Scope> RecordsWrite { get; } = [Write("record_permission"), Read("object_configuration")];
    public static IReadOnlyList<Scope> RecordEntries { get; } = [.. Records, Read("list_entry")];
    public static IReadOnlyList<Scope> Entries { get; } = [Read("list_entry"), Read("list_configuration")];
    public static IReadOnlyList<Scope> EntriesWrite { get; } = [Write("list_entry"), Read("list_configuration")];
    public static IReadOnlyList<Scope> Notes { get; } = [Read("note"), Read("object_configuration"), Read("record_permission")];
    public static IReadOnlyList<Scope> NotesWrite { get; } = [Write("note"), Read("object_configuration"), Read("record_permission")];
    public static IReadOnlyList<Scope> NoteDelete { get; } = [Write("note")];

    public static IReadOnlyList<Scope> Webhooks { get; } = [Read("webhook")];
    public static IReadOnlyList<Scope> WebhooksWrite { get; } = [Write("webhook")];

    private static Scope Read(string name) => new(name, Writes: false);

    private static Scope Write(string name) => new(name, Writes: true);
}
