using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Inboxes;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Unsubscribes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Office;

/// <summary>Everything one lemlist team holds.</summary>
internal sealed class LemlistTeam
{
    private static readonly string[] Names = ["Ivo Lenz", "Mara Quist", "Tom Brandt", "Lea Sorel"];
    private readonly TimeProvider _clock;

    public LemlistTeam(LemlistSandboxOptions options, LemlistBehaviour behaviour, TimeProvider clock)
    {
        (_clock, Behaviour, Ids, Credits) = (clock, behaviour, new(options.Seed), options.Credits);
        Id = Ids.Next("tea");
        CreatedAt = Now.AddYears(-1);
        Users = [.. Enumerable.Range(0, Math.Max(1, options.Users)).Select(NewUser)];
        Unsubscribes = new(this);
    }

    public LemlistBehaviour Behaviour { get; }
    public LemlistIds Ids { get; }
    public string Id { get; }
    public DateTimeOffset CreatedAt { get; }
    public IReadOnlyList<LemlistUser> Users { get; }
    public List<Campaign> Campaigns { get; } = [];
    public LeadBook Leads { get; } = new();
    public ContactBook Contacts { get; } = new();
    public List<ContactList> Lists { get; } = [];
    public List<Company> Companies { get; } = [];
    public ActivityFeed Feed { get; } = new();
    public InboxBook Inbox { get; } = new();
    public UnsubscribeBook Unsubscribes { get; }

    /// <summary>What is left of the credits for enrichments.</summary>
    public int Credits { get; private set; }

    public int CreditsSpent { get; private set; }

    /// <summary>By the clock, in whole milliseconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = _clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>Told of every activity that enters the feed by itself, not of invented ones.</summary>
    public Action<Activity>? Happened { get; set; }

    /// <summary>Told of enrichments that are asked for.</summary>
    public Action<Contact, DateTimeOffset>? EnrichmentStarted { get; set; }

    public Campaign Campaign(string id) => FindCampaign(id) ?? throw Refuse.NotFound("Campaign");

    public Campaign? FindCampaign(string id) => Campaigns.Find(c => c.Id == id);

    public LemlistUser? FindUser(string idOrEmail) => Users.FirstOrDefault(u => u.Id == idOrEmail || u.Email.Equals(idOrEmail, StringComparison.OrdinalIgnoreCase));

    public Company? FindCompany(string id) => Companies.Find(c => c.Id == id);

    public void Spend(int credits)
    {
        CreditsSpent += credits;
        Credits = Math.Max(0, Credits - credits);
    }

    /// <summary>Puts an activity into the feed and, when it is a message, into the inbox.</summary>
    /// <param name="quietly">No hook is sent for it.</param>
    public void Record(Activity activity, bool quietly = false)
    {
        Feed.Add(activity);
        Inbox.Add(activity, this);
        if (!quietly) Happened?.Invoke(activity);
    }

    /// <summary>Takes a contact out with its leads and all that they did.</summary>
    public void Remove(Contact contact)
    {
        foreach (Lead lead in contact.Leads.ToArray()) Leads.Remove(lead);
        Contacts.Remove(contact);
        foreach (ContactList list in Lists) list.Members.Remove(contact);
        Feed.RemoveAll(a => a.Contact == contact);
        Inbox.Remove(contact);
    }

    private LemlistUser NewUser(int index)
    {
        string name = index < Names.Length ? Names[index] : $"Member {index + 1}";
        string email = name.ToLowerInvariant().Replace(' ', '.') + "@example.org";
        return new(Ids.Next("usr"), name, email, index == 0 ? "admin" : "user", Ids.Next("usm"));
    }
}
