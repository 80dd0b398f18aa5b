using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>One call of the engine: who is asked about, what has been learnt of each, and what it has cost so far.</summary>
/// <param name="what"><c>businesses</c> or <c>prospects</c>.</param>
/// <param name="idName">What an id is called in answers.</param>
/// <param name="idForm">The form of an id; one of another form in a list has the whole list refused.</param>
internal sealed class ExploriumRound(ExploriumApi api, string what, string idName, Regex idForm, IReadOnlyList<EnrichmentQuestion> questions)
{
    // So many records that Explorium will not take are put aside one by one before the rest is given up for this time.
    private const int MostBlamed = 3;

    private readonly EnrichmentAnswer?[] _answers = new EnrichmentAnswer?[questions.Count];
    private readonly string?[] _ids = new string?[questions.Count];
    private readonly FieldSet[] _facts = [.. questions.Select(_ => FieldSet.Empty)];

    public decimal Spent { get; private set; }

    private bool HasFacts => _facts.Any(f => f.Count > 0);

    /// <summary>Those that have been found and not failed since.</summary>
    private IReadOnlyList<string> Found => [.. _ids.Where((id, i) => id is not null && _answers[i] is null).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Finds the ids. Misses and what is refused are settled by it.</summary>
    /// <param name="ask">The question as the request holds it.</param>
    /// <param name="isEcho">True when the echo of an answer is of that question.</param>
    public async Task MatchAsync(Func<EnrichmentQuestion, JsonObject> ask, Func<EnrichmentQuestion, JsonElement, bool> isEcho, decimal price, CancellationToken cancellationToken)
    {
        for (int blamed = 0; ; blamed++)
        {
            int[] open = [.. Enumerable.Range(0, questions.Count).Where(i => _answers[i] is null)];
            if (open.Length == 0) return;
            ExploriumAnswer answer = await api.MatchAsync(what, new JsonArray([.. open.Select(i => (JsonNode)ask(questions[i]))]), cancellationToken);
            if (answer is ExploriumAnswer.Refused { Error: { Status: 422, At: { } at } error } && at < open.Length && blamed < MostBlamed)
            {
                _answers[open[at]] = new EnrichmentAnswer.Failed("http_422", $"Explorium does not take what it is asked with: {error.Reason}") { IsFinal = true };
                continue;
            }
            if (Settle(answer, open.Length * price) is { } said) Read(said, open, isEcho);
            return;
        }
    }

    /// <summary>Learns one kind of facts about all that were found.</summary>
    public async Task LearnAsync(string route, JsonObject? parameters, Func<JsonElement, FieldSet> read, decimal price, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = Found;
        if (ids.Count == 0) return;
        ExploriumAnswer answer = await api.EnrichAsync(what, route, ids, parameters, cancellationToken);
        if (Settle(answer, ids.Count * price) is not { } said) return;
        // By id and never by place: rows come in any order, some are missing, some are nobody's.
        Dictionary<string, FieldSet> rows = new(StringComparer.Ordinal);
        foreach (JsonElement row in said.Items("data"))
        {
            if (row.Text(idName) is { } id && row.Part("data") is { } data) rows[id] = rows.GetValueOrDefault(id, FieldSet.Empty).With(read(data));
        }
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] is { } id && rows.TryGetValue(id, out FieldSet? facts)) _facts[i] = _facts[i].With(facts);
        }
    }

    public EnrichmentAnswers Close() => new([.. _answers.Select((answer, i) =>
        // What has been paid for is kept, though a later call about it failed.
        _facts[i].Count > 0 ? new EnrichmentAnswer.Known(_facts[i]) : answer ?? new EnrichmentAnswer.Miss())], Spent);

    /// <summary>Books what a call cost; null when it told nothing, and then everybody still open has failed.</summary>
    private JsonElement? Settle(ExploriumAnswer answer, decimal most)
    {
        switch (answer)
        {
            case ExploriumAnswer.Said said:
                Spent += said.Charged ?? most;
                return said.Body;
            case ExploriumAnswer.Lost lost:
                Spent += most;
                FailAll(new("lost_answer", $"{lost.Reason}. It may have been charged, and is counted as spent."));
                return null;
            // Facts that are in hand already go back to the engine first; its next question meets the same failure, and ends the run.
            case ExploriumAnswer.Unreached { Failure: var failure }:
                if (!HasFacts) throw failure;
                FailAll(new("out_of_reach", failure.Message));
                return null;
            case ExploriumAnswer.Refused { Error: var error }:
                if (!HasFacts && error.Status is not 422) throw error.Failure($"explorium.{what}");
                FailAll(new(error.IsOutOfCredits ? "out_of_credits" : $"http_{error.Status}", $"Explorium refused this: {error.Reason}"));
                return null;
            default:
                return null;
        }
    }

    private void FailAll(EnrichmentAnswer.Failed failure)
    {
        for (int i = 0; i < _answers.Length; i++) _answers[i] ??= failure;
    }

    private void Read(JsonElement said, int[] open, Func<EnrichmentQuestion, JsonElement, bool> isEcho)
    {
        JsonElement[] rows = [.. said.Items($"matched_{what}")];
        for (int at = 0; at < open.Length; at++)
        {
            JsonElement? row = RowOf(rows, at, open.Length, echo => isEcho(questions[open[at]], echo));
            string? id = row?.Text(idName);
            _ids[open[at]] = id is not null && idForm.IsMatch(id) ? id : null;
            if (_ids[open[at]] is null) _answers[open[at]] = Unmatched(row);
        }
    }

    private static JsonElement? RowOf(JsonElement[] rows, int at, int asked, Func<JsonElement, bool> isEcho)
    {
        JsonElement[] echoed = [.. rows.Where(r => r.Part("input") is { } echo && isEcho(echo))];
        if (echoed.Length > 0) return echoed[0];
        return rows.Length == asked && rows[at].Part("input") is null ? rows[at] : null;
    }

    // Without an id, or with an error in its place, it is not known there. No row at all is no answer.
    private static EnrichmentAnswer Unmatched(JsonElement? row) =>
        row is null ? new EnrichmentAnswer.Failed("not_answered", "Explorium's answer leaves this one out.") : new EnrichmentAnswer.Miss();
}
