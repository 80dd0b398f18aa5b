using System.Globalization;

namespace Syncline.Sandbox.Anthropic;

/// <summary>What was asked, made and paid, to be looked at in process.</summary>
public sealed partial class AnthropicSimulator
{
    /// <summary>Requests of any kind, refused ones among them.</summary>
    public int Requests { get; private set; }

    /// <summary>Messages made, in batches too; oldest first.</summary>
    public IReadOnlyList<AnthropicSpending> Spending => _spent;

    /// <summary>Messages made: none when everything came out of the caller's own cache.</summary>
    public int Messages => _spent.Count;

    /// <summary>Prompt tokens, what the cache took and gave among them.</summary>
    public long InputTokens => _spent.Sum(s => (long)s.InputTokens + s.CacheReadTokens + s.CacheWriteTokens);

    public long OutputTokens => _spent.Sum(s => (long)s.OutputTokens);

    public decimal Dollars => _spent.Sum(s => s.Dollars);

    /// <summary>Begins the ledger anew, for the figures of one run.</summary>
    public void ForgetSpending()
    {
        _spent.Clear();
        Requests = 0;
    }

    public IReadOnlyList<HeldTable> Holds(int rows) =>
    [
        new("messages", ["at", "model", "input", "output", "stop", "dollars"],
        [
            .. _spent.AsEnumerable().Reverse().Take(rows).Select(s => new[]
            {
                s.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), s.Model, Number(s.InputTokens), Number(s.OutputTokens), s.StopReason, s.Dollars.ToString(CultureInfo.InvariantCulture),
            }),
        ], _spent.Count),
        new("batches", ["id", "status", "requests"], [.. _batches.All.AsEnumerable().Reverse().Take(rows).Select(b => new[] { b.Id, b.Status, Number(b.Items.Count) })], _batches.All.Count),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
