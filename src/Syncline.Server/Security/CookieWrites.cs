using Microsoft.AspNetCore.Antiforgery;

namespace Syncline.Server.Security;

/// <summary>A browser sends its cookie along whoever made it ask: what changes something needs the page's own token as well, unless an API token signs the request in.</summary>
internal sealed class CookieWrites(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        bool isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (isSafe || TokenAuthentication.IsUsedBy(http.Request) || await antiforgery.IsRequestValidAsync(http)) return await next(context);
        return TypedResults.Problem("This request came with a cookie and without the page's token. Use an API token, or send the form's token as RequestVerificationToken.", statusCode: StatusCodes.Status400BadRequest);
    }
}
