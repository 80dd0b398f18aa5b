using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Http;

/// <summary>The HTTP side every connector shares: permits before each attempt, retries of what may be retried, rate refusals obeyed.</summary>
/// <remarks>
/// Make one for each connection, with what <see cref="ConnectorParts"/> lends. Each attempt waits for a permit of its budget, then for the provider, 60 s at the
/// most. A 429 is always tried again, after the time the provider names; 5xx, a broken connection and no answer only where the call is idempotent. Six attempts are made.
/// </remarks>
/// <param name="http">Its handler owns connections; it is not disposed here.</param>
/// <param name="baseAddress">Where the API starts; paths of calls are relative to it, with or without its last slash.</param>
/// <param name="permits">From <see cref="Governor.For"/>, with the budgets that calls name.</param>
/// <param name="clock">Measures waits and the patience with an answer.</param>
/// <param name="authorize">Puts the credential on a request. Called for each attempt, so that a rotated key is used at once.</param>
/// <param name="concurrency">As many calls as may be under way at a time; null bounds them by the limits alone.</param>
public sealed class ProviderHttp(HttpMessageInvoker http, Uri baseAddress, CallPermits permits, TimeProvider clock, Action<HttpRequestMessage> authorize, int? concurrency = null)
{
    // Six attempts with 0.5, 1, 2, 4, 8 s between them ride out a restart at the provider; an outage that is longer ends the run as "retry later".
    private const int Retries = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CallsUnderWay? _underWay = concurrency is { } most ? new(most) : null;
    private readonly Uri _base = new(baseAddress.AbsoluteUri.TrimEnd('/') + "/");
    private readonly ResiliencePipeline<Attempt> _retry = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = Retries,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { MayRetry: true }),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(arguments.Outcome.Result!.WaitBefore(arguments.AttemptNumber)),
        })
        .Build();

    /// <summary>Reads refusals that pass from an answer and the number of its attempt, from 1 on; null where the answer is none. Goes before what is done with any provider's 429 and 5xx.</summary>
    /// <remarks>It may throw a <see cref="ProviderException"/> for a refusal that ends the run: the call has had no effect.</remarks>
    public Func<ProviderAnswer, int, PassingRefusal?> Refusals { get; init; } = (_, _) => null;

    /// <summary>The connection's permits, with the count of its calls.</summary>
    public CallPermits Permits => permits;

    /// <summary>Sends a call and returns the provider's answer, whatever its status but 429 and 5xx (501 is returned: what is not implemented stays so).</summary>
    /// <exception cref="LostAnswerException">The outcome of a call that is not idempotent is unknown.</exception>
    /// <exception cref="ProviderException">The provider stayed out of reach; nothing that is not idempotent had an effect.</exception>
    public async Task<ProviderAnswer> SendAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        int attempts = 0;
        Attempt last = await _retry.ExecuteAsync(async token => await TryAsync(call, ++attempts, token), cancellationToken);
        return last switch
        {
            { Answer: { } answer, IsServerFailure: false, IsRefusal: false } when answer.Status != 429 => answer,
            { MayHaveHappened: true } when !call.IsIdempotent => throw new LostAnswerException(call.Operation, last.Trouble),
            _ => throw OutOfReach(call, last),
        };
    }

    private static ProviderException OutOfReach(ProviderCall call, Attempt last) => new($"{call.Operation} failed {Retries + 1} times; the last time: {last.Trouble}.")
    {
        Operation = call.Operation,
        Recovery = Recovery.RetryLater,
        RetryAfter = last.RetryAfter,
        Hint = "The provider or the network is down or overloaded. Nothing is lost: run the sync again later.",
    };

    private Task<Attempt> TryAsync(ProviderCall call, int number, CancellationToken cancellationToken) =>
        _underWay is null ? TryNowAsync(call, number, cancellationToken) : _underWay.InTurnAsync(() => TryNowAsync(call, number, cancellationToken), cancellationToken);

    private async Task<Attempt> TryNowAsync(ProviderCall call, int number, CancellationToken cancellationToken)
    {
        CallPermit permit = await permits.AcquireAsync(call.Budget, call.Weight, call.IsWrite, cancellationToken);
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using HttpRequestMessage request = Request(call);
            Task<HttpResponseMessage> answer = http.SendAsync(request, either.Token);
            permit.Left();
            using HttpResponseMessage response = await answer;
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return Judge(call, number, response, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new() { Trouble = "the connection broke (" + failure.Message + ")", MayHaveHappened = true, MayRetry = call.IsIdempotent };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new() { Trouble = $"no answer within {Patience.TotalSeconds:0} s", MayHaveHappened = true, MayRetry = call.IsIdempotent };
        }
    }

    private Attempt Judge(ProviderCall call, int number, HttpResponseMessage response, byte[] body)
    {
        int status = (int)response.StatusCode;
        ProviderAnswer answer = new(status, body) { Headers = response.Headers };
        if (Refusals(answer, number) is { } refusal) return Refused(call, answer, refusal);
        if (status == 429)
        {
            TimeSpan? wait = RetryAfter.Read(response.Headers, clock.GetUtcNow());
            permits.Throttled(call.Budget, wait);
            return new() { Answer = answer, Trouble = "the rate limit was reached (429)", RetryAfter = wait, MayRetry = true };
        }
        if (status is < 500 or 501 || call.IsAnswer?.Invoke(answer) == true) return new() { Answer = answer };
        return new() { Answer = answer, IsServerFailure = true, MayHaveHappened = true, MayRetry = call.IsIdempotent, Trouble = $"the provider answered {status.ToString(CultureInfo.InvariantCulture)}" };
    }

    private Attempt Refused(ProviderCall call, ProviderAnswer answer, PassingRefusal refusal)
    {
        if (refusal.IsForAll) permits.Throttled(call.Budget, refusal.Wait);
        return new() { Answer = answer, IsRefusal = true, MayRetry = true, Trouble = refusal.Trouble, RetryAfter = refusal.Wait, IsHeldAlone = !refusal.IsForAll };
    }

    private HttpRequestMessage Request(ProviderCall call)
    {
        HttpRequestMessage request = new(call.Method, new Uri(_base, call.Path));
        request.Headers.Accept.Add(new("application/json"));
        if (call.Body is { } body) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(call.ContentType) } };
        authorize(request);
        return request;
    }

    /// <summary>How one attempt ended.</summary>
    private sealed record Attempt
    {
        public ProviderAnswer? Answer { get; init; }

        public bool IsServerFailure { get; init; }

        public bool IsRefusal { get; init; }

        /// <summary>The governor does not know of the wait.</summary>
        public bool IsHeldAlone { get; init; }

        public bool MayHaveHappened { get; init; }

        public bool MayRetry { get; init; }

        public string Trouble { get; init; } = "";

        public TimeSpan? RetryAfter { get; init; }

        // The governor already holds back everybody on a throttled budget, so a throttled call only queues again.
        public TimeSpan WaitBefore(int attempt) => IsHeldAlone ? RetryAfter!.Value : RetryAfter is not null || Answer?.Status == 429 ? TimeSpan.Zero : TimeSpan.FromSeconds(0.5 * Math.Pow(2, attempt));
    }
}
