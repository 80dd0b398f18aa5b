namespace Syncline.Sandbox.Quo;

/// <summary>What to invent. Shares run from 0 to 1 and are drawn per contact.</summary>
public sealed record QuoWorld(int Contacts)
{
    /// <summary>Made by people; all others came through the API and carry an external id.</summary>
    public double MadeInApp { get; init; }

    /// <summary>Owned by a native CRM integration: read-only.</summary>
    public double Owned { get; init; }

    public double NoPhone { get; init; }
    public double TwoPhones { get; init; }

    /// <summary>Contacts with the phone number of an earlier one.</summary>
    public double SharedPhone { get; init; }

    public double Emails { get; init; } = 1;
    public double NonAscii { get; init; }

    /// <summary>Contacts with whom there is a conversation.</summary>
    public double Conversations { get; init; }

    /// <summary>Nothing odd: one phone number and one e-mail address each.</summary>
    public static QuoWorld Plain(int contacts) => new(contacts);

    /// <summary>A workspace in use, the rare things made common enough to be met.</summary>
    public static QuoWorld Lively(int contacts) => new(contacts)
    {
        MadeInApp = 0.3, Owned = 0.05, NoPhone = 0.05, TwoPhones = 0.15, SharedPhone = 0.05, Emails = 0.7, NonAscii = 0.1, Conversations = 0.4,
    };
}
