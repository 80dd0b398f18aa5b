using System.Globalization;

namespace Syncline.Sandbox.Faults;

/// <summary>Faults in a chosen number, and whether the client kept to the time it was told to wait.</summary>
public sealed class CountedFaults(TimeProvider clock) : IFaultPlan
{
    // Posts that read.
    private static readonly string[] Readings = ["/query", "/search", "/batch/read"];

    private DateTimeOffset _noneBefore;

    /// <summary>Writes that take effect and whose answers are lost.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Calls that fail with 500 before they have an effect.</summary>
    public int Failures { get; set; }

    /// <summary>Calls that are refused with 429 and a date.</summary>
    public int Throttles { get; set; }

    /// <summary>Calls that came before the time a refusal had named.</summary>
    public int CameTooEarly { get; private set; }

    public Fault? Next(string provider, SandboxRequest request)
    {
        if (clock.GetUtcNow() < _noneBefore) CameTooEarly++;
        if (Throttles > 0) return TooFast();
        if (Failures > 0 && Failures-- > 0) return Fault.ServerError;
        bool isWrite = request.Method != "GET" && !Readings.Any(end => request.Path.EndsWith(end, StringComparison.Ordinal));
        return isWrite && LostAnswers > 0 && LostAnswers-- > 0 ? Fault.ResetAfter : null;
    }

    private Fault TooFast()
    {
        Throttles--;
        DateTimeOffset now = clock.GetUtcNow();
        // A date has whole seconds: the first one that is not before now and one second.
        _noneBefore = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(2);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Date"] = now.ToString("R", CultureInfo.InvariantCulture),
            ["Retry-After"] = _noneBefore.ToString("R", CultureInfo.InvariantCulture),
        };
        return new("429", Strike.Before, new(429, """{"status_code":429,"type":"rate_limit_error","code":"rate_limit_exceeded","message":"Rate limit exceeded"}""") { Headers = headers });
    }
}
