namespace Syncline.Sandbox.Quo.Wire;

/// <summary>Ids in Quo's forms that are the same for the same seed.</summary>
internal sealed class QuoIds(int seed)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private readonly Random _random = new(seed);

    /// <summary>A prefix and ten letters: <c>US</c>, <c>PN</c>, <c>AC</c>.</summary>
    public string Next(string prefix) => prefix + new string(_random.GetItems<char>(Letters, 10));

    /// <summary>24 hexadecimal digits: contacts and what belongs to them carry no prefix.</summary>
    public string Bare()
    {
        Span<byte> bytes = stackalloc byte[12];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Digits only: webhooks of the dated surface.</summary>
    public string Digits() => _random.NextInt64(100_000_000_000, 999_999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>32 bytes in base64.</summary>
    public string Secret()
    {
        Span<byte> bytes = stackalloc byte[32];
        _random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
