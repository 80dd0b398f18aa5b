namespace Syncline.Connectors.HubSpot;

/// <summary>Where each family of the API is. HubSpot versions them together, by date, and lets a client move family by family.</summary>
internal static class HubSpotPaths
{
    /// <summary>General since 8 September 2026; a version is supported for 18 months at least.</summary>
    public const string Version = "2026-09";

    /// <summary>The longest path of a GET. HubSpot answers 414 at about 16 KB; proxies before it are known to stop at 8.</summary>
    public const int Longest = 7_900;

    private const string Objects = Version, Associations = Version, Properties = Version, Owners = Version, Pipelines = Version, Lists = Version, OAuth = Version, Account = Version;

    public static string Token => $"oauth/{OAuth}/token";

    public static string AccountDetails => $"account-info/{Account}/details";

    public static string AllOwners => $"crm/owners/{Owners}";

    public static string ListsRoot => $"crm/lists/{Lists}";

    public static string Object(string type, string rest = "") => $"crm/objects/{Objects}/{type}{rest}";

    public static string Association(string from, string to, string rest) => $"crm/associations/{Associations}/{from}/{to}/{rest}";

    public static string PropertiesOf(string type, string rest = "") => $"crm/properties/{Properties}/{type}{rest}";

    public static string PipelinesOf(string type) => $"crm/pipelines/{Pipelines}/{type}";
}
