namespace Syncline.Leads;

/// <summary>Why a lead was not taken.</summary>
/// <param name="Place">Where the fault stands: <c>email</c>, <c>drafts[1].content</c>, or before those the line or the number of the lead among several.</param>
/// <param name="Message">One sentence: what is wrong and what would be right. It repeats no value.</param>
public sealed record LeadProblem(string Place, string Message)
{
    /// <summary>The same, seen from further out: from a list, a line.</summary>
    public LeadProblem Within(string outer, string between = ".") => this with { Place = Place.Length == 0 ? outer : outer.Length == 0 ? Place : outer + between + Place };

    public override string ToString() => Place.Length == 0 ? Message : $"{Place}: {Message}";
}
