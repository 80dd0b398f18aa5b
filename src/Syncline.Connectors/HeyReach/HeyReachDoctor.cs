using Syncline.Connectors.Http;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Looks at a HeyReach workspace: the key, the inbox listing, the senders. Three reads, nothing changed.</summary>
internal sealed class HeyReachDoctor(HeyReachApi api) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            ProviderAnswer answer = await api.CheckKeyAsync(cancellationToken);
            return answer.IsSuccess ? new(Severity.Good, "api_key", "HeyReach accepts the key.") : Bad("api_key", HeyReachErrors.Of("heyreach.auth.check", answer));
        }
        catch (ProviderException failure)
        {
            return Bad("api_key", failure);
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        Finding key = await TestAsync(cancellationToken);
        if (key.Severity == Severity.Error) return [key];
        try
        {
            return [key, await InboxAsync(cancellationToken), .. await SendersAsync(cancellationToken)];
        }
        catch (ProviderException failure)
        {
            return [key, Bad("inbox", failure)];
        }
    }

    private async Task<Finding> InboxAsync(CancellationToken cancellationToken) => await api.ListV3Async(1, null, null, cancellationToken) switch
    {
        V3Answer.Listed { Page.TotalCount: { } total } => new(Severity.Good, "inbox", $"The inbox can be read; HeyReach counts {total} conversations."),
        V3Answer.Listed => new(Severity.Good, "inbox", "The inbox can be read."),
        V3Answer.Refused { Failure: var failure } => Bad("inbox", failure),
        _ => new(Severity.Warning, "inbox", "This API has no GetConversationsV3. The older listing is used: slower, without a date filter, and it stops working deep in large inboxes.")
        {
            Remedy = "Nothing, unless base_url points to something that stands between this machine and HeyReach.",
        },
    };

    private async Task<IReadOnlyList<Finding>> SendersAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        int count = 0;
        await foreach (WireSender sender in api.ListSendersAsync(cancellationToken))
        {
            count++;
            if (sender.AuthIsValid == false) findings.Add(SignedOut(sender));
        }
        findings.Insert(0, count > 0
            ? new(Severity.Good, "senders", $"{count} sender account(s) in this workspace.")
            : new(Severity.Warning, "senders", "The workspace has no LinkedIn sender, so its inbox stays empty.") { Remedy = "Connect a LinkedIn account in HeyReach, or use the key of the workspace that has one." });
        return findings;
    }

    private static Finding SignedOut(WireSender sender)
    {
        string name = FieldValue.TextOrNone($"{sender.FirstName} {sender.LastName}")?.Text ?? FieldValue.TextOrNone(sender.EmailAddress)?.Text ?? $"{sender.Id}";
        return new(Severity.Warning, $"senders.{sender.Id}", $"LinkedIn has signed out the sender {name}: nothing new of that inbox arrives in HeyReach.")
        {
            Remedy = "Sign the account in again in HeyReach under LinkedIn accounts.",
        };
    }

    private static Finding Bad(string subject, ProviderException failure) => new(Severity.Error, subject, failure.Message) { Remedy = failure.Hint };
}
