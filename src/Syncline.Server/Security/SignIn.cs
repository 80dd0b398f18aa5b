using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Syncline.Composition.Secrets;
using Syncline.Server.Hosting;
using Syncline.Server.Webhooks;
using Syncline.Storage;

namespace Syncline.Server.Security;

/// <summary>Who may come in, and how.</summary>
internal static class SignIn
{
    public const string RateLimit = "sign-in";
    public const string Page = "/sign-in";
    private const string Either = "Either";

    /// <summary>How long a session goes on that was ended elsewhere.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(1);

    // A person mistypes a few times; a guesser wants thousands.
    private const int AttemptsAMinute = 10;

    public static void AddTo(IServiceCollection services, Premises premises, ServeOptions options)
    {
        services.AddSingleton<OneTimeLink>().AddSingleton<AccountGate>();
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Password.RequiredLength = 12;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireNonAlphanumeric = identity.Password.RequireUppercase = false;
            // People are called in every script.
            identity.User.AllowedUserNameCharacters = "";
            identity.Lockout = new() { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
            identity.ClaimsIdentity.SecurityStampClaimType = Principals.StampClaim;
        }).AddSignInManager();
        services.AddScoped<AuthenticationStateProvider, OpenPages>();
        services.AddScoped<IUserStore<Account>>(_ => new AccountStore(premises.Store.Users)).AddScoped<IUserClaimsPrincipalFactory<Account>, Principals>();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = BelievedFor);
        services.AddAuthentication(auth => auth.DefaultScheme = Either)
            .AddPolicyScheme(Either, null, policy => policy.ForwardDefaultSelector = context => TokenAuthentication.IsUsedBy(context.Request) ? TokenAuthentication.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie => Bake(cookie, options));
        services.AddAuthorization(Roles.AddPolicies);
        services.AddAntiforgery(forgery => forgery.Cookie = Cookie("syncline.form", options, forgery.Cookie));
        KeyRing.AddTo(services, premises.Store, premises.DataFolder, premises.Clock);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TellToWaitAsync;
            limiter.AddPolicy(RateLimit, context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter(
                Strangers.KeyOf(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = AttemptsAMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/password", PasswordAsync).AllowAnonymous().RequireRateLimiting(RateLimit).ExcludeFromDescription();
        routes.MapGet("/sign-in/link", LinkAsync).AllowAnonymous().RequireRateLimiting(RateLimit).ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> PasswordAsync([Microsoft.AspNetCore.Mvc.FromForm] string? name, [Microsoft.AspNetCore.Mvc.FromForm] string? password, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl, AccountGate gate, SignInManager<Account> signIn, SqliteStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        string who = name is { Length: > 0 and <= 100 } ? name : "nobody";
        Microsoft.AspNetCore.Identity.SignInResult result = await gate.PassAsync(() => TryAsync(name ?? "", password ?? "", signIn, store, clock), cancellationToken);
        await store.AuditLog.WriteAsync(who, result.Succeeded ? "signed in" : result.IsLockedOut ? "sign-in refused: locked" : "sign-in refused", null, null, cancellationToken);
        return TypedResults.LocalRedirect(result.Succeeded ? Local(returnUrl) : $"{Page}?wrong={(result.IsLockedOut ? "locked" : "password")}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
    }

    /// <summary>Not to be cancelled: who hangs up has tried all the same.</summary>
    private static async Task<Microsoft.AspNetCore.Identity.SignInResult> TryAsync(string name, string password, SignInManager<Account> signIn, SqliteStore store, TimeProvider clock)
    {
        Microsoft.AspNetCore.Identity.SignInResult result = await signIn.PasswordSignInAsync(name, password, isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded && await store.Users.FindByNameAsync(name, CancellationToken.None) is { } user) await store.Users.SaveAsync(user with { SignedInAt = clock.GetUtcNow() }, CancellationToken.None);
        return result;
    }

    private static async Task<IResult> LinkAsync(string? code, OneTimeLink link, UserManager<Account> accounts, SignInManager<Account> signIn, SqliteStore store, CancellationToken cancellationToken)
    {
        if (!link.Redeem(code)) return TypedResults.LocalRedirect($"{Page}?wrong=link");
        Account owner = await OwnerAsync(accounts, store, cancellationToken);
        await signIn.SignInAsync(owner, isPersistent: true);
        await store.AuditLog.WriteAsync(owner.Name, "signed in by the one-time link", null, null, cancellationToken);
        return TypedResults.LocalRedirect("/");
    }

    /// <summary>The first administrator; made where there is none.</summary>
    private static async Task<Account> OwnerAsync(UserManager<Account> accounts, SqliteStore store, CancellationToken cancellationToken)
    {
        if ((await store.Users.ListAsync(cancellationToken)).FirstOrDefault(u => u.Role == Roles.Admin) is { } known) return new(known);
        Account owner = new(new(0, "owner", Roles.Admin, null, Guid.NewGuid().ToString("N"), 0, null, default, null, null));
        IdentityResult made = await accounts.CreateAsync(owner);
        return made.Succeeded ? owner : throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
    }

    /// <summary>In words, because an answer without any becomes the page of what is not found, and that one asks for a sign-in.</summary>
    private static async ValueTask TellToWaitAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.Response.Headers.RetryAfter = "60";
        await context.HttpContext.Response.WriteAsync("Too many attempts from your network. Try again in a minute.", cancellationToken);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInManager<Account> signIn, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(Page);
    }

    /// <summary>A path of this server; anything else would send people elsewhere after signing in.</summary>
    public static string Local(string? url) => url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : "/";

    private static void Bake(CookieAuthenticationOptions cookie, ServeOptions options)
    {
        cookie.Cookie = Cookie("syncline.session", options, cookie.Cookie);
        (cookie.LoginPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = (Page, "/denied", "returnUrl");
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (TimeSpan.FromDays(14), true);
        cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>Programs are told; people are shown the way.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api")) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static CookieBuilder Cookie(string name, ServeOptions options, CookieBuilder cookie)
    {
        bool isSecure = options.Certificate is not null || options.IsBehindProxy;
        (cookie.Name, cookie.HttpOnly, cookie.SameSite) = (isSecure ? "__Host-" + name : name, true, SameSiteMode.Lax);
        cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        return cookie;
    }
}
