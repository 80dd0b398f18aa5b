using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Probes a portal's set-up, and mends it.</summary>
internal sealed class HubSpotDoctor(HubSpotApi api) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            HubSpotAccount account = await api.GetAsync("hubspot.account.get", HubSpotPaths.AccountDetails, HubSpotJson.Default.HubSpotAccount, cancellationToken);
            return new(Severity.Good, "token", $"HubSpot accepts the credential: portal {account.PortalId}.");
        }
        catch (ProviderException failure)
        {
            return new(Severity.Error, "token", failure.Message) { Remedy = failure.Hint ?? "Check the token and base_url." };
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => [await TestAsync(cancellationToken)];
}
