using System.Net.Http;
using System.Net.Http.Headers;

namespace Syncline.Connectors.Http;

/// <summary>One call to a provider, before it has become a request.</summary>
/// <param name="Operation">As <c>provider.stream.verb</c>, for errors and the log: <c>attio.people.query</c>.</param>
/// <param name="Path">Relative to the connection's base, with its query, already percent-encoded; no leading slash.</param>
/// <param name="Budget">The rate budget it spends from.</param>
public sealed record ProviderCall(string Operation, HttpMethod Method, string Path, string Budget)
{
    /// <summary>The body, UTF-8; null sends none.</summary>
    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>True when carrying it out twice leaves the provider as once: only then is an unknown outcome repeated.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Permits of its budget that it takes: more than one where the provider counts the records of a call and not the call.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Tells a 5xx that is the provider's considered answer (a record it will not change) from a failure: it is returned, and not tried again. Null where there is none.</summary>
    public Func<ProviderAnswer, bool>? IsAnswer { get; init; }

    /// <summary>Counted as a write in the tally of a run; says nothing about its budget.</summary>
    public bool IsWrite { get; init; }
}

/// <summary>What a provider answered: any status but those that were retried away.</summary>
public sealed record ProviderAnswer(int Status, byte[] Body)
{
    internal HttpResponseHeaders? Headers { get; init; }

    /// <summary>Any status from 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The first value of a header; null when the answer has none of that name.</summary>
    public string? Header(string name) => Headers is { } headers && headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    /// <summary>The body as text, for an error message; cut at 300 characters.</summary>
    public string Excerpt
    {
        get
        {
            string text = System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 1200)));
            return text.Length <= 300 ? text : text[..300];
        }
    }
}

/// <summary>A provider's word that a call was not carried out, for a reason that passes: it is made again.</summary>
/// <param name="Trouble">For the message, should it be the last attempt.</param>
/// <param name="Wait">Before the next attempt.</param>
public sealed record PassingRefusal(string Trouble, TimeSpan Wait)
{
    /// <summary>True for a rate limit: every call of the budget waits. False holds up this call alone.</summary>
    public bool IsForAll { get; init; }
}

/// <summary>A call that is not idempotent left and its answer never came: it may have had its effect or not.</summary>
/// <remarks>A connector turns it into <see cref="Loading.WriteOutcome.Unknown"/>: the engine then reads back before it decides.</remarks>
public sealed class LostAnswerException(string operation, string reason) : Exception($"{operation}: {reason}; whether it took effect is not known.");
