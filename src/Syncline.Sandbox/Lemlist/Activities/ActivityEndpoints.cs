using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Activities;

/// <summary>The feed.</summary>
internal sealed class ActivityEndpoints(LemlistTeam team, ActivityJson json)
{
    private const int MostRows = 100;

    public IEnumerable<LemlistRoute> Routes() => [new("GET", "/activities", List)];

    private SandboxResponse List(LemlistCall call)
    {
        LemlistBehaviour behaviour = team.Behaviour;
        if (call.One("version") != "v2" && behaviour.ActivitiesVersion == LeftOut.Refuse) throw Refuse.Bad("version is required and must be v2");
        int limit = call.Limit(MostRows), offset = call.Whole("offset", 0);
        if (behaviour.DeepestOffset > 0 && offset > behaviour.DeepestOffset) throw Refuse.Bad("offset is too high");
        DateTimeOffset? from = call.Time("minDate") ?? call.Time("startDate"), to = call.Time("maxDate") ?? call.Time("endDate");
        if (from >= to) throw Refuse.Bad("maxDate must be greater than minDate");
        return LemlistAnswers.Rows(Page(team.Feed.Between(from, to), Filter(call), offset, limit).Select(json.Row));
    }

    /// <summary>Which rows are wanted; null when all are.</summary>
    private static Func<Activity, bool>? Filter(LemlistCall call)
    {
        string? type = call.One("type"), campaign = call.One("campaignId"), lead = call.One("leadId");
        bool onlyFirst = call.IsTrue("isFirst");
        if (type is null && campaign is null && lead is null && !onlyFirst) return null;
        return a => (type is null || a.Type == type) && (campaign is null || a.Lead?.Campaign.Id == campaign) && (lead is null || a.Lead?.Id == lead) && (!onlyFirst || a.IsFirst);
    }

    private List<Activity> Page(ReadOnlySpan<Activity> rows, Func<Activity, bool>? wanted, int offset, int limit)
    {
        bool newestFirst = team.Behaviour.ActivityOrder == ActivityOrder.NewestFirst;
        if (team.Behaviour.UnstableTies) rows = Shaken(rows);
        List<Activity> page = [];
        // Without a filter the rows before the page need not be looked at: a feed of 100,000 is walked in a thousand pages.
        for (int i = wanted is null ? offset : 0, skip = wanted is null ? 0 : offset; i < rows.Length && page.Count < limit; i++)
        {
            Activity row = rows[newestFirst ? rows.Length - 1 - i : i];
            if (wanted is not null && !wanted(row)) continue;
            if (skip-- <= 0) page.Add(row);
        }
        return page;
    }

    private Activity[] Shaken(ReadOnlySpan<Activity> rows)
    {
        Activity[] shaken = rows.ToArray();
        for (int first = 0, end; first < shaken.Length; first = end)
        {
            end = first + 1;
            while (end < shaken.Length && shaken[end].CreatedAt == shaken[first].CreatedAt) end++;
            team.Ids.Shuffle(shaken.AsSpan(first..end));
        }
        return shaken;
    }
}
