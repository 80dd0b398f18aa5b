using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist;

/// <summary>Changes the feed between two pages of it: what a scan by offset has to live with.</summary>
internal sealed class FeedDrift(LemlistTeam team, LemlistLife life, int seed)
{
    private readonly Random _random = new(seed);

    public void Strike(Drift drift)
    {
        if (team.Feed.All.Count == 0 || drift == Drift.None) return;
        if (drift.HasFlag(Drift.Insert) && AnyLead() is { } opened) life.Open(opened.Id);
        if (drift.HasFlag(Drift.BackDate) && AnyLead() is { } replied) life.Reply(replied.Id, writtenBefore: TimeSpan.FromMinutes(_random.Next(1, 600)));
        if (drift.HasFlag(Drift.Mutate)) Mutate(AnyRow());
        if (drift.HasFlag(Drift.Delete)) life.Delete(AnyRow().Id);
    }

    private static void Mutate(Activity row)
    {
        row.ShowsStepId = true;
        if (row.Lead is { } lead) lead.State = lead.State == "manualInterested" ? "manualNotInterested" : "manualInterested";
    }

    private Activity AnyRow() => team.Feed.All[_random.Next(team.Feed.All.Count)];

    private Lead? AnyLead() => AnyRow().Lead is { } lead && team.Leads.Find(lead.Id) is not null ? lead : team.Leads.All.FirstOrDefault();
}
