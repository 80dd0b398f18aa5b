using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Leads as person records. What belongs to a conversation (owner, campaign) is not here: a lead may stand in several senders' inboxes.</summary>
internal static class HeyReachPeople
{
    public const string Stream = "people";

    /// <summary>LinkedIn's numeric member id, or null; HeyReach leaves it out now and then.</summary>
    public static string? MemberIdOf(WireProfile? profile) => profile?.LinkedInId?.Trim() is { Length: > 0 } id && id != "0" ? id : null;

    /// <summary>The person's id in the connection, or null when the profile identifies nobody.</summary>
    public static string? IdOf(WireProfile? profile) =>
        MemberIdOf(profile) ?? (HeyReachMaps.SlugOf(profile?.ProfileUrl) is { } slug ? "slug:" + slug : null);

    /// <param name="tags">Tags the conversation shows beside the profile's own.</param>
    /// <param name="at">The conversation's last message: the profile is at least as new as that.</param>
    public static RemoteRecord ToRecord(RecordKey key, WireProfile profile, IReadOnlyList<string> tags, DateTimeOffset? at) => new(key, RecordKind.Person, FieldSet.Of(
        ("first_name", FieldValue.TextOrNone(profile.FirstName)),
        ("last_name", FieldValue.TextOrNone(profile.LastName)),
        ("full_name", FieldValue.TextOrNone($"{profile.FirstName?.Trim()} {profile.LastName?.Trim()}")),
        ("headline", FieldValue.TextOrNone(profile.Headline)),
        ("position", FieldValue.TextOrNone(profile.Position)),
        ("company_name", FieldValue.TextOrNone(profile.CompanyName)),
        ("company_url", FieldValue.TextOrNone(profile.CompanyUrl)),
        ("location", FieldValue.TextOrNone(profile.Location)),
        ("about", FieldValue.TextOrNone(profile.About)),
        ("profile_url", FieldValue.TextOrNone(profile.ProfileUrl)),
        ("linkedin_id", FieldValue.TextOrNone(MemberIdOf(profile))),
        ("email", Texts.ListOf([profile.EmailAddress, profile.EnrichedEmailAddress, profile.CustomEmailAddress])),
        ("tags", Texts.ListOf([.. profile.Tags, .. tags])),
        ("lead_source", FieldValue.Of("HeyReach"))))
    {
        ModifiedAt = at,
    };
}

/// <summary>Several texts as one value.</summary>
internal static class Texts
{
    public static FieldValue? ListOf(IEnumerable<string?> texts) => FieldValue.List(texts.Select(FieldValue.TextOrNone).OfType<FieldValue>());
}
