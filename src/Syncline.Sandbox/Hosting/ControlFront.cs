using Microsoft.AspNetCore.Http;
using Syncline.Sandbox.Hosting.Control;
using Syncline.Sandbox.Hosting.Pages;

namespace Syncline.Sandbox.Hosting;

/// <summary>The page and the control API as HTTP: who may call, forms and their way back.</summary>
internal sealed class ControlFront(SandboxGate gate)
{
    private readonly ControlApi _api = new(gate);

    public async Task AnswerAsync(HttpContext context, Target target)
    {
        string body = await Wire.ReadBodyAsync(context);
        await Wire.WriteAsync(context, Answer(context.Request, target, body));
    }

    private SandboxResponse Answer(HttpRequest request, Target target, string body)
    {
        if (!IsLocal(request)) return ControlAnswer.Refuse(403, "The sandbox is controlled from this machine only, by its own address and its own pages.").ToResponse();
        if (target.First.Length == 0) return PageAnswer(request.Method, target);
        ControlRequest call = ControlRequest.Read(request.Method, target, body, request.ContentType);
        ControlAnswer answer = _api.Answer(call);
        if (call.Form is null) return answer.ToResponse();
        return answer.Problem is null ? Back(ControlRequest.Field(call.Form, ControlRequest.ReturnField)) : Dashboard.Render(gate, answer.Status, answer.Problem);
    }

    private SandboxResponse PageAnswer(string method, Target target)
    {
        if (target.Rest != "/") return ControlAnswer.Refuse(404, "The page is at /.").ToResponse();
        return method switch
        {
            "GET" or "HEAD" => Dashboard.Render(gate, 200, problem: null),
            "OPTIONS" => (ControlAnswer.Done with { Allow = "GET, HEAD, OPTIONS" }).ToResponse(),
            _ => (ControlAnswer.Refuse(405, $"{method} is not understood here, only GET.") with { Allow = "GET, HEAD, OPTIONS" }).ToResponse(),
        };
    }

    private static SandboxResponse Back(string part) =>
        new(303, ContentType: null) { Headers = new Dictionary<string, string> { ["Location"] = "/#" + Uri.EscapeDataString(part) } };

    // A page from elsewhere, open in the same browser, could otherwise post to the sandbox, or read it under a name that it points at 127.0.0.1.
    private static bool IsLocal(HttpRequest request)
    {
        bool byOurName = Uri.TryCreate($"http://{request.Host.Value}/", UriKind.Absolute, out Uri? host) && host.IsLoopback;
        string? origin = request.Headers.Origin;
        return byOurName && (origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.IsLoopback));
    }
}
