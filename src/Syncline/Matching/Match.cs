using Syncline.Records;

namespace Syncline.Matching;

/// <summary>Whose record it is.</summary>
public abstract record Match
{
    private Match() { }

    /// <summary>Known before, or identified by a key.</summary>
    public sealed record Known(long GoldenId, string By) : Match;

    /// <summary>Nobody's yet.</summary>
    public sealed record New : Match;

    /// <summary>The evidence contradicts itself; nothing is guessed.</summary>
    /// <param name="Evidence">One sentence naming the keys and the golden records they belong to.</param>
    public sealed record Ambiguous(string Code, string Evidence) : Match;
}
