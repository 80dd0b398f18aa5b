namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>Ids in lemlist's form, a prefix and 17 letters and digits, the same for the same seed.</summary>
internal sealed class LemlistIds(int seed)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Random _random = new(seed);

    /// <param name="prefix">Without its underscore: <c>act</c>.</param>
    public string Next(string prefix) => $"{prefix}_{new string(_random.GetItems<char>(Letters, 17))}";

    public int Below(int most) => _random.Next(most);

    /// <summary>Any order of the rows.</summary>
    public void Shuffle<T>(Span<T> rows) => _random.Shuffle(rows);
}
