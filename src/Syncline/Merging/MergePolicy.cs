using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Which source wins a golden field when two disagree.</summary>
public enum MergeRule
{
    /// <summary>The one that changed last; a change without a time never beats a present value.</summary>
    Latest,

    /// <summary>The named connection, whatever the others say.</summary>
    SourceOfTruth,

    /// <summary>Whoever came first.</summary>
    FillOnly,

    /// <summary>Nobody: the first value stays and the disagreement is counted.</summary>
    Manual,
}

/// <param name="Connection">The source of truth; null for the other rules.</param>
public sealed record MergePolicy(MergeRule Rule, string? Connection = null)
{
    public static MergePolicy Latest { get; } = new(MergeRule.Latest);

    public static MergePolicy FillOnly { get; } = new(MergeRule.FillOnly);
}

/// <summary>The merge policies of a configuration, by kind and canonical field.</summary>
public sealed class MergePolicies
{
    // An identity that other systems hold a copy of must not change its spelling after it was first given out.
    private static readonly Dictionary<(RecordKind, string), MergePolicy> Fixed = new()
    {
        [(RecordKind.Message, "message_uid")] = MergePolicy.FillOnly,
        [(RecordKind.Conversation, "conversation_id")] = MergePolicy.FillOnly,
    };

    private readonly Dictionary<(RecordKind, string), MergePolicy> _policies = new(Fixed);

    public MergePolicies Set(RecordKind kind, string field, MergePolicy policy)
    {
        _policies[(kind, field)] = policy;
        return this;
    }

    public MergePolicy Of(RecordKind kind, string field) => _policies.GetValueOrDefault((kind, field), MergePolicy.Latest);
}
