using System.Text;
using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.Attio;

namespace Syncline.Simulation.Worlds;

/// <summary>What Attio's webhooks say, twice and newest first, kept until a run has made use of it.</summary>
internal sealed class Announcements
{
    private readonly AttioWebhooks _attio;
    private readonly string _secret;
    private readonly List<Hint> _waiting = [];

    public Announcements(AttioSimulator attio)
    {
        _attio = attio.Webhooks;
        _secret = _attio.Subscribe(new("https://hooks.example.com/attio"), "record.created", "record.updated", "record.deleted", "record.merged");
        (_attio.Trouble.Duplicate, _attio.Trouble.Reorder) = (true, true);
    }

    /// <summary>All that was said and not used yet.</summary>
    public IReadOnlyList<Hint> Waiting => [.. _waiting];

    public void Forget() => _waiting.Clear();

    /// <summary>Opens what is due; what cannot be opened now is sent again later.</summary>
    public async Task OpenAsync(IWebhooks webhooks, DateTimeOffset now)
    {
        foreach (AttioHook hook in _attio.TakeDue())
        {
            Dictionary<string, string> headers = new(hook.Headers, StringComparer.OrdinalIgnoreCase);
            try
            {
                Delivery? delivery = await webhooks.OpenAsync(new(headers.GetValueOrDefault, Encoding.UTF8.GetBytes(hook.Body)), _secret, now, CancellationToken.None);
                _waiting.AddRange(delivery?.Hints ?? throw new InvalidOperationException("A genuine hook was refused."));
                _attio.Answer(hook, 200);
            }
            catch (ProviderException)
            {
                _attio.Answer(hook, 503);
            }
        }
    }
}
