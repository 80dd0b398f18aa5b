using System.Net.Http;
using System.Text.Json;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>
/// The person's side of a message. Where the message's person is a true relationship Attio keeps both sides, and this does nothing. Where the two are separate references
/// (made by hand, or before relationships could be made by the API) the person is given the message as part of the message's own write: adding an id twice adds it once.
/// </summary>
internal sealed class AttioBackLinks(AttioApi api, AttioOptions options)
{
    private string? _person;

    /// <summary>True when people must be written too.</summary>
    public bool IsNeeded => _person is not null;

    public async Task PrepareAsync(AttioAttributes messages, FieldMap map, CancellationToken cancellationToken)
    {
        _person = null;
        string? person = map.Rules.FirstOrDefault(r => r.Canonical == "person" && r.Direction != MapDirection.In)?.Remote;
        if (person is null || messages.Find(person) is not { Type: "record-reference", Relationship: null }) return;
        AttioAttributes people = await new AttioSchema(api).AttributesAsync("objects/people", cancellationToken);
        if (people.Find(options.MessagesLink) is { Type: "record-reference", IsWritable: true, Relationship: null }) _person = person;
    }

    /// <summary>Gives the person of a written message the reference to it.</summary>
    /// <returns>Null when done or not needed; otherwise why that is not certain.</returns>
    public async Task<string?> LinkAsync(RemoteRecord message, FieldSet sent, CancellationToken cancellationToken)
    {
        if (_person is null || sent[_person] is not { Type: Records.FieldType.Reference } person) return null;
        string path = $"v2/objects/people/records/{Uri.EscapeDataString(person.ReferencedId)}";
        AttioReply reply;
        try
        {
            reply = await api.WriteAsync("attio.people.link", HttpMethod.Patch, path, AttioBody.Values(json => Reference(json, message.Key.Id)), isIdempotent: true, cancellationToken);
        }
        catch (ProviderException failure)
        {
            return failure.Message;
        }
        return reply.Lost ?? (reply.Error is { Status: not 404 } or { IsMerging: true } ? $"The person was not given the message: {reply.Error.Reason(FieldSet.Empty)}" : null);
    }

    /// <summary>The same messages; one whose person does not refer back shows no person, so that it is seen to be unfinished and written again.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> OnlyWholeAsync(IReadOnlyList<RemoteRecord> messages, CancellationToken cancellationToken)
    {
        if (_person is null || messages.Count == 0) return messages;
        HashSet<string> linked = [];
        foreach (string[] some in messages.Select(m => m.Fields[_person]?.ReferencedId).OfType<string>().Distinct().Chunk(100)) linked.UnionWith(await LinksOfAsync(some, cancellationToken));
        return [.. messages.Select(m => linked.Contains(m.Key.Id) ? m : m with { Fields = m.Fields.With(_person, null) })];
    }

    private async Task<IEnumerable<string>> LinksOfAsync(string[] people, CancellationToken cancellationToken)
    {
        byte[] body = AttioBody.Query(json => AttioBody.Nested(json, "record_id", id => AttioBody.Strings(id, "$in", people)), AttioOptions.MaxRows, 0);
        IReadOnlyList<JsonElement> rows = await api.QueryAsync("attio.people.query", "v2/objects/people/records/query", body, cancellationToken);
        return rows.Where(r => r.GetProperty("values").TryGetProperty(options.MessagesLink, out _))
            .SelectMany(r => r.GetProperty("values").GetProperty(options.MessagesLink).EnumerateArray())
            .Select(v => AttioValues.Text(v, "target_record_id"))
            .OfType<string>();
    }

    private void Reference(Utf8JsonWriter json, string message)
    {
        json.WriteStartArray(options.MessagesLink);
        json.WriteStartObject();
        json.WriteString("target_object", options.MessagesObject);
        json.WriteString("target_record_id", message);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
