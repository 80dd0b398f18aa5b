namespace Syncline.Records;

/// <summary>What a record is about, the same word in every system: <c>person</c>, <c>message</c>. The engine treats all kinds alike.</summary>
public readonly record struct RecordKind(string Name) : IComparable<RecordKind>
{
    public static RecordKind Person { get; } = new("person");
    public static RecordKind Company { get; } = new("company");
    public static RecordKind Conversation { get; } = new("conversation");
    public static RecordKind Message { get; } = new("message");
    public static RecordKind Note { get; } = new("note");

    /// <summary>Something that happened with a person outside a conversation: an e-mail opened, a call, a meeting, a task.</summary>
    public static RecordKind Activity { get; } = new("activity");

    public static RecordKind Deal { get; } = new("deal");
    public static RecordKind List { get; } = new("list");
    public static RecordKind ListEntry { get; } = new("list-entry");

    public int CompareTo(RecordKind other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;
}
