namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>One payment.</summary>
/// <param name="Endpoint">The path.</param>
internal sealed record Payment(DateTimeOffset At, string Endpoint, int Entities, int Credits);

/// <summary>The prepaid pool and what was taken from it.</summary>
internal sealed class CreditBook(int allocated)
{
    public List<Payment> Payments { get; } = [];
    public int Allocated { get; set; } = allocated;
    public int Spent { get; private set; }
    public int Remaining => Allocated - Spent;

    public void Pay(Payment payment)
    {
        Payments.Add(payment);
        Spent += payment.Credits;
    }
}
