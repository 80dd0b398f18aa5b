using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>What a write was answered.</summary>
/// <param name="Answer">Null where no answer came: it may have had its effect or not.</param>
internal sealed record LemlistReply(ProviderAnswer? Answer, string? Lost)
{
    public bool IsSuccess => Answer is { IsSuccess: true };

    public LemlistError? Error => Answer is { IsSuccess: false } answer ? LemlistError.Of(answer) : null;

    public JsonElement? Body => Answer is { } answer ? JsonParts.Read(answer.Body) : null;

    /// <summary>Anything but a success as an outcome.</summary>
    /// <exception cref="ProviderException">The key, the plan or the campaign is to blame, and no record.</exception>
    public WriteOutcome Failed(string operation)
    {
        if (Error is not { } error) return new WriteOutcome.Unknown(Lost ?? "The answer cannot be read.");
        if (error.IsAboutTheKey || error.Status == 402 || error.Reason == "Campaign not found") throw error.Failure(operation);
        return new WriteOutcome.Refused(error.Code, error.Reason);
    }
}

/// <summary>The calls that change something. None of them ever asks for an enrichment, which would cost credits.</summary>
internal sealed class LemlistWriteApi(ProviderHttp http)
{
    public const string ContactsOperation = "lemlist.contacts.upsert", LeadsOperation = "lemlist.leads.write", UnsubscribesOperation = "lemlist.unsubscribes.add";

    /// <summary>Makes a contact, or changes the one that has the same id, address or profile; what is not named stays.</summary>
    public Task<LemlistReply> UpsertContactAsync(JsonObject contact, CancellationToken cancellationToken) => SendAsync(ContactsOperation, HttpMethod.Post, "contacts", contact, isIdempotent: true, cancellationToken);

    /// <summary>Puts a person into a campaign. Repeating it may make a second lead.</summary>
    public Task<LemlistReply> AddLeadAsync(string campaign, JsonObject lead, bool deduplicates, CancellationToken cancellationToken) =>
        SendAsync(LeadsOperation, HttpMethod.Post, $"campaigns/{Uri.EscapeDataString(campaign)}/leads/{(deduplicates ? "?deduplicate=true" : "")}", lead, isIdempotent: false, cancellationToken);

    public Task<LemlistReply> ChangeLeadAsync(string campaign, string lead, JsonObject changes, CancellationToken cancellationToken) =>
        SendAsync(LeadsOperation, HttpMethod.Patch, LeadPath(campaign, lead), changes, isIdempotent: true, cancellationToken);

    /// <summary>Takes a lead out of its campaign. Without the action the same call unsubscribes the person instead.</summary>
    public Task<LemlistReply> RemoveLeadAsync(string campaign, string lead, CancellationToken cancellationToken) =>
        SendAsync(LeadsOperation, HttpMethod.Delete, $"{LeadPath(campaign, lead)}?action=remove", null, isIdempotent: true, cancellationToken);

    public Task<LemlistReply> DeleteContactAsync(string contact, CancellationToken cancellationToken) =>
        SendAsync("lemlist.contacts.delete", HttpMethod.Delete, $"contacts/{Uri.EscapeDataString(contact)}", null, isIdempotent: true, cancellationToken);

    /// <summary>Nobody of the team writes to the person any more.</summary>
    public Task<LemlistReply> UnsubscribeAsync(string contact, CancellationToken cancellationToken) =>
        SendAsync(UnsubscribesOperation, HttpMethod.Post, $"v2/unsubscribes/contacts/{Uri.EscapeDataString(contact)}", null, isIdempotent: true, cancellationToken);

    private static string LeadPath(string campaign, string lead) => $"campaigns/{Uri.EscapeDataString(campaign)}/leads/{Uri.EscapeDataString(lead)}";

    private async Task<LemlistReply> SendAsync(string operation, HttpMethod method, string path, JsonObject? body, bool isIdempotent, CancellationToken cancellationToken)
    {
        try
        {
            ProviderCall call = new(operation, method, path, LemlistOptions.Budget)
            {
                Body = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()),
                IsIdempotent = isIdempotent,
                IsWrite = true,
                // A lead that has unsubscribed is answered 500, and will be the next time.
                IsAnswer = answer => answer.Status == 500 && LemlistError.Of(answer).IsGraveyard,
            };
            return new(await http.SendAsync(call, cancellationToken), null);
        }
        catch (LostAnswerException lost)
        {
            return new(null, lost.Message);
        }
        catch (ProviderException failure) when (failure.Recovery == Recovery.RetryLater)
        {
            // All attempts failed; an early one of them may have had its effect.
            return new(null, failure.Message);
        }
    }
}
