using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>What became of a call that may have been charged.</summary>
internal abstract record ExploriumAnswer
{
    private ExploriumAnswer() { }

    /// <param name="Charged">Credits that the answer says it cost; null when it does not say.</param>
    public sealed record Said(JsonElement Body, decimal? Charged) : ExploriumAnswer;

    public sealed record Refused(ExploriumError Error) : ExploriumAnswer;

    /// <summary>No answer came, or none that can be read: it may have been charged.</summary>
    public sealed record Lost(string Reason) : ExploriumAnswer;

    /// <summary>It was never taken in, whatever was tried: nothing was charged.</summary>
    public sealed record Unreached(ProviderException Failure) : ExploriumAnswer;
}

/// <summary>Explorium's API, as far as companies and people are looked up. Nothing is ever repeated that may have been charged; a rate refusal is not.</summary>
/// <remarks>Source: Explorium's OpenAPI document 0.2.273 and developers.explorium.ai, read 2026-11.</remarks>
internal sealed class ExploriumApi(ProviderHttp http, ExploriumOptions options)
{
    // What the object is called inside is not documented; any of these words, where one is there.
    private static readonly string[] ChargeWords = ["credits_used", "credits_charged", "total_credits", "credits"];

    /// <summary>Finds companies or people. Answers come in the order of the questions, each with its question.</summary>
    public Task<ExploriumAnswer> MatchAsync(string what, JsonArray wanted, CancellationToken cancellationToken)
    {
        JsonObject body = new() { [$"{what}_to_match"] = wanted };
        return PostAsync($"explorium.{what}.match", $"{what}/match", body, wanted.Count, cancellationToken);
    }

    /// <summary>Facts by id, in no order, with gaps.</summary>
    public Task<ExploriumAnswer> EnrichAsync(string what, string route, IReadOnlyCollection<string> ids, JsonObject? parameters, CancellationToken cancellationToken)
    {
        JsonObject body = new() { [what == "businesses" ? "business_ids" : "prospect_ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };
        if (parameters is not null) body["parameters"] = parameters;
        return PostAsync($"explorium.{what}.{route}", $"{what}/{route}/bulk_enrich", body, ids.Count, cancellationToken);
    }

    /// <summary>The account's credits; costs none.</summary>
    public Task<ProviderAnswer> CreditsAsync(CancellationToken cancellationToken) =>
        http.SendAsync(new("explorium.credits.read", HttpMethod.Get, $"{options.Version}/credits", ExploriumOptions.Budget) { IsIdempotent = true }, cancellationToken);

    private async Task<ExploriumAnswer> PostAsync(string operation, string path, JsonObject body, int entities, CancellationToken cancellationToken)
    {
        try
        {
            ProviderCall call = new(operation, HttpMethod.Post, $"{options.Version}/{path}", ExploriumOptions.Budget) { Body = Encoding.UTF8.GetBytes(body.ToJsonString()), Weight = entities };
            ProviderAnswer answer = await http.SendAsync(call, cancellationToken);
            if (!answer.IsSuccess) return new ExploriumAnswer.Refused(ExploriumError.Of(answer));
            return JsonParts.Read(answer.Body) is { ValueKind: JsonValueKind.Object } said ? new ExploriumAnswer.Said(said, ChargeOf(said)) : new ExploriumAnswer.Lost("the answer cannot be read");
        }
        catch (LostAnswerException lost)
        {
            return new ExploriumAnswer.Lost(lost.Message);
        }
        catch (ProviderException failure) when (failure.Recovery == Recovery.RetryLater)
        {
            return new ExploriumAnswer.Unreached(failure);
        }
    }

    private static decimal? ChargeOf(JsonElement said)
    {
        if (said.Part("credit_usage") is not { } usage) return null;
        foreach (string word in ChargeWords)
        {
            if (usage.TryGetProperty(word, out JsonElement charge) && charge.ValueKind == JsonValueKind.Number && charge.TryGetDecimal(out decimal credits)) return credits;
        }
        return null;
    }
}
