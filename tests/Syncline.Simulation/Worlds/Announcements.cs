using System.Text;
using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Simulation.Worlds;

/// <summary>What a provider's webhooks say, twice and in disorder, kept until a run has made use of it.</summary>
internal abstract class Announcements
{
    private readonly List<Hint> _waiting = [];

    /// <summary>Whose they are.</summary>
    public abstract string Connection { get; }

    /// <summary>All that was said and not used yet.</summary>
    public IReadOnlyList<Hint> Waiting => [.. _waiting];

    public void Forget() => _waiting.Clear();

    /// <summary>Opens what is due; what cannot be opened now is sent again later.</summary>
    public abstract Task OpenAsync(IWebhooks webhooks, DateTimeOffset now);

    /// <returns>The status it is answered.</returns>
    protected async Task<int> OpenAsync(IWebhooks webhooks, IReadOnlyDictionary<string, string> headers, string body, string secret, DateTimeOffset now)
    {
        Dictionary<string, string> named = new(headers, StringComparer.OrdinalIgnoreCase);
        try
        {
            Delivery? delivery = await webhooks.OpenAsync(new(named.GetValueOrDefault, Encoding.UTF8.GetBytes(body)), secret, now, CancellationToken.None);
            _waiting.AddRange(delivery?.Hints ?? throw new InvalidOperationException("A genuine hook was refused."));
            return 200;
        }
        catch (ProviderException)
        {
            return 503;
        }
    }
}

/// <summary>Attio's, newest first.</summary>
internal sealed class AttioHooks : Announcements
{
    private readonly AttioWebhooks _attio;
    private readonly string _secret;

    public AttioHooks(AttioSimulator attio)
    {
        _attio = attio.Webhooks;
        _secret = _attio.Subscribe(new("https://hooks.example.com/attio"), "record.created", "record.updated", "record.deleted", "record.merged");
        (_attio.Trouble.Duplicate, _attio.Trouble.Reorder) = (true, true);
    }

    public override string Connection => "attio";

    public override async Task OpenAsync(IWebhooks webhooks, DateTimeOffset now)
    {
        foreach (AttioHook hook in _attio.TakeDue()) _attio.Answer(hook, await OpenAsync(webhooks, hook.Headers, hook.Body, _secret, now));
    }
}

/// <summary>HubSpot's: a third of them twice, shuffled, changes before the creation they belong to.</summary>
internal sealed class HubSpotHooks : Announcements
{
    private static readonly string[] Changes = ["firstname", "lastname", "jobtitle", "city", "email"];
    private static readonly string Secret = new HubSpotSandboxOptions().ClientSecret;

    private readonly HubSpotWebhooks _hubspot;

    public HubSpotHooks(HubSpotSimulator hubspot)
    {
        _hubspot = hubspot.Webhooks;
        _hubspot.Target = new(Portal.HookAddress);
        foreach (string type in (string[])["contact", "company"])
        {
            foreach (string verb in (string[])["creation", "deletion", "restore", "merge", "associationChange"]) _hubspot.Subscribe($"{type}.{verb}");
        }
        foreach (string property in Changes) _hubspot.Subscribe("contact.propertyChange", property);
        _hubspot.Subscribe("company.propertyChange", "name");
        (_hubspot.Trouble.DuplicateShare, _hubspot.Trouble.Shuffle, _hubspot.Trouble.EarlyChanges, _hubspot.Trouble.MergeDeletions) = (0.3, true, true, true);
    }

    public override string Connection => "hubspot";

    public override async Task OpenAsync(IWebhooks webhooks, DateTimeOffset now)
    {
        foreach (HubSpotHook hook in _hubspot.TakeDue()) _hubspot.Answer(hook, await OpenAsync(webhooks, hook.Headers, hook.Body, Secret, now));
    }
}
