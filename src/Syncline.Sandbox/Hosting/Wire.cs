using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Syncline.Sandbox.Hosting;

/// <summary>Between Kestrel's request and response and the sandbox's own.</summary>
internal static class Wire
{
    public static async ValueTask<SandboxRequest> ReadAsync(HttpContext context, Target target)
    {
        string body = await ReadBodyAsync(context);
        return new(context.Request.Method, target.Rest, target.Query, HeadersOf(context.Request), body);
    }

    public static async ValueTask<string> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return "";
        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                string body = Encoding.UTF8.GetString(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static async Task WriteAsync(HttpContext context, SandboxResponse answer)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers) response.Headers[name] = value;
        if (answer.ContentType is not null) response.ContentType = answer.ContentType;
        if (answer.Status is < 200 or 204 or 205 or 304) return;

        response.ContentLength = answer.Length;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        Encoding.UTF8.GetBytes(answer.Body, response.BodyWriter);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Dictionary<string, string> HeadersOf(HttpRequest request)
    {
        Dictionary<string, string> headers = new(request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, StringValues values) in request.Headers) headers[name] = values.Count == 1 ? values[0]! : string.Join(", ", values.ToArray());
        return headers;
    }
}
