using System.Globalization;

namespace Syncline.Sandbox.Anthropic.Wire;

/// <summary>What one key has left with one model.</summary>
internal sealed class ModelLimit(AnthropicBehaviour behaviour)
{
    private readonly TokenBucket _requests = new(), _input = new(), _output = new();

    /// <summary>Takes a request and its input, or refuses it and takes nothing.</summary>
    /// <param name="mostOutput">The request's max_tokens.</param>
    public void Admit(int input, int mostOutput, DateTimeOffset now)
    {
        double reserved = behaviour.ReserveMaxTokens ? mostOutput : 1;
        Check(_requests.Wait(1, behaviour.RequestsPerMinute, now), "requests per minute");
        Check(_input.Wait(input, behaviour.InputTokensPerMinute, now), "input tokens per minute");
        Check(_output.Wait(reserved, behaviour.OutputTokensPerMinute, now), "output tokens per minute");
        _requests.Take(1, behaviour.RequestsPerMinute, now);
        _input.Take(input, behaviour.InputTokensPerMinute, now);
    }

    public void Produced(int output, DateTimeOffset now) => _output.Take(output, behaviour.OutputTokensPerMinute, now);

    public Dictionary<string, string> Headers(DateTimeOffset now)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        _requests.Tell(headers, "requests", behaviour.RequestsPerMinute, now);
        _input.Tell(headers, "input-tokens", behaviour.InputTokensPerMinute, now);
        _output.Tell(headers, "output-tokens", behaviour.OutputTokensPerMinute, now);
        int Sum(string part) => int.Parse(headers[$"anthropic-ratelimit-input-tokens-{part}"], CultureInfo.InvariantCulture) + int.Parse(headers[$"anthropic-ratelimit-output-tokens-{part}"], CultureInfo.InvariantCulture);
        headers["anthropic-ratelimit-tokens-limit"] = $"{Sum("limit")}";
        headers["anthropic-ratelimit-tokens-remaining"] = $"{Sum("remaining")}";
        headers["anthropic-ratelimit-tokens-reset"] = headers["anthropic-ratelimit-input-tokens-reset"];
        return headers;
    }

    private static void Check(TimeSpan wait, string what)
    {
        if (wait > TimeSpan.Zero) throw Refuse.Throttled($"{what}", (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds)));
    }
}
