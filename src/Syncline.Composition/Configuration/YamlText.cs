using System.Text.RegularExpressions;
using Syncline.Composition.Telling;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>A YAML text that is changed at one place and left as it is at every other: comments, order and form stay a person's own. Lines end in <c>\n</c>.</summary>
internal sealed partial class YamlText
{
    private readonly string _text;
    private readonly YamlSpan? _root;

    /// <exception cref="UsageException">It is no YAML of one document.</exception>
    public YamlText(string text)
    {
        _text = text;
        try
        {
            _root = YamlSpan.Of(text);
        }
        catch (YamlException broken)
        {
            throw new UsageException($"The configuration is no YAML of one document at line {broken.Start.Line}.", "Correct it first.");
        }
    }

    /// <summary>What stands at the end of a path of keys; null when nothing does.</summary>
    public YamlSpan? Find(params IReadOnlyList<string> path)
    {
        YamlSpan? found = _root;
        foreach (string name in path) found = found?.Find(name)?.Value;
        return found;
    }

    /// <summary>The text with a value at the end of the path; what is missing of the path is added.</summary>
    /// <param name="value">In one line, as YAML writes it.</param>
    /// <exception cref="UsageException">What stands there has a form that is not changed here.</exception>
    public string Set(IReadOnlyList<string> path, string value)
    {
        if (_root is null) return WithLines(_text.Length, Lines(path, value, 0, 2));
        (YamlSpan at, YamlEntry? of, bool isInFlow) = (_root, null, false);
        foreach ((int depth, string name) in path.Index())
        {
            IReadOnlyList<string> rest = [.. path.Skip(depth)];
            isInFlow |= at.Form == YamlForm.Flow;
            if (at.Form == YamlForm.Empty) return isInFlow || of is null ? Replaced(at, $"{{ {InBraces(rest, value)} }}") : Begun(at, of, rest, value);
            if (at.Form is not (YamlForm.Block or YamlForm.Flow)) throw Foreign([.. path.Take(depth)]);
            if (at.Find(name) is not { } entry) return at.Form == YamlForm.Flow ? InsideBraces(at, InBraces(rest, value)) : Below(at, rest, value);
            (at, of) = (entry.Value, entry);
        }
        return at.Form is YamlForm.Scalar or YamlForm.Flow or YamlForm.Empty ? Replaced(at, value) : throw Foreign(path);
    }

    /// <summary>The text without what stands at the end of the path, and without what of the path would be left empty.</summary>
    /// <exception cref="UsageException">Nothing stands there, or it has a form that is not changed here.</exception>
    public string Remove(IReadOnlyList<string> path)
    {
        List<(YamlSpan In, YamlEntry Entry)> way = [];
        YamlSpan? at = _root;
        foreach (string name in path)
        {
            if (at?.Find(name) is not { } entry) throw new UsageException($"There is no {string.Join('.', path)} in the configuration.", "It may stand there by now under another name.") { IsNotFound = true };
            way.Add((at, entry));
            at = entry.Value;
        }
        int top = way.Count - 1;
        while (top > 0 && way[top].In.Entries.Count == 1) top--;
        if (way.Skip(top).Any(w => w.In.Form is not (YamlForm.Block or YamlForm.Flow))) throw Foreign(path);
        return way[top].In.Form == YamlForm.Flow ? WithoutInBraces(way[top].In, way[top].Entry) : WithoutLines([.. way.Skip(top).Select(w => w.Entry)], path);
    }

    /// <summary>True when both say the same but for the value at the end of the path, which the second has as given; null is none there.</summary>
    public static bool DifferOnlyAt(string before, string after, IReadOnlyList<string> path, string? value)
    {
        YamlMappingNode expected = Tree(before);
        List<YamlMappingNode> way = [expected];
        foreach (string name in path.SkipLast(1))
        {
            YamlScalarNode key = new(name);
            if (!way[^1].Children.TryGetValue(key, out YamlNode? next) || next is not YamlMappingNode) way[^1].Children[key] = next = new YamlMappingNode();
            way.Add((YamlMappingNode)next);
        }
        way[^1].Children.Remove(new YamlScalarNode(path[^1]));
        if (value is not null) way[^1].Children[new YamlScalarNode(path[^1])] = Tree($"value: {value}").Children.First().Value;
        for (int i = way.Count - 1; i > 0 && way[i].Children.Count == 0; i--) way[i - 1].Children.Remove(new YamlScalarNode(path[i - 1]));
        return TryTree(after) is { } found && expected.Equals(found);
    }

    /// <summary>A key or a value in one line: plain where it is a word, in quotes otherwise.</summary>
    public static string Quoted(string text) => Word().IsMatch(text) && text is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n")
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static YamlMappingNode? TryTree(string text)
    {
        try
        {
            return Tree(text);
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static YamlMappingNode Tree(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root ? root : new();
    }

    private string Replaced(YamlSpan at, string value) => _text[..at.Start] + (at.Start == at.End ? " " : "") + value + _text[at.End..];

    private string InsideBraces(YamlSpan at, string entry)
    {
        if (at.Entries.Count > 0) return _text.Insert(at.Entries[^1].End, $", {entry}");
        return _text.Insert(at.Start + 1, char.IsWhiteSpace(_text[at.Start + 1]) ? $" {entry}" : $" {entry} ");
    }

    /// <summary>A new entry behind the last one's own lines and the remarks that stand with it.</summary>
    private string Below(YamlSpan at, IReadOnlyList<string> rest, string value)
    {
        int column = ColumnOf(at.Entries[0].Key.Start), line = AfterLine(at.Entries[^1].End);
        while (line < _text.Length && LineAt(line) is var remark && remark.TrimStart().StartsWith('#') && remark.Length - remark.TrimStart().Length >= column) line = AfterLine(line);
        string blank = column == 0 && at.Entries.Skip(1).Any(e => IsBlankBefore(e.Key.Start)) ? "\n" : "";
        return WithLines(line, blank + Lines(rest, value, column, Step()));
    }

    /// <summary>The first entry below a key that has none.</summary>
    private string Begun(YamlSpan at, YamlEntry of, IReadOnlyList<string> rest, string value)
    {
        int step = Step();
        YamlText emptied = new(_text[..at.Start].TrimEnd(' ') + _text[at.End..]);
        return emptied.WithLines(emptied.AfterLine(of.Key.Start), Lines(rest, value, ColumnOf(of.Key.Start) + step, step));
    }

    private string WithLines(int line, string lines) => _text[..line] + (line > 0 && _text[line - 1] != '\n' ? "\n" : "") + lines + _text[line..];

    private string WithoutInBraces(YamlSpan of, YamlEntry entry)
    {
        int place = of.Entries.ToList().IndexOf(entry);
        return place < of.Entries.Count - 1 ? _text.Remove(entry.Key.Start, of.Entries[place + 1].Key.Start - entry.Key.Start) : _text.Remove(of.Entries[place - 1].End, entry.End - of.Entries[place - 1].End);
    }

    /// <param name="way">The entry to go, and those inside it that lead to what was asked for. Remarks on lines of their own, and beside a key that only leads there, are kept.</param>
    private string WithoutLines(IReadOnlyList<YamlEntry> way, IReadOnlyList<string> path)
    {
        int first = StartOfLine(way[0].Key.Start), end = AfterLine(way[0].End);
        if (_text[first..way[0].Key.Start].Trim().Length > 0) throw Foreign(path);
        HashSet<int> leading = [.. way.SkipLast(1).Select(e => StartOfLine(e.Key.Start))];
        string kept = "";
        for (int line = first; line < end; line = AfterLine(line))
        {
            string text = LineAt(line);
            if (text.TrimStart().StartsWith('#')) kept += text + "\n";
            else if (leading.Contains(line) && Remark().Match(text) is { Success: true } remark) kept += new string(' ', text.Length - text.TrimStart().Length) + remark.Groups[1].Value + "\n";
        }
        return _text[..first] + kept + _text[end..];
    }

    private static string Lines(IReadOnlyList<string> path, string value, int column, int step) => string.Concat(path.Index().Select(p =>
        $"{new string(' ', column + (p.Index * step))}{Quoted(p.Item)}:{(p.Index == path.Count - 1 ? $" {value}" : "")}\n"));

    private static string InBraces(IReadOnlyList<string> path, string value) =>
        path.Count == 1 ? $"{Quoted(path[0])}: {value}" : $"{Quoted(path[0])}: {{ {InBraces([.. path.Skip(1)], value)} }}";

    /// <summary>How far this file indents.</summary>
    private int Step() => _root!.Entries.Where(e => e.Value is { Form: YamlForm.Block, Entries.Count: > 0 }).Select(e => ColumnOf(e.Value.Entries[0].Key.Start) - ColumnOf(e.Key.Start)).FirstOrDefault(s => s > 0, 2);

    private bool IsBlankBefore(int place) => StartOfLine(place) is > 1 and var line && _text[line - 2] == '\n';

    private int StartOfLine(int place) => place == 0 ? 0 : _text.LastIndexOf('\n', place - 1) + 1;

    private int ColumnOf(int place) => place - StartOfLine(place);

    /// <summary>Where the line after that of a place begins.</summary>
    private int AfterLine(int place) => place < _text.Length && _text.IndexOf('\n', place) is >= 0 and var end ? end + 1 : _text.Length;

    private string LineAt(int start) => _text[start..AfterLine(start)].TrimEnd('\n');

    private static UsageException Foreign(IReadOnlyList<string> path) =>
        new($"{string.Join('.', path)} is written in a form that is not changed here.", "Change it by hand in syncline.yaml, or write it with its keys one below the other; docs/configuration.md shows how.");

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_./-]*$")]
    private static partial Regex Word();

    [GeneratedRegex(@":\s+(#.*)$")]
    private static partial Regex Remark();
}
