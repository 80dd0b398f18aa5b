using System.Globalization;
using Syncline.Composition.Telling;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Composition.Workspaces;

/// <summary>Finds the golden record a person means: by its id, an e-mail address, a LinkedIn address or slug, a domain, any other key.</summary>
internal static class RecordLookup
{
    /// <exception cref="UsageException">Nothing, or more than one record, answers to the text.</exception>
    public static async Task<GoldenRecord> FindAsync(IHub hub, string text, CancellationToken cancellationToken)
    {
        if (IdOf(text) is { } id)
        {
            GoldenRecord? numbered = (await hub.LoadAsync([id], cancellationToken)).GetValueOrDefault(id);
            return numbered is not null && (!text.Contains('/') || numbered.Reference.Text == text) ? numbered : throw Unknown(text);
        }
        IdentityKey[] keys = [.. CanonicalSchema.AllKinds.SelectMany(kind => KeysOf(kind, text)).Distinct()];
        IReadOnlyDictionary<IdentityKey, long> owners = await hub.FindOwnersAsync(keys, cancellationToken);
        string[] answering = [.. owners.Select(o => $"{o.Key.Kind.Name}/{o.Value.ToString(CultureInfo.InvariantCulture)}").Distinct()];
        if (answering.Length == 0) throw Unknown(text);
        if (answering.Length > 1) throw new UsageException($"'{text}' could be any of {string.Join(", ", answering)}.", "Name one of these.");
        long owner = owners.First().Value;
        return (await hub.LoadAsync([owner], cancellationToken)).GetValueOrDefault(owner) ?? throw Unknown(text);
    }

    /// <summary>All that the text could be a key of.</summary>
    private static IEnumerable<IdentityKey> KeysOf(RecordKind kind, string text) => CanonicalSchema.Keys(kind)
        .Select(field => (field.KeyType, Value: field.Normalise(text)))
        .Where(key => key.Value is not null)
        .Select(key => new IdentityKey(kind, key.KeyType, key.Value!));

    /// <summary>The number in <c>person/42</c> or <c>42</c>.</summary>
    private static long? IdOf(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && CanonicalSchema.AllKinds.All(k => k.Name != text[..slash])) return null;
        return long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
    }

    private static UsageException Unknown(string text) => new($"The hub has no record '{text}'.", "Name it as person/42, or by its e-mail address, LinkedIn address or domain.") { IsNotFound = true };
}
