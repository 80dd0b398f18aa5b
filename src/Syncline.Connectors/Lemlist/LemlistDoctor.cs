using System.Globalization;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Looks at a team: the key, contacts, the feed of activities, the campaign that is written to. A few reads, nothing changed.</summary>
internal sealed class LemlistDoctor(LemlistApi api, LemlistOptions options, TimeProvider clock) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            ProviderAnswer answer = await api.TeamAsync(cancellationToken);
            // The answer holds the team's webhooks with their addresses: of it only the name is shown.
            JsonElement team = LemlistApi.Parse("lemlist.team.read", answer);
            return new(Severity.Good, "api_key", $"Lemlist accepts the key; it is of the team {team.Text("name") ?? "without a name"}.");
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
        List<Finding> findings = [key, await LookAsync("contacts", ContactsAsync, cancellationToken), await LookAsync("activities", ActivitiesAsync, cancellationToken)];
        if (options.Campaign is not null) findings.Add(await LookAsync("campaign", CampaignAsync, cancellationToken));
        if (options.KeyInQuery) findings.Add(new(Severity.Advice, "auth", "The key travels in the address of each call, which proxies write to their logs.") { Remedy = "Set auth to basic." });
        return findings;
    }

    private async Task<Finding> ContactsAsync(CancellationToken cancellationToken) => await api.ListContactsAsync(0, 1, cancellationToken) is { Total: { } total }
        ? new(Severity.Good, "contacts", string.Create(CultureInfo.InvariantCulture, $"Contacts can be read; there are {total}."))
        : new(Severity.Good, "contacts", "Contacts can be read.");

    private async Task<Finding> ActivitiesAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<JsonElement>? rows = await api.ActivitiesAsync(new(now - TimeSpan.FromDays(14), now), 0, 1, cancellationToken);
        return new(Severity.Good, "activities", rows is { Count: > 0 } ? "Activities can be read." : "Activities can be read; there is none of the last two weeks.");
    }

    private async Task<Finding> CampaignAsync(CancellationToken cancellationToken)
    {
        LemlistCampaign campaign = await LemlistCampaign.FindAsync(api, options.Campaign!, cancellationToken);
        return campaign.Status is "archived" or "ended"
            ? new(Severity.Warning, "campaign", $"The campaign {campaign.Name} is {campaign.Status}: people who are put into it are not written to.") { Remedy = "Choose another campaign, or start this one again in Lemlist." }
            : new(Severity.Good, "campaign", $"People are put into the campaign {campaign.Name}{(campaign.Status is { } status ? $", which is {status}" : "")}.");
    }

    private static async Task<Finding> LookAsync(string subject, Func<CancellationToken, Task<Finding>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken);
        }
        catch (ProviderException failure)
        {
            return Bad(subject, failure);
        }
    }

    private static Finding Bad(string subject, ProviderException failure) => new(Severity.Error, subject, failure.Message) { Remedy = failure.Hint };
}
