using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>What HeyReach's fields are called in the hub.</summary>
internal static class HeyReachMaps
{
    private static readonly Transform Slug = new("linkedin-slug", v => SlugOf(v.Text) is { } slug ? FieldValue.Of(slug) : null);
    private static readonly Transform ProfileUrl = new("linkedin-url", v => SlugOf(v.Text) is { } slug ? FieldValue.Of("https://www.linkedin.com/in/" + slug) : null);

    public static IReadOnlyList<FieldMap> All { get; } =
    [
        new(RecordKind.Person, HeyReachPeople.Stream,
        [
            In("first_name"), In("last_name"), In("full_name"),
            In("position", "job_title"), In("headline", "job_title"), In("headline"),
            In("company_name"), In("location"),
            In("profile_url", "linkedin") with { Inward = Slug },
            In("profile_url", "linkedin_url") with { Inward = ProfileUrl },
            In("linkedin_id", "linkedin_member_id"), In("linkedin_id", "lead_id"),
            In("email"), In("tags"), In("lead_source"),
        ]),
        new(RecordKind.Conversation, HeyReachConversations.Stream,
        [
            In("id", "conversation_id"), In("person"), In("last_message_at"), In("total_messages"),
            In("owner_email"), In("campaign_id"), In("campaign_name"), In("tags"),
        ]),
        new(RecordKind.Message, HeyReachMessages.Stream,
        [
            In("message_uid") with { Policy = FieldPolicy.FillOnly }, In("message_uid_alias"),
            In("person"), In("conversation"), In("conversation_id"), In("body"), In("subject"), In("sent_at"),
            In("direction"), In("channel"), In("campaign_id"), In("sender_email"),
        ]),
    ];

    /// <summary>The part of a profile address that names the person, in the form the hub compares: lower case, decoded. Null when it is no profile address.</summary>
    /// <remarks>An opaque member URN (<c>ACoAA…</c>) is case-sensitive and stays as it is.</remarks>
    internal static string? SlugOf(string? url)
    {
        const string marker = "linkedin.com/in/";
        int start = url?.IndexOf(marker, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0) return null;
        string rest = url![(start + marker.Length)..];
        int end = rest.AsSpan().IndexOfAny('/', '?', '#');
        string slug = Uri.UnescapeDataString(end < 0 ? rest : rest[..end]).Trim();
        return slug.Length == 0 ? null : slug.StartsWith("ACoAA", StringComparison.Ordinal) ? slug : slug.ToLowerInvariant();
    }

    private static FieldRule In(string remote) => In(remote, remote);

    private static FieldRule In(string remote, string canonical) => new(remote, canonical) { Direction = MapDirection.In };
}
