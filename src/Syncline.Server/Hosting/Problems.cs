using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Server.Hosting;

/// <summary>Failures as problem details: what failed, where, and what the caller can do.</summary>
internal sealed class Problems(IProblemDetailsService writer, AuditTrail trail) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        ErrorReport? report = ErrorReport.Of(exception);
        if (report is null) trail.Broke(httpContext.GetEndpoint()?.DisplayName ?? "request", exception);
        httpContext.Response.StatusCode = StatusOf(exception, report);
        ProblemDetails details = report is null ? Unexpected(trail) : Of(report);
        details.Status = httpContext.Response.StatusCode;
        return await writer.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
    }

    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.Remove("traceId");

    public static ProblemDetails Of(ErrorReport report)
    {
        ProblemDetails details = new() { Title = report.Message };
        if (report.Remedy is not null) details.Detail = report.Remedy;
        if (report.Where is not null) details.Extensions["where"] = report.Where;
        return details;
    }

    private static ProblemDetails Unexpected(AuditTrail trail) =>
        new() { Title = "Something unexpected happened.", Detail = $"This is a defect of Syncline. The log has the details: {trail.File}" };

    private static int StatusOf(Exception exception, ErrorReport? report) => exception switch
    {
        SyncBusyException => StatusCodes.Status409Conflict,
        UsageException { IsNotFound: true } => StatusCodes.Status404NotFound,
        BadHttpRequestException bad => bad.StatusCode,
        _ when report?.Code == ExitCode.Usage => StatusCodes.Status400BadRequest,
        Records.ProviderException => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status500InternalServerError,
    };
}
