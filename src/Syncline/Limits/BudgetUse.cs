namespace Syncline.Limits;

/// <summary>What one budget of one credential has let go in this process; what other processes sent on it is not in it.</summary>
/// <param name="Taken">Permits since the process began; it only grows.</param>
public sealed record BudgetUse(string Credential, RateBudget Budget, long Taken);
