using System.Globalization;

namespace Syncline.Connectors.HeyReach;

/// <summary>What one conversation is asked for by, written <c>account:conversation</c> or <c>account:lead:conversation</c>: HeyReach knows no look-up by the conversation alone.</summary>
/// <param name="Account">Our sender.</param>
/// <param name="Lead">The lead's LinkedIn member id, by which the listing finds the conversation; null leaves the chatroom, which lags behind it.</param>
internal sealed record HeyReachThreadId(long Account, string? Lead, string Conversation)
{
    /// <summary>Null for a text that is none.</summary>
    public static HeyReachThreadId? Read(string text) => text.Split(':', 3) switch
    {
        [var account, { Length: > 0 } conversation] when Number(account) is { } number => new(number, null, conversation),
        [var account, var lead, { Length: > 0 } conversation] when Number(account) is { } number => new(number, MemberOf(lead), conversation),
        _ => null,
    };

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : null;

    /// <summary>A member id as HeyReach filters by it: digits; null for anything else.</summary>
    public static string? MemberOf(string? text) => Number(text)?.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Account}:{(Lead is null ? "" : Lead + ":")}{Conversation}");
}
