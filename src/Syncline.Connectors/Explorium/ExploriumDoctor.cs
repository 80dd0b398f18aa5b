using System.Globalization;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>Tests the key and counts the credits that are left. Spends none.</summary>
internal sealed class ExploriumDoctor(ExploriumApi api) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            ProviderAnswer answer = await api.CreditsAsync(cancellationToken);
            return answer.IsSuccess ? Judge(JsonParts.Read(answer.Body)) : Bad(ExploriumError.Of(answer).Failure("explorium.credits.read"));
        }
        catch (ProviderException failure)
        {
            return Bad(failure);
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => [await TestAsync(cancellationToken)];

    private static Finding Judge(JsonElement? credits) => credits?.Whole("remaining_credits") switch
    {
        null => new(Severity.Good, "api_key", "Explorium accepts the key."),
        <= 0 => new(Severity.Warning, "credits", "Explorium accepts the key, and no credits are left: nothing can be looked up.") { Remedy = "Buy credits in Explorium's admin pages." },
        { } left => new(Severity.Good, "api_key", string.Create(CultureInfo.InvariantCulture, $"Explorium accepts the key; {left} credits are left.")),
    };

    private static Finding Bad(ProviderException failure) => new(Severity.Error, "api_key", failure.Message) { Remedy = failure.Hint };
}
