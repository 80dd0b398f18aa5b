namespace Syncline.Sandbox.HeyReach;

/// <summary>What to invent. Shares run from 0 to 1 and are drawn per person unless they say otherwise.</summary>
/// <param name="People">Leads, each with at least one conversation.</param>
/// <param name="MessagesPerPerson">Messages of each conversation, at the least.</param>
public sealed record HeyReachWorld(int People, int MessagesPerPerson)
{
    /// <summary>Messages of each conversation at the most; the number is drawn evenly between the two.</summary>
    public int MessagesAtMost { get; init; } = MessagesPerPerson;

    /// <summary>Newest messages are spread evenly over this time before now.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(120);

    public int Senders { get; init; } = 3;
    public int Campaigns { get; init; } = 4;
    public int Lists { get; init; } = 2;

    /// <summary>Leads with a second conversation, from another sender.</summary>
    public double TwoSenders { get; init; }

    /// <summary>Leads who are in a second campaign.</summary>
    public double TwoCampaigns { get; init; }

    public double GroupChats { get; init; }

    /// <summary>Profiles with neither linkedin_id nor profileUrl.</summary>
    public double NoIdentity { get; init; }

    /// <summary>Names and slugs with letters beyond ASCII.</summary>
    public double NonAscii { get; init; }

    /// <summary>Profile URLs whose slug is an opaque member URN, <c>ACoAA…</c>.</summary>
    public double MemberUrns { get; init; }

    /// <summary>Last names and headlines with spaces round them.</summary>
    public double SpacedNames { get; init; }

    public double NoLastName { get; init; }

    /// <summary>Conversations that open with an InMail: with a subject.</summary>
    public double InMails { get; init; }

    /// <summary>Messages that link to a post.</summary>
    public double PostLinks { get; init; }

    /// <summary>Inbound messages that are voice: an empty body.</summary>
    public double Voice { get; init; }

    /// <summary>Of the people: how many have companyName, position, location or about, each drawn apart.</summary>
    public double Filled { get; init; } = 1;

    public double Emails { get; init; }
    public double CustomFields { get; init; }
    public double Tagged { get; init; }
    public double AutoTagged { get; init; }
    public double Unread { get; init; }

    /// <summary>Of the messages after the first, how many are the lead's; null alternates strictly, ours first.</summary>
    public double? Replies { get; init; }

    /// <summary>Every person usable, one conversation each with exactly that many messages, nothing odd.</summary>
    public static HeyReachWorld Plain(int people, int messages) => new(people, messages);

    /// <summary>Every oddity the contract names, at about the shares seen in a real inbox, the rare ones made common enough to be met.</summary>
    public static HeyReachWorld Lively(int people) => new(people, 1)
    {
        MessagesAtMost = 9,
        Senders = 6,
        TwoSenders = 0.05,
        TwoCampaigns = 0.05,
        GroupChats = 0.02,
        NoIdentity = 0.02,
        NonAscii = 0.09,
        MemberUrns = 0.03,
        SpacedNames = 0.05,
        NoLastName = 0.01,
        InMails = 0.08,
        PostLinks = 0.01,
        Voice = 0.03,
        Filled = 0.34,
        Emails = 0.02,
        CustomFields = 0.1,
        Tagged = 0.15,
        AutoTagged = 0.2,
        Unread = 0.3,
        Replies = 0.4,
    };
}
