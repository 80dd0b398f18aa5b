using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Figures;

public sealed class ChartsInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "No record was read or written in the last 24 hours.", "No limit was drawn on in the last hour.", "Written")]
    [InlineData("fr", "Aucun enregistrement lu ni écrit ces dernières 24 heures.", "Aucune limite n’a été entamée pendant la dernière heure.", "Écrits")]
    [InlineData("ar", "لم يُقرأ أي سجل ولم يُكتب خلال الـ 24 ساعة الماضية.", "لم يُستهلك شيء من أي حد خلال الساعة الأخيرة.", "مكتوبة")]
    public async Task A_run_appears_by_itself_in_the_charts_and_in_their_tables(string language, string noRecord, string noLimit, string written)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 3);
        await served.LimitAsync("heyreach", "{ calls: 1000/min }");
        IPage page = await browsing.OpenAsync(served, language);
        List<string> errors = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        await page.GotoAsync(served.Address.ToString());
        await Assertions.Expect(page.GetByText(noRecord)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(noLimit)).ToBeVisibleAsync();
        HttpClient client = await served.ClientAsync("operator");
        long count = await RunAsync(client);

        ILocator throughput = page.Locator("[data-throughput=linkedin-to-attio]"), limits = page.Locator("[data-limits=heyreach]");
        await Assertions.Expect(throughput.Locator(".chart svg .rz-column-series path")).ToHaveCountAsync(48);
        await Assertions.Expect(limits.Locator(".chart svg .rz-line-series path")).ToHaveCountAsync(1);
        await Assertions.Expect(throughput.Locator(".legend")).ToContainTextAsync($"{written} {count}");
        await throughput.Locator("summary").ClickAsync();
        await Assertions.Expect(throughput.Locator("tbody tr")).ToHaveCountAsync(24);
        await Assertions.Expect(throughput.Locator("tbody tr td:nth-child(3)").GetByText($"{count}", new() { Exact = true })).ToHaveCountAsync(1);
        await Assertions.Expect(limits.Locator("table").First.Locator("tbody td").First).ToHaveTextAsync("calls");
        await page.Locator("#throughput .tabs a").Last.ClickAsync();
        await Assertions.Expect(throughput.Locator("tbody tr")).ToHaveCountAsync(7);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Without_a_script_the_tables_are_there_and_no_empty_chart()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 2);
        HttpClient client = await served.ClientAsync("operator");
        long count = await RunAsync(client);
        IPage page = await browsing.OpenAsync(served, script: false);
        await page.GotoAsync(served.Address + "?span=7d");
        ILocator throughput = page.Locator("[data-throughput=linkedin-to-attio]");
        await Assertions.Expect(throughput.Locator(".chart")).ToBeHiddenAsync();
        await throughput.Locator("summary").ClickAsync();
        await Assertions.Expect(throughput.Locator("tbody tr")).ToHaveCountAsync(7);
        await Assertions.Expect(throughput.Locator("tbody tr").Last.Locator("td").Last).ToHaveTextAsync($"{count}");
    }

    /// <summary>How many records the run wrote.</summary>
    private static async Task<long> RunAsync(HttpClient client)
    {
        JsonNode run = await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted));
        return (long)run["run"]!["tally"]!["created"]! + (long)run["run"]!["tally"]!["updated"]!;
    }
}
