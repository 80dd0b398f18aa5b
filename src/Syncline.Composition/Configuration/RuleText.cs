using Syncline.Composition.Telling;

namespace Syncline.Composition.Configuration;

/// <summary>A rule of <c>maps</c> as it is written; what is null is left to the shipped rule.</summary>
internal sealed record RuleText
{
    /// <summary>What takes a field out of the map.</summary>
    public const string Nowhere = "none";

    public string? To { get; init; }

    public string? Transform { get; init; }

    public string? TransformIn { get; init; }

    public string? TransformOut { get; init; }

    public string? Policy { get; init; }

    public string? Direction { get; init; }

    public bool? Required { get; init; }

    public bool IsNone => To == Nowhere;

    /// <summary>Its keys in the order of the documentation; none for a rule that says nothing.</summary>
    public IReadOnlyList<(string Key, string Value)> Parts =>
    [
        .. from part in new (string Key, string? Value)[]
           {
               ("to", To), ("transform", Transform), ("transform_in", TransformIn), ("transform_out", TransformOut), ("policy", Policy), ("direction", Direction),
               ("required", Required switch { null => null, true => "true", false => "false" }),
           }
           where part.Value is not null
           select (part.Key, part.Key == "required" ? part.Value! : YamlText.Quoted(part.Value!)),
    ];

    /// <summary>Nothing typed is nothing said.</summary>
    /// <exception cref="UsageException">It says nothing, or holds what no line of a file can.</exception>
    public RuleText Checked()
    {
        RuleText rule = new() { To = Line(To), Transform = Line(Transform), TransformIn = Line(TransformIn), TransformOut = Line(TransformOut), Policy = Line(Policy), Direction = Line(Direction), Required = Required };
        if (rule.IsNone) return new() { To = Nowhere };
        return rule.Parts.Count > 0 ? rule : throw new UsageException("The rule says nothing.", "Give a remote field, a transform, a policy or a direction; to do without it, go back to the shipped rule.");
    }

    /// <summary>In one line: a remote field alone as it is, more in braces.</summary>
    public string ToYaml() => Parts is [("to", var only)] ? only : $"{{ {string.Join(", ", Parts.Select(p => $"{p.Key}: {p.Value}"))} }}";

    public static RuleText Of(MapOverride rule)
    {
        bool isSame = rule.Inward is not null && rule.Inward == rule.Outward;
        return rule.IsNone ? new() { To = Nowhere } : new()
        {
            To = rule.Remote,
            Transform = isSame ? rule.Inward!.Name : null,
            TransformIn = isSame ? null : rule.Inward?.Name,
            TransformOut = isSame ? null : rule.Outward?.Name,
            Policy = rule.Policy is { } policy ? Keys.Policies[(int)policy] : null,
            Direction = rule.Direction is { } direction ? Keys.Directions[(int)direction] : null,
            Required = rule.IsRequired,
        };
    }

    /// <exception cref="UsageException">It holds a character that is none of a line.</exception>
    public static string? Line(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return text.Any(char.IsControl) ? throw new UsageException("A rule's texts are of one line each, without control characters.", "Take them out.") : text.Trim();
    }
}
