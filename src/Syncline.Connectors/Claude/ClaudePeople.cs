using Syncline.Connectors.Http;
using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>What a first message to a person can build on, written by a language model from the facts of the hub.</summary>
/// <remarks>Answers are never the same twice, so that an answer holds until the facts change.</remarks>
internal sealed class ClaudePeople(ClaudeApi api, ClaudeBatches batches, ClaudeOptions options) : IBatchEnricher
{
    private readonly CallsUnderWay _underWay = new(options.Concurrency);

    public string Connection => options.Connection;

    public RecordKind Kind => RecordKind.Person;

    public IReadOnlyList<string> Fields { get; } = ["pain_points", "personalization_hooks", "enrichment_summary", "enrichment_confidence"];

    // Each question is a call of its own; some at a time keep what a crash leaves uncommitted small.
    public int Batch => 2 * options.Concurrency;

    public string Unit => "USD";

    public int? BatchFrom => options.BatchFrom;

    public int MostInBatch => ClaudeOptions.MostInBatch;

    public TimeSpan BatchTakes => TimeSpan.FromHours(1);

    public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => questions.Sum(MostForOne);

    public decimal MostForBatch(IReadOnlyList<EnrichmentQuestion> questions) => MostFor(questions) / 2;

    public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company) => ClaudeFacts.Of(record, company) is { } facts ? new(KeyOf(record), facts) : null;

    public async Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        ClaudeReply[] replies = await Task.WhenAll(questions.Select(q => _underWay.InTurnAsync(() => api.AskAsync(q, cancellationToken), cancellationToken)));
        // Only where nothing was answered and nothing charged is it a failure of the run; else the next call meets it again.
        if (replies.Length > 0 && replies.All(r => r is ClaudeReply.Refused)) throw ((ClaudeReply.Refused)replies[0]).Failure;
        decimal spent = replies.Select((reply, i) => reply switch
        {
            ClaudeReply.Said said => said.Cost,
            ClaudeReply.Lost => MostForOne(questions[i]),
            _ => 0,
        }).Sum();
        return new([.. replies.Select(AnswerOf)], spent);
    }

    public Task<string?> SubmitAsync(SentBatch batch, IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken) => batches.CreateAsync(batch, questions, cancellationToken);

    public Task<BatchSearch> FindAsync(SentBatch batch, IReadOnlySet<string> known, CancellationToken cancellationToken) => batches.FindAsync(batch, known, cancellationToken);

    public Task<BatchAnswers?> CollectAsync(string id, SentBatch batch, CancellationToken cancellationToken) => batches.CollectAsync(id, batch, AnswerOf, cancellationToken);

    private static EnrichmentAnswer AnswerOf(ClaudeReply reply) => reply switch
    {
        // What stopped the model comes before what it wrote: a text that was cut off, or a refusal, is no JSON.
        ClaudeReply.Said { StopReason: "end_turn" or "stop_sequence" } said => ClaudePrompt.Read(said.Text) switch
        {
            null => new EnrichmentAnswer.Failed("unreadable", "The answer is not the JSON that was asked for."),
            { Count: 0 } => new EnrichmentAnswer.Miss(),
            var fields => new EnrichmentAnswer.Known(fields),
        },
        ClaudeReply.Said { StopReason: "refusal" } => new EnrichmentAnswer.Failed("refusal", "The model declined to answer about this person.") { IsFinal = true },
        ClaudeReply.Said { StopReason: "max_tokens" } => new EnrichmentAnswer.Failed("max_tokens", "The answer was cut off: raise max_tokens, or lower effort."),
        ClaudeReply.Said said => new EnrichmentAnswer.Failed("stopped", $"The model stopped for another reason than the end ({said.StopReason})."),
        ClaudeReply.Lost lost => new EnrichmentAnswer.Failed(lost.Code, $"{lost.Reason} It may have been charged, and is counted as spent."),
        ClaudeReply.Refused refused => new EnrichmentAnswer.Failed("refused", refused.Failure.Message),
        _ => throw new InvalidOperationException("There is no other reply."),
    };

    private decimal MostForOne(EnrichmentQuestion question) => options.Cost(ClaudePrompt.Overhead + ClaudeFacts.MostTokens(ClaudePrompt.UserText(question)), options.MaxTokens);

    private static string KeyOf(GoldenRecord person) =>
        (person.Fields["linkedin"] ?? person.Fields["email"] ?? person.Fields["external_id"])?.Items[0].Text ?? person.Reference.Text;
}
