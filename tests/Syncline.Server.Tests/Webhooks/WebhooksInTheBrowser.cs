using Microsoft.Playwright;
using Syncline.Server.Tests.Served;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Webhooks;

public sealed class WebhooksInTheBrowser(Browsing browsing)
{
    [Theory]
    [InlineData("en", "ltr", "Register", "Replay all that were given up", "Done")]
    [InlineData("fr", "ltr", "Enregistrer", "Rejouer tous les abandonnés", "Fait")]
    [InlineData("ar", "rtl", "سجّل", "أعد معالجة كل المتروك", "مكتمل")]
    public async Task Webhooks_are_registered_and_what_was_given_up_is_replayed(string language, string direction, string register, string replay, string done)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, PublicUrl = Hook.World });
        const string name = "<b>loud</b>";
        (long id, _) = await served.Store.Inbox.AcceptAsync("attio", name, """{"hints":[],"events":["record.updated"]}""", """{"said":"<i>hello</i>"}"""u8.ToArray(), TestContext.Current.CancellationToken);
        // It is about nothing, so that the worker may have been quicker.
        while (await served.Store.Inbox.GiveUpAsync([id], "It was <b>refused</b>.", TestContext.Current.CancellationToken) == 0) await served.Store.Inbox.ReplayAsync([id], TestContext.Current.CancellationToken);
        IPage page = await browsing.OpenAsync(served, language);
        await page.GotoAsync(served.Address + "webhooks");
        Assert.Equal(direction, await page.Locator("html").GetAttributeAsync("dir"));
        await page.Locator("[data-connection=attio]").GetByRole(AriaRole.Button, new() { Name = register }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-connection=attio] .badge.good")).ToBeVisibleAsync();
        Assert.NotEmpty(await served.Store.WebhookSubscriptions.ListAsync("attio", TestContext.Current.CancellationToken));

        await Assertions.Expect(page.GetByText("It was <b>refused</b>.")).ToBeVisibleAsync();
        await page.GotoAsync($"{served.Address}webhooks?delivery={id}&body=true");
        await Assertions.Expect(page.GetByText(name)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("<i>hello</i>")).ToBeVisibleAsync();
        await page.GotoAsync(served.Address + "webhooks");
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = replay }).ClickAsync(), answer => answer.Request.Method == "POST");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        while ((await served.Store.Inbox.FindAsync(id, TestContext.Current.CancellationToken))!.State != InboxState.Done) await Task.Yield();
        await page.GotoAsync(served.Address + "webhooks");
        await Assertions.Expect(page.Locator("tr [data-state=done]")).ToHaveTextAsync(done);
    }
}
