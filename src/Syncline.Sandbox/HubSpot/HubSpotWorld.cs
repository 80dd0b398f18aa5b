namespace Syncline.Sandbox.HubSpot;

/// <summary>What to invent. Shares run from 0 to 1 and are drawn per contact.</summary>
/// <param name="Contacts">Beside what is there.</param>
public sealed record HubSpotWorld(int Contacts)
{
    /// <summary>Contacts that a company is associated with, as their primary one.</summary>
    public double WithCompany { get; init; } = 0.9;

    /// <summary>How many contacts share a company.</summary>
    public int ContactsPerCompany { get; init; } = 5;

    public double NoEmail { get; init; }

    /// <summary>The share with a phone number.</summary>
    public double Phones { get; init; } = 0.7;

    public double NonAscii { get; init; }

    /// <summary>Over how many days before now they were made and last changed.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Nothing odd.</summary>
    public static HubSpotWorld Plain(int contacts) => new(contacts);

    /// <summary>A portal in use, the rare things made common enough to be met.</summary>
    public static HubSpotWorld Lively(int contacts) => new(contacts) { WithCompany = 0.7, NoEmail = 0.1, NonAscii = 0.1 };
}
