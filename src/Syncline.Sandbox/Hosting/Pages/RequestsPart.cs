using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>The newest requests, with what was said in both directions.</summary>
internal static class RequestsPart
{
    // Characters of a body shown on the page; the control API has all of it.
    private const int BodyShown = 4_000;

    public static Html Render(Snapshot now) => Html.Of($"""
        <section id="requests" aria-labelledby="requests-title">
        <h2 id="requests-title">Requests</h2>
        <div id="requests-latest" data-live>{Latest(now.Latest)}</div>
        {ControlForm.Render("DELETE", "/_sandbox/ledger", "requests", Html.Of($"<button>Forget all requests</button>"))}
        </section>
        """);

    private static Html Latest(EntryView[] latest) => latest.Length == 0
        ? Html.Of($"""<p class="quiet">No request yet. Point a connection's base_url here.</p>""")
        : Table.Render("The latest requests, newest first (times in UTC)", ["No.", "Time", "Provider", "Request", "Status", "Fault"], Html.Each(latest, Row));

    private static Html Row(EntryView entry) => Html.Of($"""
        <tr><td>{entry.Sequence}</td><td><time datetime="{entry.At.UtcDateTime:O}">{entry.At.UtcDateTime:HH:mm:ss.fff}</time></td><td>{entry.Provider}</td><td>{Exchange(entry)}</td><td>{Status(entry)}</td><td>{Fault(entry)}</td></tr>
        """);

    private static Html Exchange(EntryView entry)
    {
        Html line = Html.Of($"<code><b>{entry.Method}</b> {entry.Path}{(entry.Query.Length > 0 ? "?" + entry.Query : "")}</code>");
        return entry.Body.Length + entry.Answer.Length == 0
            ? line
            : Html.Of($"<details><summary>{line}</summary>{Body("Sent", entry.Body)}{Body("Answered", entry.Answer)}</details>");
    }

    private static Html Body(string title, string body) =>
        body.Length == 0 ? default : Html.Of($"<h4>{title}</h4><pre>{(body.Length > BodyShown ? body[..BodyShown] + " …" : body)}</pre>");

    private static Html Status(EntryView entry) => entry.Status == 0
        ? Html.Of($"""<span class="badge bad">cut</span>""")
        : Html.Of($"""<span class="badge {(entry.Status < 400 ? "good" : entry.Status < 500 ? "warn" : "bad")}">{entry.Status}</span>""");

    private static Html Fault(EntryView entry) =>
        entry.Fault is null ? default : Html.Of($"""<span class="badge warn">{entry.Fault}</span>{(entry.Reached ? "" : " (no effect)")}""");
}
