using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Leads;

namespace Syncline.Storage.Json;

/// <summary>What is kept of a lead, as JSON.</summary>
[JsonSerializable(typeof(Lead))]
[JsonSerializable(typeof(LeadPast))]
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

    /// <param name="was">As <see cref="ListedLead.Was"/>; it stands behind the lead's own values, and goes when the lead goes.</param>
    public static string Write(Lead lead, Lead? was)
    {
        string text = JsonSerializer.Serialize(lead, Readable.Lead);
        return was is null ? text : $"{text[..^1]},{JsonSerializer.Serialize(new LeadPast(was), Readable.LeadPast)[1..]}";
    }

    public static Lead Read(string text) => JsonSerializer.Deserialize(text, Readable.Lead)!;

    public static Lead? ReadWas(string text) => JsonSerializer.Deserialize(text, Readable.LeadPast)?.Was;
}

/// <summary>The part of a kept lead that says who it was.</summary>
internal sealed record LeadPast(Lead? Was);
