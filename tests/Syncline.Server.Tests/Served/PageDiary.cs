using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Syncline.Server.Tests.Served;

/// <summary>What a page asked for, was answered and said, written into its test's output at the end: whoever reads a failure sees what the browser saw.</summary>
internal sealed class PageDiary : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public PageDiary(IPage page)
    {
        _page = page;
        page.Request += (_, asked) => Note($"asks   {asked.Method} {asked.Url}");
        page.Response += (_, answer) => Note($"gets   {answer.Status} {answer.Url}");
        page.RequestFailed += (_, asked) => Note($"misses {asked.Url}: {asked.Failure}");
        page.FrameNavigated += (_, frame) => Note($"is at  {frame.Url}");
        page.Console += (_, said) => Note($"says   {said.Text}");
        page.PageError += (_, error) => Note($"breaks {error}");
    }

    public async ValueTask DisposeAsync()
    {
        Note($"ends at {_page.Url}");
        Note(await ShownAsync());
        foreach (string line in _lines) _output?.WriteLine(line);
    }

    private async Task<string> ShownAsync()
    {
        try
        {
            return await _page.Locator("body").InnerTextAsync(new() { Timeout = 2_000 });
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
        {
            return $"shows nothing: {failure.Message}";
        }
    }

    private void Note(string line) => _lines.Enqueue($"{_watch.Elapsed.TotalSeconds,7:0.000} {line}");
}
