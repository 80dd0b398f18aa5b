namespace Syncline.Limits;

/// <summary>A call that was given its turn in one lane, and when it left.</summary>
internal sealed class Departure
{
    public DateTimeOffset At { get; set; }
}
