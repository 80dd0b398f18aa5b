using System.Text.Json;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Refusals as bodies, and as rows of a batch's <c>errors</c>.</summary>
internal static class ErrorJson
{
    public static SandboxResponse Write(HubSpotRefusalException refusal, string correlation) => Answers.Object(writer =>
    {
        writer.WriteString("status", "error");
        writer.WriteString("message", refusal.Message);
        writer.WriteString("correlationId", correlation);
        if (refusal.Policy is { } policy) WritePolicy(writer, policy, correlation);
        else writer.WriteString("category", refusal.Category);
        WriteRest(writer, refusal);
    }, refusal.Status);

    /// <summary>A row of a batch, named by its trace id where it had one.</summary>
    public static void WriteRow(Utf8JsonWriter writer, HubSpotRefusalException refusal, string? traceId)
    {
        writer.WriteStartObject();
        writer.WriteString("status", "error");
        writer.WriteString("category", refusal.Category);
        writer.WriteString("message", refusal.Message);
        if (refusal.SubCategory is not null) writer.WriteString("subCategory", refusal.SubCategory);
        writer.WriteStartObject("context");
        if (traceId is not null) WriteStrings(writer, "objectWriteTraceId", [traceId]);
        foreach ((string name, IReadOnlyList<string> values) in refusal.Context ?? new Dictionary<string, IReadOnlyList<string>>()) WriteStrings(writer, name, values);
        writer.WriteEndObject();
        if (refusal.Details.Count > 0) writer.WriteArray("errors", refusal.Details, WriteDetail);
        writer.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter writer, LimitPolicy policy, string correlation)
    {
        writer.WriteString("errorType", "RATE_LIMIT");
        writer.WriteString("policyName", policy.Name);
        writer.WriteString("requestId", correlation);
    }

    private static void WriteRest(Utf8JsonWriter writer, HubSpotRefusalException refusal)
    {
        if (refusal.SubCategory is not null) writer.WriteString("subCategory", refusal.SubCategory);
        if (refusal.Details.Count > 0) writer.WriteArray("errors", refusal.Details, WriteDetail);
        if (refusal.Context is not null) WriteContext(writer, refusal.Context);
    }

    private static void WriteDetail(Utf8JsonWriter writer, ErrorDetail detail)
    {
        writer.WriteStartObject();
        writer.WriteString("message", detail.Message);
        if (detail.Code is not null) writer.WriteString("code", detail.Code);
        if (detail.SubCategory is not null) writer.WriteString("subCategory", detail.SubCategory);
        if (detail.Context is not null) WriteContext(writer, detail.Context);
        writer.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> context)
    {
        writer.WriteStartObject("context");
        foreach ((string name, IReadOnlyList<string> values) in context) WriteStrings(writer, name, values);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values) => writer.WriteArray(name, values, static (w, v) => w.WriteStringValue(v));
}
