using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Campaigns;

/// <summary>One step of a campaign's sequence.</summary>
internal sealed record CampaignStep(string Id, string Type, string TemplateId, int Index, int DelayDays);

/// <summary>A campaign: its name says nothing of which it is.</summary>
internal sealed class Campaign(string name, string status, LemlistUser owner, DateTimeOffset createdAt, LemlistIds ids)
{
    public static readonly string[] Statuses = ["running", "draft", "archived", "ended", "paused", "errors"];

    public string Id { get; } = ids.Next("cam");
    public string Name { get; set; } = name;

    /// <summary>The computed phase.</summary>
    public string Status { get; set; } = status;

    /// <summary>The switch, running or paused: an ended campaign may still say running here.</summary>
    public string State { get; set; } = status is "running" or "ended" ? "running" : "paused";

    public LemlistUser Owner => owner;
    public DateTimeOffset CreatedAt => createdAt;
    public string SequenceId { get; } = ids.Next("seq");
    public IReadOnlyList<CampaignStep> Steps { get; } =
    [
        .. ((string[])["email", "linkedinInvite", "linkedinSend", "email"]).Select((type, i) => new CampaignStep(ids.Next("stp"), type, ids.Next("etp"), i, i == 0 ? 0 : 2)),
    ];

    /// <summary>In the order they were added.</summary>
    public List<Lead> Leads { get; } = [];
}
