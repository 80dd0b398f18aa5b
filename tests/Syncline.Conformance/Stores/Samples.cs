using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Conformance.Stores;

/// <summary>Invented rows.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every type a value can have, with texts that are awkward to keep.</summary>
    public static FieldSet EveryType { get; } = FieldSet.Of(
        ("text", FieldValue.Of("Zoë \"Zed\" O'Neil\n\t\\ 你好 \U0001F44B <b>&amp;</b>")),
        ("nul", FieldValue.Of("a\0b")),
        ("text_like_json", FieldValue.Of("""{"n":"1"}""")),
        ("empty_looking", FieldValue.Of(" ")),
        ("number", FieldValue.Of(12.50m)),
        ("big", FieldValue.Of(decimal.MaxValue)),
        ("small", FieldValue.Of(-0.0000000000000000000000000001m)),
        ("flag", FieldValue.Of(false)),
        ("time", FieldValue.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567))),
        ("date", FieldValue.Of(new DateOnly(2024, 2, 29))),
        ("company", FieldValue.Reference("company", "42")),
        ("odd_reference", FieldValue.Reference("people", "a/b \"c\"")),
        ("tags", FieldValue.List([FieldValue.Of("b"), FieldValue.Of("a")])),
        ("mixed", FieldValue.List([FieldValue.Of(1m), FieldValue.Reference("person", "7"), FieldValue.Of("x")])),
        ("one", FieldValue.List([FieldValue.Of("only")])));

    public static RecordKey Key(string id, string stream = "people", string connection = "acme") => new(connection, stream, id);

    public static IdentityKey Email(string value) => new(RecordKind.Person, "email", value);

    public static FieldOrigin Origin(string rule = "first") => new(Key("r1"), 5, Noon.AddTicks(7), rule);

    public static GoldenRecord Person(long id, string name) => new(id, RecordKind.Person, FieldSet.Of(("name", FieldValue.Of(name))));

    public static Link LinkTo(long goldenId, string id, string stream = "people", string connection = "acme") => new(Key(id, stream, connection), RecordKind.Person, goldenId);

    public static Change Renamed(long goldenId, string name) => new(goldenId, RecordKind.Person, 5, [new("name", null, FieldValue.Of(name), Origin())]);

    public static Operation Create(string id, long goldenId = 1) => new(id, new("acme", "people"), RecordKind.Person, goldenId, Verb.Create, FieldSet.Of(("name", FieldValue.Of("Ada"))));

    public static Operation Delete(string id, string remoteId) => new(id, new("acme", "people"), RecordKind.Person, 1, Verb.Delete, FieldSet.Empty) { RemoteId = remoteId };

    public static Settlement Done(string id, string? remoteId = null) => new(id, OperationState.Done, remoteId, null);

    public static DeadLetter Letter(string subject, string code = "invalid-email", string sync = "daily", string connection = "acme") =>
        new(new(sync, connection, subject), RecordKind.Person, "loading", code, "The address is not one.", 5) { GoldenId = 42, At = Noon };
}
