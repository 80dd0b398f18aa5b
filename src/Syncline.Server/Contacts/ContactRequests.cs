using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Server.Contacts;

/// <summary>Two records that are one.</summary>
/// <param name="Keep">The record whose values stay: <c>person/42</c>, or a key of it.</param>
/// <param name="Other">The one that becomes part of it.</param>
/// <param name="Preview">Tell what it would come to, and do nothing.</param>
internal sealed record MergeRequest(string Keep, string Other, bool? Preview);

/// <summary>A record that is two.</summary>
/// <param name="Places">The remote records that are the other one, each as connection/stream/id.</param>
/// <param name="Preview">Tell what it would come to, and do nothing.</param>
internal sealed record SplitRequest(IReadOnlyList<string> Places, bool? Preview);

/// <summary>What a field is to hold: exactly one of the three.</summary>
/// <param name="Value">As a person types it; several of a list are parted by <c>;</c>.</param>
/// <param name="Empty">Pin the field to be empty.</param>
/// <param name="Release">Let sources change it again.</param>
internal sealed record FieldRequest(string? Value, bool? Empty, bool? Release)
{
    /// <exception cref="UsageException">None, or more than one, is asked for.</exception>
    public void Check()
    {
        if (new[] { Value is not null, Empty == true, Release == true }.Count(asked => asked) != 1) throw new UsageException("What is the field to hold?", "Give a value, or empty, or release.");
    }
}

/// <summary>A decided field.</summary>
internal sealed record DecidedView(long Run, string Record, string Field, JsonNode? Value, string Rule)
{
    public static DecidedView Of(string field, (RunRow Run, GoldenRecord Golden) done) => new(done.Run.Id, done.Golden.Reference.Text, field, RunJson.Of(done.Golden.Fields[field]), done.Golden.Origins[field].Rule);
}

/// <summary>What a merge or a split came to, or would.</summary>
/// <param name="Run">Null for a preview.</param>
/// <param name="Record">The record that a merge kept, or that a split made; of a split's preview null, as it has no number yet.</param>
/// <param name="Following">How many records refer to it now that referred to another before.</param>
/// <param name="Places">Its remote records.</param>
/// <param name="Doubled">Streams that hold it more than once, with the ids there.</param>
internal sealed record IdentityView(long? Run, string? Record, JsonObject Fields, int Following, IReadOnlyList<string> Places, IReadOnlyDictionary<string, IReadOnlyList<string>> Doubled)
{
    public static IdentityView Of(RunRow? run, IdentityEdit edit, bool isNumbered = true) => new(
        run?.Id, isNumbered ? edit.Golden.Reference.Text : null, RunJson.Of(edit.Golden.Fields), edit.Referring, [.. edit.Places.Select(l => l.Key.ToString())],
        edit.Doubles.ToDictionary(d => d.Key.ToString(), IReadOnlyList<string> (d) => [.. d.Select(l => l.Key.Id)]));
}
