using System.Net;
using System.Net.Http;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>What became of one question.</summary>
internal abstract record ClaudeReply
{
    private ClaudeReply() { }

    /// <param name="StopReason">In the API's words, <c>end_turn</c>.</param>
    /// <param name="Cost">USD, from the tokens that the answer counts.</param>
    public sealed record Said(string StopReason, string Text, decimal Cost) : ClaudeReply;

    /// <summary>No answer, or none that can be read: it may have been charged.</summary>
    public sealed record Lost(string Code, string Reason) : ClaudeReply;

    /// <summary>Not taken in, and not charged.</summary>
    public sealed record Refused(ProviderException Failure) : ClaudeReply;
}

/// <summary>The Messages API through the official client. It repeats nothing on its own: its retries would sleep as long as a refusal asks, and repeat what may have been charged.</summary>
/// <remarks>Source: package Anthropic 13.11.0, which sends API version 2026-10-21; platform.claude.com, read 2026-11.</remarks>
internal sealed class ClaudeApi : IDisposable
{
    // A refusal for rate or load is not charged. So often it is tried again, and only where the wait is bearable.
    private const int Attempts = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly ClaudeOptions _options;
    private readonly CallPermits _permits;
    private readonly TimeProvider _clock;
    private readonly ClaudeTransport _transport;
    private readonly HttpClient _http;
    private readonly AnthropicClient _client;
    private readonly Func<string> _key;

    /// <param name="key">Asked at each call, so that a rotated key is taken up by the next one.</param>
    public ClaudeApi(ClaudeOptions options, ConnectorParts parts, CallPermits permits, Func<string> key)
    {
        (_options, _permits, _clock, _key) = (options, permits, parts.Clock, key);
        _transport = new(parts.Http, parts.Clock);
        _http = new(_transport, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        // A key must be there from the start, or the client looks for one in the environment.
        _client = new() { HttpClient = _http, BaseUrl = options.BaseAddress.AbsoluteUri, ApiKey = "unset", MaxRetries = 0, Timeout = options.Timeout + TimeSpan.FromSeconds(30) };
    }

    /// <summary>Begins a call; what it is refused with is told by the object it gives back.</summary>
    public ClaudeTransport.Refusal Begin() => _transport.Begin();

    public async Task<ClaudeReply> AskAsync(EnrichmentQuestion question, CancellationToken cancellationToken)
    {
        string text = ClaudePrompt.UserText(question);
        int kilotokens = 1 + ((ClaudePrompt.Overhead + (ClaudeFacts.MostTokens(text) / 3) + _options.MaxTokens) / 1000);
        for (int attempt = 1; ; attempt++)
        {
            await _permits.AcquireAsync(ClaudeOptions.Kilotokens, Math.Min(kilotokens, _options.KilotokensPerMinute), isWrite: false, cancellationToken);
            ClaudeTransport.Refusal refusal = _transport.Begin();
            (ClaudeReply reply, bool isBusy) = await TryAsync(text, refusal, cancellationToken);
            if (!isBusy || attempt == Attempts || refusal.Wait > LongestWait) return reply;
        }
    }

    /// <summary>The key's test, which costs nothing.</summary>
    /// <returns>True when the model is among those that the key may use.</returns>
    /// <exception cref="ProviderException">The key is refused, or nothing answers.</exception>
    public async Task<bool> KnowsModelAsync(CancellationToken cancellationToken)
    {
        ClaudeTransport.Refusal refusal = _transport.Begin();
        try
        {
            await Client.Models.Retrieve(_options.Model, cancellationToken: cancellationToken);
            return true;
        }
        catch (AnthropicApiException failure) when (failure.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
        catch (AnthropicApiException failure)
        {
            throw ClaudeErrors.Of(failure, refusal.Wait);
        }
        catch (AnthropicIOException)
        {
            throw ClaudeErrors.OutOfReach();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _transport.Dispose();
    }

    /// <summary>With the key as it is now.</summary>
    public IAnthropicClient Client => _client.WithOptions(o => o with { ApiKey = _key() });

    private async Task<(ClaudeReply Reply, bool IsBusy)> TryAsync(string text, ClaudeTransport.Refusal refusal, CancellationToken cancellationToken)
    {
        CallPermit permit = await _permits.AcquireAsync(ClaudeOptions.Requests, isWrite: false, cancellationToken);
        using CancellationTokenSource patience = new(_options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            permit.Left();
            return (Read(await Client.Messages.Create(Question(text), either.Token)), false);
        }
        catch (AnthropicApiException failure)
        {
            return Judge(failure, refusal.Wait);
        }
        catch (AnthropicInvalidDataException)
        {
            return (new ClaudeReply.Lost("unreadable", "The answer is not what the API documents."), false);
        }
        catch (AnthropicIOException)
        {
            return (new ClaudeReply.Lost("lost_answer", "The connection broke before the answer was there."), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new ClaudeReply.Lost("timeout", $"No answer within {_options.Timeout.TotalSeconds:0} s."), false);
        }
    }

    private (ClaudeReply Reply, bool IsBusy) Judge(AnthropicApiException failure, TimeSpan? wait)
    {
        bool isBusy = ClaudeErrors.IsBusy(failure);
        if (isBusy) _permits.Throttled(ClaudeOptions.Requests, wait);
        bool mayHaveRun = (int)failure.StatusCode >= 500 && !isBusy;
        return mayHaveRun ? (new ClaudeReply.Lost($"http_{(int)failure.StatusCode}", "The API failed while it answered."), false) : (new ClaudeReply.Refused(ClaudeErrors.Of(failure, wait)), isBusy);
    }

    private MessageCreateParams Question(string text) => new()
    {
        Model = _options.Model,
        MaxTokens = _options.MaxTokens,
        System = ClaudePrompt.System,
        Messages = [new UserMessageParam { Content = text }],
        OutputConfig = Form(),
    };

    // Built here and not inferred from a type: the client's own way drops the effort.
    public OutputConfig Form()
    {
        JsonOutputFormat format = new() { Schema = ClaudePrompt.Schema };
        return _options.Effort is { } effort ? new() { Format = format, Effort = effort } : new() { Format = format };
    }

    /// <summary>What a message says, at the full price.</summary>
    public ClaudeReply.Said Read(Message message)
    {
        string text = string.Concat(message.Content.Select(block => block.TryPickText(out TextBlock? said) ? said.Text : ""));
        Usage usage = message.Usage;
        decimal tokensIn = usage.InputTokens + (1.25m * (usage.CacheCreationInputTokens ?? 0)) + (0.1m * (usage.CacheReadInputTokens ?? 0));
        return new(message.StopReason?.Raw() ?? "", text, _options.Cost(tokensIn, usage.OutputTokens));
    }
}
