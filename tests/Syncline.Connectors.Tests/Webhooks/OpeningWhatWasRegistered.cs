using System.Text;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Lemlist;
using Syncline.Sandbox.Quo;

namespace Syncline.Connectors.Tests.Webhooks;

/// <summary>Deliveries of the webhooks that were registered open with the secrets that were told.</summary>
public sealed class OpeningWhatWasRegistered
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_Attio()
    {
        AttioHooks attio = new();
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync(attio);
        string person = attio.Sandbox.Simulator.CreateByPerson("people", new() { ["job_title"] = "a" });
        AttioHook hook = Assert.Single(attio.Sandbox.Simulator.Webhooks.TakeDue());
        Delivery delivery = await OpenAsync(attio, made, new(name => hook.Headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(hook.Body)));
        Assert.Equal((person, "record.created"), (Assert.Single(delivery.Hints).Key.Id, Assert.Single(delivery.Events)));
    }

    [Fact]
    public async Task At_Quo()
    {
        QuoAccount quo = new();
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync(quo);
        string contact = quo.Sandbox.Simulator.App.AddContact("Ada", phone: "+12125550100");
        QuoHook hook = Assert.Single(quo.Sandbox.Simulator.Webhooks.TakeDue());
        Delivery delivery = await OpenAsync(quo, made, new(name => hook.Headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(hook.Body)), quo.Sandbox.Clock.GetUtcNow());
        Assert.Equal((contact, "contact.updated"), (Assert.Single(delivery.Hints).Key.Id, Assert.Single(delivery.Events)));
    }

    [Fact]
    public async Task At_Lemlist()
    {
        LemlistHooks lemlist = new();
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync(lemlist);
        LemlistSimulator simulator = lemlist.Sandbox.Simulator;
        string lead = simulator.Life.AddLead(simulator.Life.AddCampaign("Spring"), "ada@example.com");
        simulator.Life.Reply(lead);
        LemlistHook hook = Assert.Single(simulator.Webhooks.TakeDue());
        Delivery delivery = await OpenAsync(lemlist, made, new(_ => null, Encoding.UTF8.GetBytes(hook.Body)));
        Assert.Equal(("people", "emailsReplied"), (Assert.Single(delivery.Hints).Key.Stream, Assert.Single(delivery.Events)));
    }

    /// <summary>Opened with the one of the secrets that fits.</summary>
    private static async Task<Delivery> OpenAsync(HookAccount account, IReadOnlyList<RegisteredWebhook> made, WebhookRequest request, DateTimeOffset now = default)
    {
        foreach (RegisteredWebhook hook in made)
        {
            if (await account.Open().Webhooks!.OpenAsync(request, hook.Secret!, now, Token) is { } delivery) return delivery;
        }
        throw new InvalidOperationException("No secret opens it.");
    }

    private static Task<IReadOnlyList<RegisteredWebhook>> EnsureAsync(HookAccount account) => account.Open().Registrar!.EnsureAsync(HookAccount.Address, _ => false, Token);
}
