using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Unsubscribes;

namespace Syncline.Sandbox.Lemlist;

/// <summary>What people and the world do at lemlist without a request. An unknown id is an <see cref="ArgumentException"/>.</summary>
public sealed class LemlistLife
{
    private readonly LemlistTeam _team;
    private readonly LeadIntake _intake;

    internal LemlistLife(LemlistTeam team) => (_team, _intake) = (team, new(team));

    /// <returns>The campaign's id.</returns>
    public string AddCampaign(string name, string status = "running")
    {
        Campaign campaign = new(name, status, _team.Users[_team.Campaigns.Count % _team.Users.Count], _team.Now, _team.Ids);
        _team.Campaigns.Add(campaign);
        return campaign.Id;
    }

    /// <summary>A person is brought in by hand; the contact is found by address or LinkedIn URL, or made.</summary>
    /// <param name="more">Further fields and custom variables.</param>
    /// <returns>The lead's id.</returns>
    public string AddLead(string campaignId, string? email, string firstName = "Ada", string lastName = "Field", IReadOnlyDictionary<string, string>? more = null)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["firstName"] = firstName, ["lastName"] = lastName };
        if (email is not null) variables["email"] = email;
        foreach ((string name, string value) in more ?? new Dictionary<string, string>()) variables[Lead.NameOf(name)] = value;
        return _intake.Add(_team.FindCampaign(campaignId) ?? throw Unknown(campaignId), variables, "csv").Id;
    }

    /// <returns>The company's id.</returns>
    public string AddCompany(string name, string? domain = null)
    {
        Company company = new(_team.Ids.Next("cpn"), _team.Users[0].Id, _team.Now) { Domain = domain };
        company.Fields["name"] = name;
        _team.Companies.Add(company);
        return company.Id;
    }

    /// <summary>Puts anything into the feed, moves the lead's state by it and sends its hooks.</summary>
    /// <returns>The activity's id.</returns>
    public string Record(LemlistHappened happened)
    {
        Lead? lead = happened.LeadId is { } id ? Of(id) : null;
        bool isMail = happened.Type.StartsWith("emails", StringComparison.Ordinal);
        bool isReply = happened.Type.EndsWith("Replied", StringComparison.Ordinal);
        Activity activity = new(_team.Ids.Next("act"), happened.Type, happened.At ?? _team.Now)
        {
            SeenAt = _team.Now,
            Lead = lead,
            Contact = lead?.Contact,
            ShowsContact = happened.ShowsContact,
            ShowsStepId = happened.ShowsStepId,
            Step = happened.Step,
            IsBot = happened.IsBot,
            UserId = lead?.Campaign.Owner.Id,
            Sender = lead?.Campaign.Owner,
            Subject = happened.Subject,
            Preview = isMail && isReply ? Cut(happened.Text) : null,
            Text = isMail ? null : happened.Text,
            Html = isMail && happened.Text is { } text ? $"<div>{System.Net.WebUtility.HtmlEncode(text)}</div>" : null,
            Note = happened.Note,
            ErrorMessage = happened.ErrorMessage,
            LinkUrl = happened.LinkUrl,
            Recording = happened.Recording,
            More = happened.More,
        };
        if (lead is not null) LeadEvents.Move(lead, happened.Type, _team.Now);
        _team.Record(activity, happened.IsQuiet);
        if (_team.Behaviour.GroupRows && ActivityTypes.Group(happened.Type) is { } group) _team.Record(new(_team.Ids.Next("act"), group, activity.CreatedAt) { SeenAt = _team.Now, Lead = lead, Contact = lead?.Contact }, quietly: true);
        return activity.Id;
    }

    public string Send(string leadId, string subject = "A question", string text = "May I ask you something?") => Record(new("emailsSent") { LeadId = leadId, Subject = subject, Text = text });

    public string Open(string leadId, bool isBot = false) => Record(new("emailsOpened") { LeadId = leadId, IsBot = isBot });

    public string Click(string leadId, string url = "https://example.org/offer", bool isBot = false) => Record(new("emailsClicked") { LeadId = leadId, LinkUrl = url, IsBot = isBot });

    /// <summary>A mail reply: its <c>createdAt</c> is the time in the mail's header, in whole seconds, which lies before lemlist saw it.</summary>
    /// <param name="writtenBefore">How long before now it was written.</param>
    public string Reply(string leadId, string text = "Yes, next week.", TimeSpan writtenBefore = default)
    {
        DateTimeOffset written = _team.Now - writtenBefore;
        return Record(new("emailsReplied") { LeadId = leadId, Subject = "Re: A question", Text = text, At = written.AddTicks(-(written.Ticks % TimeSpan.TicksPerSecond)) });
    }

    public string WriteOnLinkedIn(string leadId, string text = "Hello!") => Record(new("linkedinSent") { LeadId = leadId, Text = text });

    public string ReplyOnLinkedIn(string leadId, string text = "Hello to you.") => Record(new("linkedinReplied") { LeadId = leadId, Text = text });

    /// <summary>The mail comes back: the address is in the unsubscribe list from then on.</summary>
    public string Bounce(string leadId)
    {
        if (Of(leadId).Email is { } email) _team.Unsubscribes.Add(email, UnsubscribeSource.Bounced);
        return Record(new("emailsBounced") { LeadId = leadId, ErrorMessage = "550 5.1.1 no such user" });
    }

    /// <summary>The person clicks the link: the whole team may not write any more, and the API cannot take it back.</summary>
    public string Unsubscribe(string leadId)
    {
        Lead lead = Of(leadId);
        if (lead.Email is { } email) _team.Unsubscribes.Add(email, UnsubscribeSource.Lead);
        return LeadEvents.Unsubscribe(lead, _team, "lead").Id;
    }

    /// <summary>The mail provider reports abuse for an address, or a user adds one to the list.</summary>
    /// <param name="source">api, bounced, lead, user or abuse.</param>
    public void AddUnsubscribe(string value, string source) => _team.Unsubscribes.Add(value, Enum.Parse<UnsubscribeSource>(source, ignoreCase: true));

    /// <param name="isInterested">False marks the lead as not interested.</param>
    public string Mark(string leadId, bool isInterested = true) => Record(new(isInterested ? "manualInterested" : "manualNotInterested") { LeadId = leadId });

    /// <summary>A call was recorded; the recording is told as a text or as an object.</summary>
    public string RecordCall(string leadId, bool asObject) => Record(new("callRecordingDone")
    {
        LeadId = leadId, Recording = asObject ? new JsonObject { ["url"] = "https://example.org/call.mp3", ["duration"] = 63 } : JsonValue.Create("https://example.org/call.mp3"),
    });

    /// <summary>A note at a company: a row with neither lead nor campaign.</summary>
    public string Annotate(string companyId, string note)
    {
        Activity activity = CompanyNotes.Make(_team, _team.FindCompany(companyId) ?? throw Unknown(companyId), note, _team.Users[0]);
        _team.Record(activity);
        return activity.Id;
    }

    /// <summary>Something of the whole team, <c>sendLimitReached</c>: no lead, no campaign.</summary>
    public string Alert(string type) => Record(new(type));

    public void SetCampaignStatus(string campaignId, string status) => (_team.FindCampaign(campaignId) ?? throw Unknown(campaignId)).Status = status;

    public void SetVariable(string leadId, string name, string value) => _team.Leads.Set(Of(leadId), name, value);

    /// <summary>The lead's state is another: rows that are already in the feed read differently from then on.</summary>
    public void SetState(string leadId, string state) => Of(leadId).State = state;

    /// <summary>Gives a row another <c>createdAt</c>.</summary>
    public void BackDate(string activityId, DateTimeOffset to) => _team.Feed.Move(Activity(activityId), to);

    /// <summary>Fills in the stepId of an old row.</summary>
    public void FillStepId(string activityId) => Activity(activityId).ShowsStepId = true;

    /// <summary>The row vanishes from the feed and the inbox.</summary>
    public void Delete(string activityId)
    {
        Activity activity = Activity(activityId);
        _team.Feed.Remove(activity);
        _team.Inbox.Remove(activity);
    }

    /// <summary>The lead is gone; what it did stays.</summary>
    public void DeleteLead(string leadId) => _team.Leads.Remove(Of(leadId));

    /// <summary>The contact is gone with its leads and all they did.</summary>
    public void DeleteContact(string contactId) => _team.Remove(_team.Contacts.Find(contactId) ?? throw Unknown(contactId));

    private Lead Of(string leadId) => _team.Leads.Find(leadId) ?? throw Unknown(leadId);

    private Activity Activity(string id) => _team.Feed.Find(id) ?? throw Unknown(id);

    private static string? Cut(string? text) => text is { Length: > 120 } ? text[..120] : text;

    private static ArgumentException Unknown(string id) => new($"There is no {id}.", nameof(id));
}
