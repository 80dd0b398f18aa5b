namespace Syncline.Sandbox.Lemlist;

/// <summary>What to invent. Shares run from 0 to 1 and are drawn per person unless they say otherwise.</summary>
/// <param name="People">Contacts, each with at least one lead.</param>
/// <param name="ActivitiesPerLead">Rows of the feed for each lead.</param>
public sealed record LemlistWorld(int People, int ActivitiesPerLead)
{
    /// <summary>Running, in turn with the statuses below where the world is lively.</summary>
    public int Campaigns { get; init; } = 3;

    /// <summary>Statuses of the campaigns, in turn.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = ["running"];

    /// <summary>Activities are spread over this time before now.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(60);

    /// <summary>People who are in a second campaign too.</summary>
    public double TwoCampaigns { get; init; }

    /// <summary>People known by their LinkedIn profile alone.</summary>
    public double NoEmail { get; init; }

    /// <summary>People with custom variables.</summary>
    public double CustomVariables { get; init; }

    /// <summary>People with custom variables named like fields of an activity.</summary>
    public double Collisions { get; init; }

    /// <summary>Of the opens and clicks, how many are automatic.</summary>
    public double Bots { get; init; }

    /// <summary>Of the rows, how many are from before contactId and stepId were written.</summary>
    public double OldRows { get; init; }

    /// <summary>Of the rows, how many have the very millisecond of the row before.</summary>
    public double Ties { get; init; }

    /// <summary>Of the rows, how many have a type that nobody knows or a recording.</summary>
    public double Oddities { get; init; }

    /// <summary>Companies with a note each: rows without a lead.</summary>
    public int Notes { get; init; }

    /// <summary>People who have unsubscribed.</summary>
    public double Unsubscribed { get; init; }

    /// <summary>Every person with an address and a profile, in one campaign, and nothing odd.</summary>
    public static LemlistWorld Plain(int people, int activitiesPerLead = 3) => new(people, activitiesPerLead);

    /// <summary>Every oddity the contract names, common enough to be met.</summary>
    public static LemlistWorld Lively(int people) => new(people, 6)
    {
        Campaigns = 7,
        Statuses = ["running", "paused", "ended", "draft", "archived", "errors"],
        TwoCampaigns = 0.1,
        NoEmail = 0.1,
        CustomVariables = 0.3,
        Collisions = 0.05,
        Bots = 0.3,
        OldRows = 0.1,
        Ties = 0.1,
        Oddities = 0.05,
        Notes = 5,
        Unsubscribed = 0.03,
    };
}
