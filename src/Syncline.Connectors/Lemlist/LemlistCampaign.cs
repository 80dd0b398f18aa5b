using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>The campaign that people are put into.</summary>
/// <param name="Status">draft, running, paused, ended, archived or errors; null when Lemlist does not say.</param>
internal sealed record LemlistCampaign(string Id, string Name, string? Status)
{
    /// <summary>By id, else by name: names are not unique, and of two campaigns none is chosen.</summary>
    /// <exception cref="ProviderException">There is none, or there are several.</exception>
    public static async Task<LemlistCampaign> FindAsync(LemlistApi api, string idOrName, CancellationToken cancellationToken)
    {
        if (idOrName.StartsWith("cam_", StringComparison.Ordinal) && await api.FindCampaignAsync(idOrName, cancellationToken) is { } known) return Of(known, idOrName);
        LemlistCampaign[] all = [.. (await api.ListCampaignsAsync(cancellationToken)).Select(c => Of(c, idOrName))];
        LemlistCampaign[] named = [.. all.Where(c => c.Id == idOrName || c.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase))];
        return named switch
        {
            [var only] => only,
            [] => throw Stop($"Lemlist has no campaign '{idOrName}'.", all.Length == 0 ? "Make one in Lemlist." : $"Set campaign to one of: {string.Join(", ", all.Take(20).Select(c => $"{c.Name} ({c.Id})"))}."),
            _ => throw Stop($"Lemlist has {named.Length} campaigns called '{idOrName}'.", $"Set campaign to the id of the one you mean: {string.Join(", ", named.Select(c => c.Id))}."),
        };
    }

    private static LemlistCampaign Of(JsonElement campaign, string otherwise) => new(campaign.Text("_id") ?? otherwise, campaign.Text("name") ?? otherwise, campaign.Text("status"));

    private static ProviderException Stop(string message, string hint) => new(message) { Operation = "lemlist.prepare", Recovery = Recovery.StopRun, Hint = hint };
}
