namespace Syncline.Sandbox.Explorium;

/// <summary>What is known of a company. Whatever the catalogue does not list follows from the domain's hash.</summary>
/// <param name="Domain">Lower case, without www.</param>
public sealed record ExploriumCompany(string Domain, string Name)
{
    /// <summary>Listed in the US: it has 10-K texts and financials.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Only its name and website are known.</summary>
    public bool IsPartial { get; init; }

    public bool HasTechnographics { get; init; } = true;
    public bool HasFunding { get; init; } = true;

    /// <summary>32 lower-case hex digits, the same for the same domain.</summary>
    public string Id { get; } = Companies.Digest.Hex("business:" + Domain, 32);
}
