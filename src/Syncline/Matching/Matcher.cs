using Syncline.Records;

namespace Syncline.Matching;

/// <summary>Decides whose record it is, from the keys it carries and whom they belong to.</summary>
public static class Matcher
{
    /// <param name="keys">The record's keys, strongest first.</param>
    /// <param name="ownerOf">Whom a key belongs to, or null.</param>
    /// <param name="fieldsOf">A golden record's fields.</param>
    public static Match Decide(IReadOnlyList<(IdentityKey Key, bool IsWeak)> keys, Func<IdentityKey, long?> ownerOf, Func<long, FieldSet> fieldsOf)
    {
        List<(IdentityKey Key, long Owner)> strong = Owned(keys.Where(k => !k.IsWeak), ownerOf);
        long[] owners = [.. strong.Select(s => s.Owner).Distinct()];
        if (owners.Length > 1) return new Match.Ambiguous(IdentityProblem.Ambiguous, "Its keys belong to different records: " + string.Join(", ", strong.Select(s => $"{s.Key.Type} '{s.Key.Value}' to {s.Key.Kind}/{s.Owner}")) + ".");
        if (owners.Length == 1) return Confirm(strong[0].Key, owners[0], keys, fieldsOf);
        return ByWeakKey(keys, ownerOf, fieldsOf);
    }

    private static Match Confirm(IdentityKey by, long owner, IReadOnlyList<(IdentityKey Key, bool IsWeak)> keys, Func<long, FieldSet> fieldsOf)
    {
        IEnumerable<string> stronger = keys.Where(k => !k.IsWeak).Select(k => k.Key.Type).TakeWhile(t => t != by.Type).Distinct();
        foreach (string type in stronger)
        {
            if (!Contradicts(type, keys, fieldsOf(owner))) continue;
            return new Match.Ambiguous(IdentityProblem.Contradicting, $"Its {by.Type} '{by.Value}' belongs to {by.Kind}/{owner}, but the two have different values of {type}, which identifies more strongly.");
        }
        return new Match.Known(owner, by.Type);
    }

    /// <summary>A weak key (a company's name) counts only where no strong key of both sides contradicts it.</summary>
    private static Match ByWeakKey(IReadOnlyList<(IdentityKey Key, bool IsWeak)> keys, Func<IdentityKey, long?> ownerOf, Func<long, FieldSet> fieldsOf)
    {
        long[] owners = [.. Owned(keys.Where(k => k.IsWeak), ownerOf).Select(o => o.Owner).Distinct()];
        if (owners.Length != 1) return new Match.New();
        bool contradicted = keys.Where(k => !k.IsWeak).Select(k => k.Key.Type).Distinct().Any(type => Contradicts(type, keys, fieldsOf(owners[0])));
        return contradicted ? new Match.New() : new Match.Known(owners[0], "name");
    }

    private static bool Contradicts(string type, IReadOnlyList<(IdentityKey Key, bool IsWeak)> keys, FieldSet golden)
    {
        if (golden[type] is not { } held) return false;
        RecordKind kind = keys[0].Key.Kind;
        HashSet<string> theirs = [.. IdentityKeys.Of(kind, FieldSet.Of((type, held))).Select(k => k.Key.Value)];
        string[] ours = [.. keys.Where(k => k.Key.Type == type).Select(k => k.Key.Value)];
        return theirs.Count > 0 && SameNamespace(type, ours, theirs) && !ours.Any(theirs.Contains);
    }

    /// <summary>Ids of two different systems (<c>cik:…</c> and <c>hubspot:…</c>) say nothing about each other.</summary>
    private static bool SameNamespace(string type, string[] ours, HashSet<string> theirs) =>
        type != "external_id" || ours.Select(NamespaceOf).Intersect(theirs.Select(NamespaceOf), StringComparer.Ordinal).Any();

    private static string NamespaceOf(string id) => id.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon ? id[..colon] : "";

    private static List<(IdentityKey Key, long Owner)> Owned(IEnumerable<(IdentityKey Key, bool IsWeak)> keys, Func<IdentityKey, long?> ownerOf) =>
        [.. keys.Select(k => (k.Key, Owner: ownerOf(k.Key))).Where(k => k.Owner is not null).Select(k => (k.Key, k.Owner!.Value))];
}
