namespace Syncline.Mapping;

/// <summary>Transforms as configuration text: names with an optional argument in brackets, chained by <c>|</c>.</summary>
internal static class TransformText
{
    /// <summary>Name, and how it is made of its argument.</summary>
    private static readonly Dictionary<string, Func<string?, Transform>> Known = new(StringComparer.Ordinal)
    {
        ["trim"] = Plain(Transforms.Trim),
        ["lower"] = Plain(Transforms.Lower),
        ["slug"] = Plain(Transforms.Slug),
        ["url"] = Plain(Transforms.Url),
        ["email"] = Plain(Transforms.Email),
        ["domain"] = Plain(Transforms.Domain),
        ["first-name"] = Plain(Transforms.FirstName),
        ["last-name"] = Plain(Transforms.LastName),
        ["number"] = Plain(Transforms.Number),
        ["flag"] = Plain(Transforms.Flag),
        ["time"] = Plain(Transforms.Time),
        ["phone"] = Transforms.Phone,
        ["date"] = Transforms.Date,
        ["list"] = Transforms.List,
        ["prefix"] = argument => Transforms.Prefix(argument ?? throw new FormatException("prefix needs a namespace: prefix(cik).")),
        ["options"] = argument => Transforms.Options([.. (argument ?? throw new FormatException("options needs pairs: options(from=to, from=to).")).Split(',').Select(Pair)]),
    };

    public static IReadOnlyList<string> Names => [.. Known.Keys.Order(StringComparer.Ordinal)];

    public static Transform Parse(string text) => text.Split('|').Select(One).Aggregate((first, next) => first.Then(next));

    private static Transform One(string text)
    {
        string word = text.Trim();
        int open = word.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0 && !word.EndsWith(')')) throw new FormatException($"'{word}' lacks its closing bracket.");
        string name = (open < 0 ? word : word[..open]).TrimEnd();
        string? argument = open < 0 ? null : word[(open + 1)..^1].Trim() is { Length: > 0 } given ? given : null;
        return Known.TryGetValue(name, out Func<string?, Transform>? make) ? make(argument) : throw Unknown(name);
    }

    private static FormatException Unknown(string name) => new(NearestName.Of(name, Known.Keys) is { } near
        ? $"There is no transform '{name}'. Did you mean '{near}'?"
        : $"There is no transform '{name}'. Known: {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}.");

    private static Func<string?, Transform> Plain(Transform transform) =>
        argument => argument is null ? transform : throw new FormatException($"{transform.Name} takes no argument, but has '{argument}'.");

    private static (string From, string To) Pair(string text) =>
        text.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } from, { Length: > 0 } to] ? (from, to) : throw new FormatException($"'{text.Trim()}' is no pair from=to.");
}
