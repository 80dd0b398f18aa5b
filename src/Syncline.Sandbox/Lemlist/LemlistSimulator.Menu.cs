namespace Syncline.Sandbox.Lemlist;

/// <summary>The happenings by name, as the control API offers them.</summary>
public sealed partial class LemlistSimulator
{
    private const string LastMayHaveSpaces = "The last word may have spaces in it.";

    private IReadOnlyList<Happening> DescribeHappenings() =>
    [
        new("add-campaign", "Somebody makes a running campaign: NAME, which may have spaces in it.", a => Words(a, 1, w => Life.AddCampaign(w[0]))),
        new("campaign-status", "A campaign's status changes: ID STATUS.", a => Words(a, 2, w => Life.SetCampaignStatus(w[0], w[1]))),
        new("add-lead", $"Somebody brings a person into a campaign: CAMPAIGN EMAIL FIRSTNAME LASTNAME. {LastMayHaveSpaces}", a => Words(a, 4, w => Life.AddLead(w[0], w[1], w[2], w[3]))),
        new("send", "The campaign writes to a lead: LEAD.", a => Words(a, 1, w => Life.Send(w[0]))),
        new("open", "A lead opens a mail: LEAD.", a => Words(a, 1, w => Life.Open(w[0]))),
        new("bot-open", "A machine opens a mail: LEAD.", a => Words(a, 1, w => Life.Open(w[0], isBot: true))),
        new("click", "A lead clicks a link: LEAD.", a => Words(a, 1, w => Life.Click(w[0]))),
        new("reply", $"A lead answers a mail: LEAD TEXT. {LastMayHaveSpaces}", a => Words(a, 2, w => Life.Reply(w[0], w[1]))),
        new("late-reply", $"An answer is seen ten minutes after it was written: LEAD TEXT. {LastMayHaveSpaces}", a => Words(a, 2, w => Life.Reply(w[0], w[1], TimeSpan.FromMinutes(10)))),
        new("linkedin-reply", $"A lead answers on LinkedIn: LEAD TEXT. {LastMayHaveSpaces}", a => Words(a, 2, w => Life.ReplyOnLinkedIn(w[0], w[1]))),
        new("bounce", "A mail comes back: LEAD.", a => Words(a, 1, w => Life.Bounce(w[0]))),
        new("unsubscribe", "A lead clicks unsubscribe: LEAD.", a => Words(a, 1, w => Life.Unsubscribe(w[0]))),
        new("add-unsubscribe", "A value enters the unsubscribe list: api|bounced|lead|user|abuse VALUE.", a => Words(a, 2, w => Life.AddUnsubscribe(w[1], w[0]))),
        new("interested", "Somebody marks a lead: LEAD.", a => Words(a, 1, w => Life.Mark(w[0]))),
        new("not-interested", "Somebody marks a lead: LEAD.", a => Words(a, 1, w => Life.Mark(w[0], isInterested: false))),
        new("call", "A call is recorded: text|object LEAD.", a => Words(a, 2, w => Life.RecordCall(w[1], w[0] == "object"))),
        new("activity", "Any type enters the feed: TYPE LEAD.", a => Words(a, 2, w => Life.Record(new(w[0]) { LeadId = w[1] }))),
        new("alert", "Something of the whole team: TYPE.", a => Words(a, 1, w => Life.Alert(w[0]))),
        new("back-date", "A row gets another time: ACTIVITY TIME.", a => Words(a, 2, w => Life.BackDate(w[0], DateTimeOffset.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture)))),
        new("fill-step", "The stepId of an old row is filled in: ACTIVITY.", a => Words(a, 1, w => Life.FillStepId(w[0]))),
        new("delete-activity", "A row vanishes: ACTIVITY.", a => Words(a, 1, w => Life.Delete(w[0]))),
        new("delete-contact", "A contact goes with all it did: CONTACT.", a => Words(a, 1, w => Life.DeleteContact(w[0]))),
        new("set-variable", $"A variable of a lead changes: LEAD NAME VALUE. {LastMayHaveSpaces}", a => Words(a, 3, w => Life.SetVariable(w[0], w[1], w[2]))),
        new("add-key", "A key is made: KEY.", a => Words(a, 1, w => AddKey(w[0]))),
        new("block-key", "A key's user is blocked: KEY.", a => Words(a, 1, w => BlockKey(w[0]))),
        new("revoke-key", "A key stops working: KEY.", a => Words(a, 1, w => RevokeKey(w[0]))),
    ];

    private static void Words(string? argument, int count, Action<string[]> use)
    {
        string[] words = (argument ?? "").Split(' ', count, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != count) throw new ArgumentException($"Expected {count} words.", nameof(argument));
        use(words);
    }
}
