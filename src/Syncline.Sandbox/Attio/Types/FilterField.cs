using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>Operators of a filter.</summary>
[Flags]
internal enum Operators
{
    None = 0,
    Eq = 1,
    In = 2,
    NotEmpty = 4,
    Contains = 8,
    StartsWith = 16,
    EndsWith = 32,
    Lt = 64,
    Lte = 128,
    Gt = 256,
    Gte = 512,
    Compared = Lt | Lte | Gt | Gte,
    Searched = Contains | StartsWith | EndsWith,
}

/// <summary>A part of a value that filters and sorts can name.</summary>
/// <param name="Allowed">The operators it takes; every other is refused.</param>
/// <param name="Get">The part of a payload; null when the payload has none.</param>
internal sealed record FilterField(string Name, Operators Allowed, Func<object, IComparable?> Get)
{
    /// <summary>A written operand in the form of <see cref="Get"/>; null when it is none, which refuses the filter.</summary>
    public Func<JsonNode, Slot, IComparable?> Operand { get; init; } = (node, _) => node.Text();

    /// <summary>True where equality is looked up in an index instead of read off every row.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>True for the one field that is a property of the envelope, the time since when a value is current.</summary>
    public bool IsActiveFrom { get; init; }

    // Fields are keys of the indexes: comparing two by all their members would cost more than the look-up itself.
    public bool Equals(FilterField? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The whole message about a bad operand.</summary>
    public string BadOperand { get; init; } = "Invalid filter value.";

    public static FilterField Text(string name, Operators allowed, Func<object, IComparable?> get) => new(name, allowed, get) { IsIndexed = true };

    /// <summary>Operands compare in lower case, as the kept values do.</summary>
    public static FilterField LowerText(string name, Operators allowed, Func<object, IComparable?> get) =>
        Text(name, allowed, get) with { Operand = (node, _) => node.Text()?.ToLowerInvariant() };

    public static FilterField Number(string name, Func<object, IComparable?> get) =>
        new(name, Operators.Eq | Operators.Compared, get) { Operand = (node, _) => node.Number() };

    public static FilterField Time(string name, Func<object, IComparable?> get) => new(name, Operators.Eq | Operators.Compared, get)
    {
        Operand = (node, _) => node.Text() is { } text ? WireTime.Read(text, needsTimeOfDay: true) : null,
        BadOperand = "Invalid timestamp value.",
    };

    public static FilterField ActiveFrom { get; } = Time("active_from", _ => null) with { Allowed = Operators.Compared, IsActiveFrom = true };
}
