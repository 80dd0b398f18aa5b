using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Syncline.Composition.Configuration;

/// <summary>How a piece of a YAML text is written.</summary>
internal enum YamlForm
{
    /// <summary>A key without a value, or with <c>~</c> or <c>null</c>.</summary>
    Empty,

    Scalar,

    /// <summary>Keys one below the other.</summary>
    Block,

    /// <summary>Keys in braces.</summary>
    Flow,

    /// <summary>Whatever nothing is put into or taken out of: a list, an alias, what has an anchor or a tag.</summary>
    Foreign,
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(string Name, YamlSpan Key, YamlSpan Value)
{
    /// <summary>Where its own text ends.</summary>
    public int End => Math.Max(Key.End, Value.End);
}

/// <summary>A piece of a YAML text, and where it stands: places are offsets into the text, the end is behind the last character.</summary>
internal sealed record YamlSpan(YamlForm Form, int Start, int End)
{
    public IReadOnlyList<YamlEntry> Entries { get; init; } = [];

    public YamlEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <summary>The text's only document; null when it has none.</summary>
    /// <exception cref="YamlException">It is no YAML, or has several documents.</exception>
    public static YamlSpan? Of(string text)
    {
        Parser parser = new(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        YamlSpan root = Read(parser, text);
        parser.Consume<DocumentEnd>();
        parser.Consume<StreamEnd>();
        return root;
    }

    private static YamlSpan Read(Parser parser, string text)
    {
        ParsingEvent begun = parser.Consume<ParsingEvent>();
        return begun switch
        {
            Scalar scalar => new(FormOf(scalar), Offset(scalar.Start), Trimmed(text, Offset(scalar.Start), Offset(scalar.End))),
            MappingStart mapping => Mapping(parser, mapping, text),
            SequenceStart => Sequence(parser, begun, text),
            _ => new(YamlForm.Foreign, Offset(begun.Start), Offset(begun.End)),
        };
    }

    private static YamlSpan Mapping(Parser parser, MappingStart begun, string text)
    {
        List<YamlEntry> entries = [];
        while (!parser.Accept<MappingEnd>(out _))
        {
            string name = (parser.Current as Scalar)?.Value ?? "";
            YamlSpan key = Read(parser, text);
            entries.Add(new(name, key, Read(parser, text)));
        }
        MappingEnd ended = parser.Consume<MappingEnd>();
        bool isFlow = begun.Style == MappingStyle.Flow;
        YamlForm form = IsMarked(begun) ? YamlForm.Foreign : isFlow ? YamlForm.Flow : YamlForm.Block;
        return new(form, Offset(begun.Start), isFlow ? Closed(text, ended) : entries.Count == 0 ? Offset(begun.Start) : entries[^1].End) { Entries = entries };
    }

    private static YamlSpan Sequence(Parser parser, ParsingEvent begun, string text)
    {
        int end = Offset(begun.End);
        while (!parser.Accept<SequenceEnd>(out _)) end = Read(parser, text).End;
        SequenceEnd ended = parser.Consume<SequenceEnd>();
        return new(YamlForm.Foreign, Offset(begun.Start), ((SequenceStart)begun).Style == SequenceStyle.Flow ? Closed(text, ended) : end);
    }

    private static YamlForm FormOf(Scalar scalar)
    {
        if (IsMarked(scalar)) return YamlForm.Foreign;
        return scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? YamlForm.Empty : YamlForm.Scalar;
    }

    private static bool IsMarked(NodeEvent node) => !node.Anchor.IsEmpty || !node.Tag.IsEmpty;

    private static int Offset(Mark mark) => (int)mark.Index;

    /// <summary>The parser gives a closing bracket no width.</summary>
    private static int Closed(string text, ParsingEvent ended) => Offset(ended.Start) is var at && at < text.Length && text[at] is '}' or ']' ? at + 1 : Offset(ended.End);

    /// <summary>A scalar of several lines ends where the next thing begins; its text does not.</summary>
    private static int Trimmed(string text, int start, int end) => start + text[start..end].TrimEnd().Length;
}
