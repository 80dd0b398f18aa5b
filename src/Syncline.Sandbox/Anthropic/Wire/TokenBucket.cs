using System.Globalization;

namespace Syncline.Sandbox.Anthropic.Wire;

/// <summary>So many a minute, filled evenly. What was not known beforehand is taken afterwards and may leave a debt.</summary>
internal sealed class TokenBucket
{
    private double _level = double.MaxValue;
    private DateTimeOffset _filledAt;

    /// <summary>How long to wait until that much can be taken; zero for at once. What is more than all asks for a full bucket.</summary>
    public TimeSpan Wait(double amount, int perMinute, DateTimeOffset now)
    {
        Fill(perMinute, now);
        double missing = Math.Min(amount, perMinute) - _level;
        // A thousandth of a token is a rounding, not a lack.
        return missing > 0.001 ? TimeSpan.FromMinutes(missing / perMinute) : TimeSpan.Zero;
    }

    public void Take(double amount, int perMinute, DateTimeOffset now)
    {
        Fill(perMinute, now);
        _level -= amount;
    }

    public void Tell(Dictionary<string, string> headers, string name, int perMinute, DateTimeOffset now)
    {
        Fill(perMinute, now);
        string prefix = $"anthropic-ratelimit-{name}-";
        headers[prefix + "limit"] = perMinute.ToString(CultureInfo.InvariantCulture);
        headers[prefix + "remaining"] = Math.Max(0, Math.Floor(_level + 0.001)).ToString(CultureInfo.InvariantCulture);
        DateTimeOffset full = now + TimeSpan.FromMinutes(Math.Max(0, perMinute - _level) / perMinute);
        headers[prefix + "reset"] = full.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private void Fill(int perMinute, DateTimeOffset now)
    {
        _level = Math.Min(perMinute, _level + ((now - _filledAt).TotalMinutes * perMinute));
        _filledAt = now;
    }
}
