using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.Http;

/// <summary>The calls on a provider's list of webhooks.</summary>
/// <param name="Prefix">Of the operations' names: <c>attio.webhooks</c>.</param>
/// <param name="Failure">What a refusal stands for.</param>
internal sealed record HookCalls(ProviderHttp Http, string Prefix, Func<string, ProviderAnswer, ProviderException> Failure)
{
    public required string ReadBudget { get; init; }

    public required string WriteBudget { get; init; }

    public string Making => $"{Prefix}.create";

    /// <param name="body">For listings that are asked for by POST; null sends a GET.</param>
    public async Task<JsonElement> ListAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        string operation = $"{Prefix}.list";
        ProviderCall call = new(operation, body is null ? HttpMethod.Get : HttpMethod.Post, path, ReadBudget) { Body = Bytes(body), IsIdempotent = true };
        ProviderAnswer answer = await Http.SendAsync(call, cancellationToken);
        if (!answer.IsSuccess) throw Failure(operation, answer);
        return JsonParts.Read(answer.Body) ?? throw new ProviderException($"{operation}: the answer is not the JSON that was expected.") { Operation = operation, Recovery = Recovery.RetryLater };
    }

    /// <summary>Any answer but a refusal; null when none came. No provider takes the making of a webhook twice for once, so that it is never repeated here.</summary>
    /// <param name="isThere">Tells a refusal that says that there is such a webhook: it is then to be looked for, as after a lost answer. Null where there is none.</param>
    public async Task<ProviderAnswer?> MakeAsync(string path, JsonObject body, Func<ProviderAnswer, bool>? isThere, CancellationToken cancellationToken)
    {
        try
        {
            ProviderAnswer answer = await Http.SendAsync(new(Making, HttpMethod.Post, path, WriteBudget) { Body = Bytes(body), IsWrite = true }, cancellationToken);
            if (isThere?.Invoke(answer) == true) return null;
            return answer.IsSuccess ? answer : throw Failure(Making, answer);
        }
        catch (LostAnswerException)
        {
            return null;
        }
    }

    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        string operation = $"{Prefix}.delete";
        ProviderAnswer answer = await Http.SendAsync(new(operation, HttpMethod.Delete, path, WriteBudget) { IsIdempotent = true, IsWrite = true }, cancellationToken);
        if (!answer.IsSuccess && answer.Status != 404) throw Failure(operation, answer);
    }

    private static byte[]? Bytes(JsonObject? body) => body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
}
