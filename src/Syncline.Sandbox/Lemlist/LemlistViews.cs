namespace Syncline.Sandbox.Lemlist;

/// <summary>A campaign as the provider holds it.</summary>
public sealed record LemlistCampaignView(string Id, string Name, string Status, string State, int LeadCount);

/// <summary>A lead as the provider holds it.</summary>
/// <param name="State">The last state of any channel.</param>
/// <param name="IsInGraveyard">Unsubscribed, in this campaign or in the whole team.</param>
/// <param name="Variables">Standard fields and custom variables; a cleared one is an empty text.</param>
public sealed record LemlistLeadView(
    string Id, string CampaignId, string ContactId, string? Email, string State, string GlobalState, bool IsPaused, bool IsInGraveyard, IReadOnlyDictionary<string, string> Variables);

/// <summary>A contact as the provider holds it.</summary>
public sealed record LemlistContactView(
    string Id, string? Email, string FullName, bool IsUnsubscribed, IReadOnlyList<string> LeadIds, IReadOnlyDictionary<string, string> Fields);

/// <summary>An activity as the provider holds it.</summary>
/// <param name="SeenAt">When lemlist learned of it: later than <paramref name="CreatedAt"/> for a reply and for what was back-dated.</param>
public sealed record LemlistActivityView(string Id, string Type, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string? LeadId, string? ContactId, bool IsBot);

/// <summary>An entry of the unsubscribe list.</summary>
/// <param name="Source">api, bounced, lead, user or abuse.</param>
public sealed record LemlistUnsubscribeView(string Value, string Source, DateTimeOffset CreatedAt);
