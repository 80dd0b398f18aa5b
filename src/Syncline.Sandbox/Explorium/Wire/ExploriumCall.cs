using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>One request that was let in, and what it costs.</summary>
/// <param name="charge">Told how many entities and how many credits before anything is answered; it throws when there is no room or no credit.</param>
internal sealed class ExploriumCall(SandboxRequest request, IReadOnlyList<string> parts, DateTimeOffset now, Action<int, int> charge)
{
    public string this[int index] => parts[index];
    public DateTimeOffset Now => now;

    public BodyReader Body(params string[] known) => new(request.Body, known);

    public void Charge(int entities, int credits) => charge(entities, credits);
}

/// <summary>An endpoint: how it is called and what it does. The members it answers stand beside the response context.</summary>
/// <param name="Handle">Answers request_status and the members.</param>
internal sealed record ExploriumRoute(string Method, string Template, Func<ExploriumCall, (string Status, JsonObject Members)> Handle)
{
    private readonly PathTemplate _path = new(Template);

    public IReadOnlyList<string>? Match(string[] path) => _path.Match(path);
}

/// <summary>The forms of the two kinds of ids.</summary>
internal static partial class IdForm
{
    [GeneratedRegex("^[a-f0-9]{32}$")]
    public static partial Regex Business();

    [GeneratedRegex("^[a-f0-9]{40}$")]
    public static partial Regex Prospect();
}
