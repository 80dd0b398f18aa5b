using System.Security.Cryptography;
using System.Text;
using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>The page at <c>/</c>: what every simulated system holds, what it was asked, what can be turned.</summary>
internal static class Dashboard
{
    // Nothing but this page's own style and script may run, even if an encoding were forgotten.
    private static readonly string Policy =
        $"default-src 'none'; style-src {HashOf(Assets.Style)}; script-src {HashOf(Assets.Script)}; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static SandboxResponse Render(SandboxGate gate, int status, string? problem) => new(status, Whole(Snapshot.Of(gate), problem).ToString(), "text/html; charset=utf-8")
    {
        Headers = new Dictionary<string, string>
        {
            ["Content-Security-Policy"] = Policy,
            ["Cache-Control"] = "no-store",
            ["X-Content-Type-Options"] = "nosniff",
        },
    };

    private static Html Whole(Snapshot now, string? problem) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Syncline sandbox</title>
        <link rel="icon" href="data:,">
        <style>{Html.Trusted(Assets.Style)}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
        <h1>Syncline sandbox</h1>
        <nav aria-label="Parts of this page"><ul>{Html.Each(now.Overview.Providers, Link)}<li><a href="#requests">Requests</a></li><li><a href="#faults">Faults</a></li></ul></nav>
        </header>
        <main id="main">
        {Alert(problem)}
        {FiguresPart.Render(now)}
        {Html.Each(now.Overview.Providers, provider => ProviderPart.Render(provider, now.Holds[provider.Name]))}
        {RequestsPart.Render(now)}
        {FaultsPart.Render(now.Overview)}
        </main>
        <footer><p>Everything here is invented and gone when the sandbox stops. For programs: <a href="/_sandbox"><code>GET /_sandbox</code></a>, <a href="/_sandbox/summary"><code>/_sandbox/summary</code></a>, <a href="/_sandbox/ledger"><code>/_sandbox/ledger</code></a>.</p></footer>
        <script>{Html.Trusted(Assets.Script)}</script>
        </body>
        </html>
        """);

    private static Html Link(ProviderView provider) => Html.Of($"""<li><a href="#{provider.Name}">{provider.Name}</a></li>""");

    private static Html Alert(string? problem) =>
        problem is null ? default : Html.Of($"""<div class="alert" role="alert"><strong>Nothing was changed.</strong> {problem} <a href="/">Back to the sandbox</a></div>""");

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
