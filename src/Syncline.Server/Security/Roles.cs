using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Syncline.Server.Security;

/// <summary>What people and tokens may do; each includes the one before.</summary>
internal static class Roles
{
    /// <summary>Looks at everything.</summary>
    public const string Viewer = "viewer";

    /// <summary>Runs, decides, retries, edits records.</summary>
    public const string Operator = "operator";

    /// <summary>Connections, mappings, users, tokens.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Operator, Admin];

    public static bool Includes(string held, string asked) => Rank(held) >= 0 && Rank(held) >= Rank(asked);

    public static bool May(this ClaimsPrincipal user, string role) => user.FindFirstValue(ClaimTypes.Role) is { } held && Includes(held, role);

    /// <summary>Who it is, for the audit log.</summary>
    public static string Who(this ClaimsPrincipal user) => user.Identity?.Name ?? "nobody";

    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (string role in All) options.AddPolicy(role, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.May(role)));
        // What says nothing else is for whoever is signed in.
        options.FallbackPolicy = options.DefaultPolicy = options.GetPolicy(Viewer)!;
    }

    private static int Rank(string role) => role switch { Viewer => 0, Operator => 1, Admin => 2, _ => -1 };
}
