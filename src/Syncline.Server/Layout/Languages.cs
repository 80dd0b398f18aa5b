using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;
using Syncline.Server.Security;

namespace Syncline.Server.Layout;

/// <summary>The languages of the pages: the browser's where it is one of them, until the reader chooses.</summary>
internal static class Languages
{
    /// <summary>Each by its own name, as the switch shows it.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("fr", "Français"), ("ar", "العربية")];

    public static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    public static void Configure(RequestLocalizationOptions options)
    {
        string[] codes = [.. All.Select(l => l.Code)];
        options.SetDefaultCulture("en").AddSupportedCultures(codes).AddSupportedUICultures(codes);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/language", (HttpContext context, IAntiforgery forgery, [Microsoft.AspNetCore.Mvc.FromForm] string? code, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl) =>
            Remember(context, CookieRequestCultureProvider.DefaultCookieName, All.Any(l => l.Code == code) ? CookieRequestCultureProvider.MakeCookieValue(new(code!)) : null, returnUrl)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/theme", (HttpContext context, [Microsoft.AspNetCore.Mvc.FromForm] string? theme, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl) =>
            Remember(context, Theme.Cookie, theme is Theme.Dark or Theme.Light ? theme : null, returnUrl)).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Remember(HttpContext context, string cookie, string? value, string? returnUrl)
    {
        CookieOptions kept = new() { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps };
        if (value is null) context.Response.Cookies.Delete(cookie);
        else context.Response.Cookies.Append(cookie, value, kept);
        return TypedResults.LocalRedirect(SignIn.Local(returnUrl));
    }
}

/// <summary>Light, dark, or as the system has it.</summary>
internal static class Theme
{
    public const string Cookie = "syncline.theme";
    public const string Light = "light";
    public const string Dark = "dark";

    public static string? Of(HttpContext? context) => context?.Request.Cookies[Cookie] is { } chosen && (chosen is Light or Dark) ? chosen : null;
}
