using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Leads;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Composition.Leads;

/// <summary>A lead and where it stands as JSON. The lead is written as it may be read: what is listed can be imported.</summary>
internal static class LeadText
{
    /// <summary>What is not known is left out.</summary>
    public static JsonObject Json(Lead lead)
    {
        JsonObject json = Values(
            ("id", lead.Id), ("firstName", lead.FirstName), ("lastName", lead.LastName), ("title", lead.Title), ("companyName", lead.CompanyName), ("companyDomain", lead.CompanyDomain), ("email", lead.Email),
            ("linkedin", lead.LinkedIn is { } slug ? LinkedInUrl.ToUrl(slug) : null));
        if (lead.IcpScore is { } score) json["icpScore"] = score;
        if (lead.IcpReasons.Count > 0) json["icpReasons"] = new JsonArray([.. lead.IcpReasons.Select(r => JsonValue.Create(r))]);
        if (lead.Signal is { } signal) json["sourceSignal"] = Values(("excerpt", signal.Excerpt), ("sourceUrl", signal.Url), ("capturedAt", Time(signal.CapturedAt)), ("angle", signal.Angle));
        if (lead.Drafts.Count > 0) json["drafts"] = new JsonArray([.. lead.Drafts.Select(d => Values(("angle", d.Angle), ("variantKey", d.VariantKey), ("hypothesis", d.Hypothesis), ("content", d.Content)))]);
        if (lead.Touchpoints.Count > 0) json["touchpoints"] = new JsonArray([.. lead.Touchpoints.Select(t => Values(("channel", t.Channel), ("status", t.Status), ("sentAt", Time(t.SentAt))))]);
        return json;
    }

    public static JsonObject Json(LeadStanding standing) => new()
    {
        ["syncs"] = new JsonArray([.. standing.Syncs.Select(s => JsonValue.Create(s))]),
        ["person"] = standing.Person,
        ["company"] = standing.Company,
        ["syncedAt"] = standing.SyncedAt?.UtcDateTime,
        ["places"] = new JsonArray([.. standing.Places.Select(Json)]),
        ["failures"] = new JsonArray([.. standing.Failures.Select(RunJson.Of)]),
    };

    public static JsonObject Json(LeadImportOutcome outcome) => new()
    {
        ["created"] = outcome.Created,
        ["updated"] = outcome.Updated,
        ["unchanged"] = outcome.Unchanged,
        ["refused"] = outcome.Refused,
        ["leads"] = new JsonArray([.. outcome.Leads.Select(l => new JsonObject { ["place"] = l.Place, ["id"] = l.Id, ["outcome"] = Word(l.Outcome) })]),
        ["problems"] = new JsonArray([.. outcome.Problems.Select(p => new JsonObject { ["place"] = p.Place, ["message"] = p.Message })]),
    };

    public static string Word(LeadOutcome outcome) => outcome == LeadOutcome.Added ? "created" : outcome.ToString().ToLowerInvariant();

    /// <summary>What the reader of a table is told about a place.</summary>
    public static string Word(LeadPlace place) => (place.State, place.IsOurs) switch
    {
        (Merging.LinkState.Gone, _) => "deleted there",
        (_, true) => "made by us",
        _ => "was there",
    };

    /// <summary>When an unattended run tries it again, in words.</summary>
    public static string Retry(DeadLetter letter) => letter.RetryAt is { } at ? $"Tried again {Tables.Time(at)}." : "Not tried again by itself.";

    private static JsonObject Json(LeadPlace place) => new()
    {
        ["connection"] = place.Key.Connection,
        ["stream"] = place.Key.Stream,
        ["id"] = place.Key.Id,
        ["kind"] = place.Kind.Name,
        ["name"] = place.Name,
        ["state"] = place.State.ToString().ToLowerInvariant(),
        ["ours"] = place.IsOurs,
        ["syncedAt"] = place.SyncedAt?.UtcDateTime,
        ["webUrl"] = place.WebUrl,
    };

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Values(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        JsonObject json = [];
        foreach ((string name, string? value) in values)
        {
            if (value is not null) json[name] = value;
        }
        return json;
    }
}
