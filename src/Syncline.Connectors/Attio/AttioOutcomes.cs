using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Replies that are not a success, as outcomes.</summary>
internal static class AttioOutcomes
{
    /// <summary>Codes that blame a value; the record may be accepted without it.</summary>
    private static readonly string[] ValueCodes = ["validation_type", "value_not_found"];

    public static WriteOutcome Gone(Operation operation) => new WriteOutcome.Gone($"Record {operation.RemoteId} is not there any more: deleted, or merged into another.");

    public static WriteOutcome Failed(Operation operation, AttioReply reply, AttioAttributes attributes, FieldMap map)
    {
        if (reply.Error is not { } error) return new WriteOutcome.Unknown(reply.Lost ?? "No answer.");
        // A record that is being merged is neither there nor gone; refused, it is tried again later, when the merge is over.
        if (error.IsMerging) return new WriteOutcome.Refused(error.Code, "The record is being merged with another at this moment; a later attempt finds the merged one.");
        if (error is { Status: 404, Code: "not_found" } && operation.RemoteId is not null) return Gone(operation);
        return new WriteOutcome.Refused(error.Code, attributes.Name(error.Reason(operation.Fields)))
        {
            ConflictingId = error.ConflictingId,
            OptionalField = ValueCodes.Contains(error.Code) ? Optional(operation, error, map) : null,
        };
    }

    public static WriteOutcome Deletion(Operation operation, AttioReply reply, AttioAttributes attributes, FieldMap map) =>
        reply.Answer is not null || reply.Error is { Status: 404, IsMerging: false } ? new WriteOutcome.Deleted() : Failed(operation, reply, attributes, map);

    /// <summary>The sent field an error names, when nothing depends on it; titles that are unknown are quoted without their attribute, so the value is looked for too.</summary>
    private static string? Optional(Operation operation, AttioError error, FieldMap map) =>
        operation.Fields
            .Where(f => error.Slugs.Contains(AttioAttributes.SlugOf(f.Name)) || (error.Slugs.Count == 0 && error.Message.Contains($"title \"{f.Value}\"", StringComparison.Ordinal)))
            .Select(f => f.Name)
            .FirstOrDefault(name => map.Rules.Where(r => r.Remote == name).All(r => !r.IsRequired));
}
