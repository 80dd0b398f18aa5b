using System.Security.Cryptography;
using System.Text;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Hosting;

/// <summary>A write with an <c>Idempotency-Key</c> is carried out once: its repetition gets the first answer again.</summary>
internal sealed class IdempotencyKeys(SqliteStore store) : IMiddleware
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || HttpMethods.IsGet(context.Request.Method) || !context.Request.Path.StartsWithSegments("/api") || context.User.Identity?.IsAuthenticated != true)
        {
            await next(context);
            return;
        }
        if (key.Length > LongestKey)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"An {Header} has {LongestKey} characters at the most.");
            return;
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<SecretBody>() is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"This request is about a secret, of which nothing is kept to be repeated. Send it without an {Header}.");
            return;
        }
        string who = context.User.Who();
        IdempotentVerdict verdict = await store.IdempotentAnswers.TryBeginAsync(who, key, await DigestAsync(context.Request), context.RequestAborted);
        await (verdict.State switch
        {
            IdempotentState.New => CarryOutAsync(context, next, who, key),
            IdempotentState.Finished => RepeatAsync(context, verdict.Answer!),
            IdempotentState.UnderWay => RefuseAsync(context, StatusCodes.Status409Conflict, $"The request with this {Header} is still being carried out. Ask again in a moment."),
            _ => RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, $"This {Header} was used for another request. Take a new one for each."),
        });
    }

    /// <summary>An answer that says that nothing was done is not kept: the next attempt is a new one. Who hangs up stops nothing: half of an effect could not be told from none.</summary>
    private async Task CarryOutAsync(HttpContext context, RequestDelegate next, string who, string key)
    {
        Stream way = context.Response.Body;
        CancellationToken hungUp = context.RequestAborted;
        using MemoryStream answer = new();
        (context.Response.Body, context.RequestAborted) = (answer, CancellationToken.None);
        bool isDone = false;
        try
        {
            await next(context);
            isDone = context.Response.StatusCode < StatusCodes.Status400BadRequest;
            if (isDone) await store.IdempotentAnswers.FinishAsync(who, key, context.Response.StatusCode, context.Response.ContentType, answer.ToArray(), CancellationToken.None);
        }
        finally
        {
            (context.Response.Body, context.RequestAborted) = (way, hungUp);
            if (!isDone) await store.IdempotentAnswers.ForgetAsync(who, key, CancellationToken.None);
        }
        await way.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), hungUp);
    }

    private static async Task RepeatAsync(HttpContext context, IdempotentAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers["Idempotent-Replayed"] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string title) => TypedResults.Problem(title: title, statusCode: status).ExecuteAsync(context);

    private static async Task<string> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
