using System.Net.Http;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Makes what the doctor found missing. Each step may be repeated: what is there already, archived or not, is taken as it is.</summary>
internal sealed class AttioRepair(AttioApi api, AttioSchema schema)
{
    public async Task MakeObjectAsync(string slug, CancellationToken cancellationToken)
    {
        string title = AttioBlueprint.Title(slug);
        string singular = title.EndsWith('s') ? title[..^1] : title;
        byte[] body = AttioBody.Data(json =>
        {
            json.WriteString("api_slug", slug);
            json.WriteString("singular_noun", singular);
            json.WriteString("plural_noun", title);
        });
        await SendAsync("attio.objects.create", HttpMethod.Post, "v2/objects", body, cancellationToken);
    }

    public async Task MakeAttributeAsync(string target, AttioBlueprint blueprint, CancellationToken cancellationToken)
    {
        string path = $"v2/{target}/attributes";
        if (await SendAsync("attio.attributes.create", HttpMethod.Post, path, blueprint.ToBody(), cancellationToken)) return;
        // The slug is taken: by an archived attribute, which blocks it for ever, or by one that was made a moment ago.
        await SendAsync("attio.attributes.update", HttpMethod.Patch, $"{path}/{Uri.EscapeDataString(blueprint.Slug)}", Restored(blueprint.IsUnique), cancellationToken);
        AttioAttribute? there = (await schema.AttributesAsync(target, cancellationToken)).Find(blueprint.Slug);
        if (there is null || !blueprint.IsMetBy(there)) throw Stuck($"Attribute '{blueprint.Slug}' of {target} was archived as {there?.Type ?? "something else"} and cannot become {blueprint.Type}.");
    }

    public async Task MakeUniqueAsync(string target, string slug, CancellationToken cancellationToken) =>
        await SendAsync("attio.attributes.update", HttpMethod.Patch, $"v2/{target}/attributes/{Uri.EscapeDataString(slug)}", AttioBody.Data(json => json.WriteBoolean("is_unique", true)), cancellationToken);

    public async Task MakeOptionAsync(string target, AttioAttribute attribute, string title, CancellationToken cancellationToken)
    {
        string what = attribute.Type == "status" ? "statuses" : "options";
        string path = $"v2/{target}/attributes/{Uri.EscapeDataString(attribute.ApiSlug)}/{what}";
        if (await SendAsync($"attio.{what}.create", HttpMethod.Post, path, AttioBody.Data(json => json.WriteString("title", title)), cancellationToken)) return;
        await SendAsync($"attio.{what}.update", HttpMethod.Patch, $"{path}/{Uri.EscapeDataString(title)}", Restored(false), cancellationToken);
    }

    private static byte[] Restored(bool isUnique) => AttioBody.Data(json =>
    {
        json.WriteBoolean("is_archived", false);
        if (isUnique) json.WriteBoolean("is_unique", true);
    });

    /// <returns>False when it was refused because the slug or title is taken.</returns>
    private async Task<bool> SendAsync(string operation, HttpMethod method, string path, byte[] body, CancellationToken cancellationToken)
    {
        // Repeating one of these is harmless: the second answer is that the slug is taken.
        AttioReply reply = await api.WriteAsync(operation, method, path, body, isIdempotent: true, cancellationToken);
        if (reply.Answer is not null) return true;
        if (reply.Error is { Status: 409, Code: "slug_conflict" }) return false;
        throw Stuck(reply.Error is { } error ? $"{operation} was refused: {error.Code}: {error.Reason(FieldSet.Empty)}" : reply.Lost!);
    }

    private static ProviderException Stuck(string message) =>
        new(message) { Operation = "attio.repair", Recovery = Recovery.StopRun, Hint = "Do this step by hand in Attio (Settings, Objects), then run `syncline doctor` again." };
}
