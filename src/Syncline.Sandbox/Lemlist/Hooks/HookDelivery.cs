namespace Syncline.Sandbox.Lemlist.Hooks;

/// <summary>One event on its way to one webhook.</summary>
internal sealed class HookDelivery(long number, Subscription subscription, string type, string body, DateTimeOffset dueAt) : HookJourney(number, dueAt, Waits)
{
    // An assumption: no document tells when lemlist tries again.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    public Subscription Subscription => subscription;
    public string Type => type;
    public string Body => body;
}
