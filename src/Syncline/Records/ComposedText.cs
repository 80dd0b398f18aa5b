using System.Collections.Frozen;
using System.Text;

namespace Syncline.Records;

/// <summary>Brings text to Unicode normalisation form C, so that a letter typed as one character and as letter plus accent compare equal.</summary>
/// <remarks>Not <see cref="string.Normalize()"/>: what that answers follows the system's Unicode data, and a key must be the same on every machine that opens a hub. It also throws at half a surrogate pair.</remarks>
internal static class ComposedText
{
    private const int SyllableFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly FrozenDictionary<char, byte> Classes = CompositionTable.Marks.ToFrozenDictionary(m => m.Character, m => m.Class);

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed =
        Pairs().ToFrozenDictionary(p => (p.Letter, p.Mark), p => p.Whole);

    private static readonly FrozenDictionary<char, (char Letter, char Mark)> Parts =
        Pairs().ToFrozenDictionary(p => p.Whole, p => (p.Letter, p.Mark));

    /// <summary>The composed form. Idempotent; never throws, whatever the text holds.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u00BF')) return text;
        List<char> characters = new(text.Length + 8);
        foreach (char c in text) Decompose(c, characters);
        Order(characters);
        return Compose(characters);
    }

    /// <summary>The lower-case composed form, the shape of every key.</summary>
    public static string Lower(string text) => Of(Of(text).ToLowerInvariant());

    /// <summary>The text with every composed letter taken apart and the marks left out: <c>é</c> becomes <c>e</c>.</summary>
    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u00BF')) return text;
        List<char> characters = new(text.Length + 8);
        foreach (char c in text) Decompose(c, characters);
        return string.Concat(characters.Where(c => ClassOf(c) == 0));
    }

    private static IEnumerable<(char Letter, char Mark, char Whole)> Pairs() =>
        CompositionTable.Marks.SelectMany(m => m.Pairs.Chunk(2).Select(pair => (pair[0], m.Character, pair[1])));

    private static byte ClassOf(char c) => Classes.GetValueOrDefault(c);

    private static void Decompose(char c, List<char> into)
    {
        int syllable = c - SyllableFirst;
        if (syllable is >= 0 and < SyllableCount)
        {
            into.Add((char)(LeadFirst + (syllable / (VowelCount * TailCount))));
            into.Add((char)(VowelFirst + (syllable / TailCount % VowelCount)));
            if (syllable % TailCount != 0) into.Add((char)(TailFirst + (syllable % TailCount)));
        }
        else if (Parts.TryGetValue(c, out (char Letter, char Mark) parts))
        {
            Decompose(parts.Letter, into);
            Decompose(parts.Mark, into);
        }
        else
        {
            into.Add(c);
        }
    }

    /// <summary>Sorts each run of marks by class, keeping the order of equal ones.</summary>
    private static void Order(List<char> characters)
    {
        for (int i = 1; i < characters.Count; i++)
        {
            char moving = characters[i];
            if (ClassOf(moving) == 0) continue;
            int at = i;
            while (at > 0 && ClassOf(characters[at - 1]) > ClassOf(moving))
            {
                characters[at] = characters[at - 1];
                at--;
            }
            characters[at] = moving;
        }
    }

    private static string Compose(List<char> characters)
    {
        StringBuilder result = new(characters.Count);
        int starter = -1;
        int lastClass = -1;
        foreach (char c in characters)
        {
            int current = ClassOf(c);
            bool isBlocked = lastClass >= current && lastClass != -1;
            if (starter >= 0 && !isBlocked && Join(result[starter], c) is { } whole)
            {
                result[starter] = whole;
                continue;
            }
            if (current == 0) starter = result.Length;
            lastClass = current == 0 ? -1 : current;
            result.Append(c);
        }
        return result.ToString();
    }

    private static char? Join(char first, char second)
    {
        int lead = first - LeadFirst, vowel = second - VowelFirst, syllable = first - SyllableFirst, tail = second - TailFirst;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount) return (char)(SyllableFirst + (((lead * VowelCount) + vowel) * TailCount));
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount) return (char)(first + tail);
        return Composed.TryGetValue((first, second), out char whole) ? whole : null;
    }
}
