using System.Globalization;
using System.Net;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Anthropic.Models.Messages.Batches;
using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Records;
using BatchedQuestion = Anthropic.Models.Messages.Batches.Request;

namespace Syncline.Connectors.Claude;

/// <summary>The Message Batches API: many questions in one call, answered within a day at half the price.</summary>
/// <remarks>
/// Source: platform.claude.com, "Batch processing", read 2026-11. A creation takes no idempotency key, and a list shows of a batch its times and how many requests it holds; what they were called is in the results,
/// which are there when it has ended. A batch whose creation was not answered is therefore told by those names, and not before its end.
/// </remarks>
internal sealed class ClaudeBatches(ClaudeApi api, ClaudeOptions options, CallPermits permits, TimeProvider clock)
{
    private const string Create = "claude.batches.create", Read = "claude.batches.read", List = "claude.batches.list";

    // Batches a page of the list, at most 1,000; a few at a time would do, as the newest come first.
    private const int PageSize = 100;

    /// <summary>A batch whose creation was not answered may turn up this much later; before that, not being listed proves nothing.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(15);

    /// <summary>How far this machine's clock may be from theirs. Wide: a wrong number of requests or a wrong name tells other batches apart as well.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    /// <summary>Batches end within a day. One that the key does not know is believed to come back, with the key it was made with, for so long.</summary>
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(3);

    /// <returns>Null when the answer was lost.</returns>
    public async Task<string?> CreateAsync(SentBatch sent, IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        BatchCreateParams batch = new() { Requests = [.. questions.Select((question, position) => new BatchedQuestion { CustomID = NameOf(sent, position), Params = Question(question) })] };
        CallPermit permit = await permits.AcquireAsync(ClaudeOptions.Requests, isWrite: false, cancellationToken);
        ClaudeTransport.Refusal refusal = api.Begin();
        using CancellationTokenSource patience = new(options.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            permit.Left();
            return (await api.Client.Messages.Batches.Create(batch, either.Token)).ID;
        }
        catch (AnthropicApiException failure)
        {
            bool mayBeThere = (int)failure.StatusCode >= 500 && !ClaudeErrors.IsBusy(failure);
            return mayBeThere ? null : throw Refused(failure, refusal, Create);
        }
        catch (Exception lost) when (lost is AnthropicIOException or AnthropicInvalidDataException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Looks among the batches of that time, with that many requests, for one whose results bear the batch's tag.</summary>
    /// <param name="known">Ids of other batches.</param>
    public async Task<BatchSearch> FindAsync(SentBatch sent, IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        bool isOpen = clock.GetUtcNow() - sent.At < Settles;
        string? unreadable = null;
        foreach (Listed batch in (await ListAsync(sent.At - Skew, cancellationToken)).Where(b => b.Requests == sent.Questions && !known.Contains(b.Id)))
        {
            if (!batch.HasEnded) isOpen = true;
            else if (batch.IsArchived) unreadable ??= batch.Id;
            else if (await HoldsAsync(batch.Id, sent, cancellationToken)) return new(true, batch.Id);
        }
        // One whose results are gone may be it: it is taken for it, and all it may have cost for spent.
        return unreadable is not null ? new(true, unreadable) : new(!isOpen, null);
    }

    /// <summary>What became of each question, by its place, with what it cost; null while the batch is under way.</summary>
    /// <param name="judge">Given a question's message, its answer.</param>
    public async Task<BatchAnswers?> CollectAsync(string id, SentBatch sent, Func<ClaudeReply, EnrichmentAnswer> judge, CancellationToken cancellationToken)
    {
        Listed? batch = await CallAsync<Listed?>(Read, async (client, token) => Show(await client.Messages.Batches.Retrieve(id, cancellationToken: token)), cancellationToken);
        if (batch is null && clock.GetUtcNow() - sent.At < GivesUpAfter) throw Unknown(id);
        if (batch is { HasEnded: false }) return null;
        Dictionary<int, EnrichmentAnswer> answers = [];
        decimal spent = 0;
        if (batch is { IsArchived: false })
        {
            foreach ((int position, MessageBatchResult result) in await ResultsAsync(id, sent, int.MaxValue, cancellationToken))
            {
                if (AnswerOf(result, judge) is not var (answer, cost)) continue;
                answers[position] = answer;
                spent += cost;
            }
        }
        return new(answers, spent);
    }

    private static string NameOf(SentBatch sent, int position) => string.Create(CultureInfo.InvariantCulture, $"{sent.Tag}-{position}");

    private Params Question(EnrichmentQuestion question) => new()
    {
        Model = options.Model,
        MaxTokens = options.MaxTokens,
        System = ClaudePrompt.System,
        Messages = [new UserMessageParam { Content = ClaudePrompt.UserText(question) }],
        OutputConfig = api.Form(),
    };

    private async Task<List<Listed>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        List<Listed> found = [];
        for (BatchListPage? page = null; page is null || page.HasNext();)
        {
            BatchListPage? before = page;
            page = await CallAsync(List, (client, token) => before is null ? client.Messages.Batches.List(new() { Limit = PageSize }, token) : before.Next(token), cancellationToken);
            Listed[] shown = page is null ? [] : [.. page.Items.Select(Show)];
            found.AddRange(shown.Where(b => b.CreatedAt >= since));
            // The newest come first.
            if (page is null || shown.Length == 0 || shown[^1].CreatedAt < since) break;
        }
        return found;
    }

    private async Task<bool> HoldsAsync(string id, SentBatch sent, CancellationToken cancellationToken) => (await ResultsAsync(id, sent, most: 1, cancellationToken)).Count > 0;

    /// <summary>The results that bear the batch's tag, by the place of their question.</summary>
    private async Task<IReadOnlyList<(int Position, MessageBatchResult Result)>> ResultsAsync(string id, SentBatch sent, int most, CancellationToken cancellationToken) =>
        await CallAsync(Read, async (client, token) =>
        {
            List<(int, MessageBatchResult)> results = [];
            await foreach (MessageBatchIndividualResponse line in client.Messages.Batches.ResultsStreaming(id, cancellationToken: token))
            {
                if (PositionOf(line.CustomID, sent) is { } position) results.Add((position, line.Result));
                if (results.Count == most) break;
            }
            return results;
        }, cancellationToken) ?? [];

    private static int? PositionOf(string name, SentBatch sent) =>
        name.StartsWith(sent.Tag + "-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(sent.Tag.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position < sent.Questions ? position : null;

    /// <summary>Null when it cannot be read: what it cost is not known then.</summary>
    private (EnrichmentAnswer Answer, decimal Cost)? AnswerOf(MessageBatchResult result, Func<ClaudeReply, EnrichmentAnswer> judge)
    {
        try
        {
            if (result.TryPickSucceeded(out MessageBatchSucceededResult? succeeded))
            {
                ClaudeReply.Said said = api.Read(succeeded.Message);
                return (judge(said), said.Cost / 2);
            }
            if (result.TryPickErrored(out MessageBatchErroredResult? errored)) return (Errored(errored.Error.Error.Type.Raw()), 0);
            if (result.TryPickExpired(out _)) return (new EnrichmentAnswer.Failed("expired", "The batch ended, after a day, before this question's turn. Nothing was charged; it is asked again."), 0);
            return result.TryPickCanceled(out _) ? (new EnrichmentAnswer.Failed("canceled", "The batch was cancelled at platform.claude.com before this question's turn. Nothing was charged; it is asked again."), 0) : null;
        }
        catch (AnthropicInvalidDataException)
        {
            return null;
        }
    }

    private static EnrichmentAnswer.Failed Errored(string type) => type == "invalid_request_error"
        ? new(type, "The API refused this question in a batch as invalid; nothing was charged. The model may not know the effort that is set, or max_tokens is too high for it: mend it, then 'syncline enrich --retry'.") { IsFinal = true }
        : new(type, $"The API failed on this question in a batch ({type}). Nothing was charged; it is asked again.");

    /// <returns>The default when the API knows no such batch.</returns>
    private async Task<T?> CallAsync<T>(string operation, Func<IAnthropicClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        CallPermit permit = await permits.AcquireAsync(ClaudeOptions.Requests, isWrite: false, cancellationToken);
        ClaudeTransport.Refusal refusal = api.Begin();
        using CancellationTokenSource patience = new(options.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            permit.Left();
            return await call(api.Client, either.Token);
        }
        catch (AnthropicApiException failure) when (failure.StatusCode == HttpStatusCode.NotFound && operation == Read)
        {
            return default;
        }
        catch (AnthropicApiException failure)
        {
            throw Refused(failure, refusal, operation);
        }
        catch (Exception lost) when (lost is AnthropicIOException or AnthropicInvalidDataException || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw ClaudeErrors.OutOfReach(operation);
        }
    }

    private ProviderException Refused(AnthropicApiException failure, ClaudeTransport.Refusal refusal, string operation)
    {
        if (ClaudeErrors.IsBusy(failure)) permits.Throttled(ClaudeOptions.Requests, refusal.Wait);
        return ClaudeErrors.Of(failure, refusal.Wait, operation);
    }

    private static ProviderException Unknown(string id) => new($"{Read}: the key knows no batch {id}.")
    {
        Operation = Read,
        Recovery = Recovery.RetryLater,
        Hint = $"A batch is seen by keys of the workspace it was made in: set such a key as api_key. Three days after it was sent it is given up, counted as spent, and its questions are asked again.",
    };

    private static Listed Show(MessageBatch batch)
    {
        MessageBatchRequestCounts counts = batch.RequestCounts;
        return new(batch.ID, batch.CreatedAt, batch.ProcessingStatus.Raw() == "ended", batch.ArchivedAt is not null, counts.Processing + counts.Succeeded + counts.Errored + counts.Canceled + counts.Expired);
    }

    /// <summary>What the API shows of a batch.</summary>
    private sealed record Listed(string Id, DateTimeOffset CreatedAt, bool HasEnded, bool IsArchived, long Requests);
}
