using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>What account a token belongs to, and what of its day is used.</summary>
internal sealed class AccountEndpoints(HubSpotPortal portal, RateLimiter limiter)
{
    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/account-info/details", static _ => [], _ => Details()),
        new("GET", "/account-info/api-usage/daily/private-apps", static _ => [], _ => Usage()),
    ];

    private SandboxResponse Details()
    {
        TimeSpan offset = portal.Options.TimeZone.GetUtcOffset(portal.Now);
        return Answers.Object(writer =>
        {
            writer.WriteNumber("portalId", portal.Options.PortalId);
            writer.WriteString("accountType", "DEVELOPER_TEST");
            writer.WriteString("timeZone", portal.Options.TimeZone.Id);
            writer.WriteString("companyCurrency", "USD");
            writer.WriteArray<string>("additionalCurrencies", [], static (w, c) => w.WriteStringValue(c));
            writer.WriteString("utcOffset", $"{(offset < TimeSpan.Zero ? "-" : "+")}{offset:hh\\:mm}");
            writer.WriteNumber("utcOffsetMilliseconds", (long)offset.TotalMilliseconds);
            writer.WriteString("uiDomain", "app.hubspot.com");
            writer.WriteString("dataHostingLocation", "na1");
        });
    }

    private SandboxResponse Usage() => Answers.Object(writer => writer.WriteArray("results", (string[])["private-apps-api-calls-daily"], (w, name) =>
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(portal.Now, portal.Options.TimeZone);
        w.WriteStartObject();
        w.WriteString("name", name);
        w.WriteNumber("usageLimit", portal.Behaviour.RequestsPerDay);
        w.WriteNumber("currentUsage", limiter.UsedToday(portal.Now));
        w.WriteTime("collectedAt", portal.NowMs);
        w.WriteString("fetchStatus", "SUCCESS");
        w.WriteTime("resetsAt", new DateTimeOffset(local.Date.AddDays(1), local.Offset).ToUnixTimeMilliseconds());
        w.WriteEndObject();
    }));
}
