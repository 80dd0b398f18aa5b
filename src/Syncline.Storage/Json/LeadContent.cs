using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Leads;

namespace Syncline.Storage.Json;

/// <summary>What is kept of a lead, as JSON.</summary>
[JsonSerializable(typeof(Lead))]
internal sealed partial class LeadContent : JsonSerializerContext
{
    // The text is searched, so letters of all scripts stand in it as they are; it is shown on no page.
    private static readonly LeadContent Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(Lead lead) => JsonSerializer.Serialize(lead, Readable.Lead);

    public static Lead Read(string text) => JsonSerializer.Deserialize(text, Readable.Lead)!;
}
