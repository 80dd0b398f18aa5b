using System.Globalization;

namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>A user who may own records. What records hold is the owner id, not the user id.</summary>
internal sealed record Owner(long Id, long UserId, string Email, string FirstName, string LastName, long CreatedMs)
{
    public bool IsArchived { get; set; }
}

internal sealed class OwnerBook
{
    private const long FirstOwner = 41_000_001, FirstUser = 9_000_001;

    private readonly List<Owner> _all = [];

    public OwnerBook()
    {
        Add("avery.owner@example.com", "Avery", "Owner");
        Add("blake.seller@example.com", "Blake", "Seller");
    }

    public IReadOnlyList<Owner> All => _all;

    public Owner Add(string email, string firstName, string lastName)
    {
        Owner made = new(FirstOwner + (_all.Count * 17), FirstUser + (_all.Count * 31), email, firstName, lastName, 1_700_000_000_000);
        _all.Add(made);
        return made;
    }

    public bool IsKnown(string id) => _all.Exists(o => o.Id.ToString(CultureInfo.InvariantCulture) == id);
}
