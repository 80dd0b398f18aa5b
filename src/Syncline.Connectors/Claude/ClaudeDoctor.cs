using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>Tests the key and whether it may use the model. Costs nothing.</summary>
internal sealed class ClaudeDoctor(ClaudeApi api, ClaudeOptions options) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await api.KnowsModelAsync(cancellationToken)
                ? new(Severity.Good, "api_key", $"The key is accepted and may use {options.Model}.")
                : new(Severity.Error, "model", $"The key is accepted; the model {options.Model} is not known to it.") { Remedy = $"Set model to one that platform.claude.com lists, as {ClaudeOptions.DefaultModel}." };
        }
        catch (ProviderException failure)
        {
            return new(Severity.Error, "api_key", failure.Message) { Remedy = failure.Hint };
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => [await TestAsync(cancellationToken)];
}
