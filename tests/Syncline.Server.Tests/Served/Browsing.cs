using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

[assembly: AssemblyFixture(typeof(Browsing))]

namespace Syncline.Server.Tests.Served;

/// <summary>A real Chromium, started once for all tests.</summary>
public sealed class Browsing : IAsyncLifetime
{
    // Where systems keep it; the first that is there.
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // A page waits for a machine that does other things as well, a sign-in for a password's hash on top.
    private const float Patience = 20_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } chromium) return;
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of a browser that nobody has used, signed in as the administrator unless said otherwise.</summary>
    /// <param name="language">As a browser sends it, <c>ar</c>.</param>
    public async Task<IPage> OpenAsync(ServedFolder served, string language = "en", int width = 1280, int height = 800, bool script = true, bool signedIn = true)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on this machine.");
        IBrowserContext context = await _browser.NewContextAsync(new() { Locale = language, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script });
        IPage page = await context.NewPageAsync();
        served.OnClosing(new PageDiary(page));
        // A page whose server is gone would ask for it again and again.
        served.OnClosing(context);
        page.SetDefaultTimeout(Patience);
        if (signedIn) await page.GotoAsync(served.Server.CreateSignInLink().ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
