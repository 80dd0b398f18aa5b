using System.Net;
using System.Net.Http;
using Syncline.Composition.Configuration;
using Syncline.Connectors;
using Syncline.Server.Tests.Served;
using Syncline.Server.Webhooks;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Webhooks;

public sealed class ReceivingDeliveries
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("attio")]
    [InlineData("quo")]
    [InlineData("hubspot")]
    [InlineData("lemlist")]
    [InlineData("heyreach")]
    public async Task A_genuine_delivery_is_kept_once_and_nothing_else_is(string provider)
    {
        await using ServedFolder served = await StartAsync();
        HttpClient world = await served.ClientAsync(null);
        Hook genuine = Hook.Of(provider, "first");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Hook.Of(provider, "first", secret: provider == "quo" ? "whsec_b3RoZXI=" : "other")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Hook.Of(provider, "first", body: "{ no json")));
        // Lemlist's proof is in the body; all others have it in a header or in the address.
        if (provider != "lemlist") Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(new("webhooks/" + provider, genuine.Body, new Dictionary<string, string>())));
        if (provider is "attio" or "quo" or "hubspot") Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(genuine.Bent()));
        if (provider is "quo" or "hubspot") Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Hook.Of(provider, "old", at: DateTimeOffset.UtcNow - TimeSpan.FromMinutes(6))));
        Hook large = Hook.Of(provider, "large", body: new string(' ', WebhookRequest.LargestBody + 1));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (await StatusAsync(large), await StatusAsync(large, isChunked: true)));
        Assert.Empty(await served.Store.Inbox.ListAsync(null, null, null, 10, Token));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(genuine));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(genuine));
        InboxRow kept = Assert.Single(await served.Store.Inbox.ListAsync(provider, null, null, 10, Token));
        Assert.Equal(genuine.Body, (await served.Store.Inbox.FindAsync(kept.Id, Token))!.Body.ToArray());

        async Task<HttpStatusCode> StatusAsync(Hook hook, bool isChunked = false)
        {
            using HttpResponseMessage answer = await hook.SendAsync(world, isChunked);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Who_is_not_a_connection_that_sends_is_not_found_and_who_floods_is_turned_away()
    {
        await using ServedFolder served = await StartAsync();
        HttpClient world = await served.ClientAsync(null);
        using HttpResponseMessage unknown = await (Hook.Of("attio", "a") with { Path = "webhooks/nobody" }).SendAsync(world), silent = await (Hook.Of("attio", "a") with { Path = "webhooks/leads" }).SendAsync(world);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, silent.StatusCode));
        HttpStatusCode last = HttpStatusCode.OK;
        for (int i = 0; i < 70; i++)
        {
            using HttpResponseMessage answer = await Hook.Of("attio", "a", secret: "guess").SendAsync(world);
            last = answer.StatusCode;
        }
        using HttpResponseMessage genuine = await Hook.Of("attio", "a").SendAsync(world);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (last, genuine.StatusCode));
        Assert.True(genuine.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_delivery_that_the_provider_cannot_explain_now_is_asked_for_again()
    {
        await using ServedFolder served = await StartAsync();
        HttpClient world = await served.ClientAsync(null);
        string file = Path.Combine(served.Folder, "syncline.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("attio-test-key", "attio-lost-key", StringComparison.Ordinal) + "# changed\n", Token);
        using HttpResponseMessage answer = await Hook.Of("attio", "a", body: """{"events":[{"event_type":"record.updated","id":{"object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795","record_id":"r"}}]}""").SendAsync(world);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Empty(await served.Store.Inbox.ListAsync(null, null, null, 10, Token));
    }

    [Fact]
    public void A_providers_name_stands_for_its_only_connection()
    {
        ConnectionConfiguration one = new("crm", "attio", new Dictionary<string, string>(), null);
        SynclineConfiguration configuration = new("/", null) { Connections = [one] };
        Assert.Same(one, WebhookAddress.Find(configuration, "attio"));
        Assert.Same(one, WebhookAddress.Find(configuration, "crm"));
        ConnectionConfiguration two = one with { Name = "crm-too" };
        Assert.Null(WebhookAddress.Find(configuration with { Connections = [one, two] }, "attio"));
        Assert.Same(two, WebhookAddress.Find(configuration with { Connections = [one, two] }, "crm-too"));
    }

    private static Task<ServedFolder> StartAsync() => ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, PublicUrl = Hook.World });
}
