using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>What a body says of a webhook.</summary>
internal sealed record WebhookDraft(
    Sent<string?> Url, Sent<IReadOnlyList<string>> Events, Sent<IReadOnlyList<string>> ResourceIds, Sent<bool> IsEnabled, Sent<string?> Label, Sent<string?> UserId);

/// <summary>Reads and checks the bodies of webhook writes on both surfaces.</summary>
internal sealed class WebhookReader(QuoHookTrouble trouble)
{
    /// <param name="path">What fault paths begin with.</param>
    /// <param name="isNew">url and events must be there; otherwise at least one member must.</param>
    public WebhookDraft Read(JsonObject sent, string path, bool isNew, int mostResources, Func<string, bool> isEvent)
    {
        List<QuoFault> faults = [];
        BodyReader body = new(sent, path, faults);
        if (!isNew && !body.Names.Any()) body.Fault("at least one property is required");
        foreach (string name in isNew ? (string[])["url", "events"] : []) if (!body.Has(name)) body.Fault(name, "Required");
        WebhookDraft draft = new(Url(body), Events(body, isEvent), Resources(body, mostResources), Enabled(body), body.Text("label"), User(body));
        return faults.Count == 0 ? draft : throw Refuse.Bad(faults);
    }

    private Sent<string?> Url(BodyReader body)
    {
        Sent<string?> url = body.Text("url", nullable: false);
        bool isOne = Uri.TryCreate(url.Value, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (trouble.PlainHttp && address.Scheme == "http"));
        if (url.IsThere && !isOne) body.Fault("url", "must be an https URL");
        return url;
    }

    private static Sent<IReadOnlyList<string>> Events(BodyReader body, Func<string, bool> isEvent)
    {
        if (!body.Has("events")) return new([], false);
        IReadOnlyList<string> events = body["events"].Texts() ?? [];
        if (events.Count == 0 || !events.All(isEvent)) body.Fault("events", "must be one or more known events", "array");
        return new(events, true);
    }

    private static Sent<IReadOnlyList<string>> Resources(BodyReader body, int most)
    {
        if (!body.Has("resourceIds")) return new([], false);
        IReadOnlyList<string> ids = body["resourceIds"].Texts() ?? [];
        bool fits = ids.Count > 0 && (ids is [Subscription.EveryResource] || ids.All(i => i.StartsWith("PN", StringComparison.Ordinal)));
        if (!fits) body.Fault("resourceIds", "must be ids of phone numbers or [\"*\"]", "array");
        else if (most > 0 && ids.Count > most) body.Fault("resourceIds", $"takes {most} at the most", "array");
        return new(ids, true);
    }

    private static Sent<bool> Enabled(BodyReader body)
    {
        Sent<string?> status = body.Text("status", nullable: false);
        if (status is { IsThere: true, Value: not ("enabled" or "disabled") }) body.Fault("status", "must be enabled or disabled");
        return new(status.Value != "disabled", status.IsThere);
    }

    private static Sent<string?> User(BodyReader body)
    {
        Sent<string?> user = body.Text("userId", nullable: false);
        if (user.Value?.StartsWith("US", StringComparison.Ordinal) == false) body.Fault("userId", "must match ^US(.*)$");
        return user;
    }
}
