using System.Globalization;
using System.Text;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>One page of a list.</summary>
/// <param name="Next">The token for the next page; null on the last.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record Slice<T>(IReadOnlyList<T> Items, string? Next, int Total);

/// <summary>Cuts lists into pages whose tokens name the last row given, so that rows that come or go between two pages shift nothing.</summary>
internal static class Paging
{
    /// <param name="rows">In the order of <paramref name="place"/>, rising or falling.</param>
    /// <param name="place">A number that never changes and that no two rows share.</param>
    public static Slice<T> Cut<T>(IEnumerable<T> rows, Func<T, long> place, int most, string? token, string tokenPath, bool falling = false)
    {
        List<T> all = [.. rows];
        long? after = token is null ? null : Read(token) ?? throw Refuse.Bad(tokenPath, "is not a token of this list", token);
        List<T> rest = after is { } last ? all.FindAll(r => falling ? place(r) < last : place(r) > last) : all;
        List<T> items = rest.Count > most ? rest.GetRange(0, most) : rest;
        return new(items, rest.Count > most ? Write(place(items[^1])) : null, all.Count);
    }

    private static string Write(long place) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"after:{place}")));

    private static long? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (!Convert.TryFromBase64String(token, bytes, out int length)) return null;
        string[] parts = Encoding.ASCII.GetString(bytes[..length]).Split(':');
        return parts is ["after", string number] && long.TryParse(number, CultureInfo.InvariantCulture, out long place) ? place : null;
    }
}
