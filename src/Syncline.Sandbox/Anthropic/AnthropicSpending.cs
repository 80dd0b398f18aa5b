namespace Syncline.Sandbox.Anthropic;

/// <summary>One message that was made and paid for.</summary>
/// <param name="InputTokens">Without those that the cache took or gave.</param>
/// <param name="Dollars">At half price in a batch.</param>
public sealed record AnthropicSpending(
    DateTimeOffset At, string Model, int InputTokens, int CacheWriteTokens, int CacheReadTokens, int OutputTokens, string StopReason, bool IsInBatch, decimal Dollars);
