using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>What others have changed of a record that we made, and what would be lost with it.</summary>
internal static class OthersChanges
{
    /// <summary>The names of the fields that hold neither what we last sent nor what was answered to it, and of the lists that hold more or less than we sent.</summary>
    public static string[] Of(FieldMap map, Link link, FieldSet now)
    {
        FieldSet ours = map.ToCanonical(link.Sent), theirs = map.ToCanonical(now);
        return [.. map.Rules.GroupBy(r => r.Remote).Where(field => IsChanged(field.Key, link, now) || field.Any(IsOtherList)).Select(field => field.Key)];

        // Others' items beside ours come back in the answer to our next write: the answer does not tell whose they are. In canonical words a provider's own spelling of ours is no difference.
        bool IsOtherList(FieldRule rule) => now[rule.Remote] != link.Sent[rule.Remote] && (now[rule.Remote] ?? link.Sent[rule.Remote]) is { Type: FieldType.List } && (rule.Direction == MapDirection.Out
            ? link.Sent[rule.Remote] is not null && now[rule.Remote] is not null && !HaveSameItems(now[rule.Remote], link.Sent[rule.Remote])
            : !HaveSameItems(theirs[rule.Canonical], ours[rule.Canonical]));
    }

    private static bool IsChanged(string name, Link link, FieldSet now) => now[name] != link.Answered[name] && now[name] != link.Sent[name];

    private static bool HaveSameItems(FieldValue? one, FieldValue? other) => (one?.Items ?? []).ToHashSet().SetEquals(other?.Items ?? []);
}
