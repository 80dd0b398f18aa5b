using System.Globalization;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>Writes refusals in the envelope of the surface they happened on.</summary>
internal static class ErrorJson
{
    // The OpenAPI document gives this as a constant.
    private const string V1Docs = "https://openphone.com/docs";
    private const string DatedDocs = "https://www.quo.com/docs";

    public static SandboxResponse Write(SandboxRequest request, QuoRefusalException refusal, QuoBehaviour behaviour, string trace)
    {
        JsonObject body = !Surface.IsV1(request.Path) ? Dated(refusal, trace)
            : behaviour.V1Errors == V1ErrorForm.Wrapped ? Wrapped(refusal, trace)
            : V1(refusal, V1Family.Of(request.Path), behaviour, trace);
        return QuoAnswers.Json(refusal.Status, body);
    }

    private static JsonObject V1(QuoRefusalException refusal, V1Family family, QuoBehaviour behaviour, string trace)
    {
        (string tail, string title) = family.Name(refusal, behaviour.OnlyDocumented400);
        JsonObject error = new()
        {
            ["message"] = refusal.Message,
            ["code"] = family.Prefix + tail,
            ["status"] = refusal.Status,
            ["docs"] = V1Docs,
            ["title"] = title,
            ["trace"] = trace,
        };
        // The titles of the document's own making come with a description of the same words.
        if (!IsPlain(title)) error["description"] = title;
        AddFaults(error, refusal);
        return error;
    }

    private static JsonObject Dated(QuoRefusalException refusal, string trace)
    {
        JsonObject error = new()
        {
            ["title"] = refusal.Title ?? V1Family.TitleOf(refusal.Status), ["message"] = refusal.Message, ["docs"] = DatedDocs, ["trace"] = trace,
        };
        AddFaults(error, refusal);
        return error;
    }

    // The key's vocabulary is not known: the title in lower case.
    private static JsonObject Wrapped(QuoRefusalException refusal, string trace) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = refusal.Message,
            ["key"] = (refusal.Title ?? V1Family.TitleOf(refusal.Status)).ToLower(CultureInfo.InvariantCulture).Replace(' ', '-'),
            ["trace"] = trace,
        },
    };

    private static void AddFaults(JsonObject error, QuoRefusalException refusal)
    {
        if (refusal.Faults.Count > 0) error["errors"] = new JsonArray([.. refusal.Faults.Select(Fault)]);
    }

    private static JsonObject Fault(QuoFault fault)
    {
        JsonObject written = new() { ["path"] = fault.Path, ["message"] = fault.Message };
        if (fault.Value is not null) written["value"] = fault.Value.DeepClone();
        written["schema"] = new JsonObject { ["type"] = fault.Type };
        return written;
    }

    private static bool IsPlain(string title) => title is "Bad Request" or "Unauthorized" or "Forbidden" or "Not Found" or "Conflict" or "Unknown" or "Too Many Requests" or "Payment Required";
}
