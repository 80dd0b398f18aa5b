using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>What is left of the credits, and where they went.</summary>
internal sealed class CreditEndpoints(CreditBook credits, Func<string> correlation)
{
    public IEnumerable<ExploriumRoute> Routes() => [new("GET", "/v1/credits", Left), new("POST", "/v1/credits/aggregation", Aggregate)];

    private (string, JsonObject) Left(ExploriumCall call)
    {
        call.Charge(1, 0);
        return ("success", new() { ["allocated_credits"] = credits.Allocated, ["remaining_credits"] = credits.Remaining });
    }

    private (string, JsonObject) Aggregate(ExploriumCall call)
    {
        BodyReader body = call.Body("from_date", "to_date", "mode", "resolution", "timezone");
        string from = body.Needed("from_date"), to = body.Needed("to_date"), mode = body.Needed("mode");
        body.Check();
        if (!TryDate(from, out DateTimeOffset first) || !TryDate(to, out DateTimeOffset last) || first > last) throw Own("INVALID_DATE_RANGE", "from_date must not lie after to_date");
        if (mode is not ("timely" or "endpoints")) throw Own("INVALID_MODE", "mode must be timely or endpoints");
        call.Charge(1, 0);
        Payment[] paid = [.. credits.Payments.Where(p => p.Credits > 0 && p.At >= first && p.At < last.AddDays(1))];
        IEnumerable<JsonNode?> groups = paid.GroupBy(p => mode == "endpoints" ? p.Endpoint : p.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(g => (JsonNode?)new JsonObject { [mode == "endpoints" ? "endpoint" : "date"] = g.Key, ["credits"] = g.Sum(p => p.Credits) });
        return ("success", new()
        {
            ["from_date"] = from, ["to_date"] = to, ["mode"] = mode, ["timezone"] = "UTC", ["total_credits"] = paid.Sum(p => p.Credits), ["aggregations"] = JsonText.Array(groups),
        });
    }

    private static bool TryDate(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    // The errors of this call have a form of their own.
    private ExploriumRefusalException Own(string code, string message) => new(400, new()
    {
        ["response_context"] = new JsonObject { ["correlation_id"] = correlation(), ["request_status"] = "failure", ["time_took_in_seconds"] = 0.01 },
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
    }, message);
}
