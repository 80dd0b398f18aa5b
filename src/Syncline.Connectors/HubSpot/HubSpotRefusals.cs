using System.Globalization;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>HubSpot's refusals that pass, and the day's calls: what is left of them is in every answer of a private app or a service key.</summary>
/// <remarks>Source: HubSpot's usage guidelines and error reference, 2026. No answer is documented to say how long to wait; one that does is obeyed.</remarks>
internal sealed class HubSpotRefusals(int reserve, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A record that is locked is so for two seconds.
    private static readonly TimeSpan Locked = TimeSpan.FromMilliseconds(2_500);

    // Longer than this a call is not worth holding a run for.
    private static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _left;
    private DateTimeOffset _resetAt;

    /// <summary>The portal's distance from UTC: its day begins the count of calls anew. Zero until it is known.</summary>
    public TimeSpan Offset { get; set; }

    public PassingRefusal? Read(ProviderAnswer answer, int attempt)
    {
        Note(answer);
        return answer.Status switch
        {
            429 => Limited(answer, attempt),
            423 => new("the record is locked by other writes (423)", Asked(answer) ?? Locked),
            477 => Moving(answer),
            _ => null,
        };
    }

    /// <exception cref="ProviderException">What is left of the day belongs to others. Nothing was sent.</exception>
    public void Check(string operation)
    {
        lock (_gate)
        {
            if (_left is not { } left || left > reserve || clock.GetUtcNow() >= _resetAt) return;
        }
        throw Spent(operation, $"only {_left} calls of the portal's day are left, and daily_reserve keeps {reserve} for other apps");
    }

    private void Note(ProviderAnswer answer)
    {
        if (!long.TryParse(answer.Header("X-HubSpot-RateLimit-Daily-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out long left)) return;
        lock (_gate) (_left, _resetAt) = (left, NextDay());
    }

    private PassingRefusal Limited(ProviderAnswer answer, int attempt)
    {
        string policy = PolicyOf(answer);
        if (policy.Contains("DAILY", StringComparison.OrdinalIgnoreCase)) throw Spent("hubspot.call", "the portal's calls of the day are used up");
        bool isSecondly = policy.Contains("SECONDLY", StringComparison.OrdinalIgnoreCase) && !policy.Contains("TEN_SECONDLY", StringComparison.OrdinalIgnoreCase);
        // Searches are limited for the whole account: others may go on searching, so each further refusal is waited out longer.
        return new("the rate limit was reached (429)", Asked(answer) ?? (isSecondly ? TimeSpan.FromSeconds(attempt) : Interval)) { IsForAll = true };
    }

    private PassingRefusal Moving(ProviderAnswer answer)
    {
        TimeSpan wait = Asked(answer) ?? LongestMove;
        if (wait <= LongestMove) return new("the portal is being moved (477)", wait) { IsForAll = true };
        throw new ProviderException("hubspot.call was refused (477): HubSpot is moving the portal to another data centre.")
        {
            Operation = "hubspot.call",
            Recovery = Recovery.StopRun,
            RetryAfter = wait,
            Hint = string.Create(CultureInfo.InvariantCulture, $"Nothing is lost: run the sync again in {Math.Ceiling(wait.TotalMinutes)} minutes."),
        };
    }

    private ProviderException Spent(string operation, string why)
    {
        DateTimeOffset now = clock.GetUtcNow(), reset = NextDay();
        return new($"{operation}: {why}.")
        {
            Operation = operation,
            Recovery = Recovery.StopRun,
            RetryAfter = reset - now,
            Hint = string.Create(CultureInfo.InvariantCulture, $"The count begins anew at midnight in the portal's time zone, {reset.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Nothing is lost: run the sync again then, or raise the account's limit."),
        };
    }

    private DateTimeOffset NextDay()
    {
        DateTime there = clock.GetUtcNow().UtcDateTime + Offset;
        return new DateTimeOffset(there.Date.AddDays(1) - Offset, TimeSpan.Zero);
    }

    private TimeSpan? Asked(ProviderAnswer answer) => answer.Headers is { } headers ? RetryAfter.Read(headers, clock.GetUtcNow()) : null;

    private static string PolicyOf(ProviderAnswer answer)
    {
        try
        {
            JsonElement body = JsonElement.Parse(answer.Body);
            return HubSpotError.Text(body, "policyName") ?? HubSpotError.Text(body, "message")?.Replace(" ", "_", StringComparison.Ordinal) ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
