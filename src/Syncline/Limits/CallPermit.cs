namespace Syncline.Limits;

/// <summary>Leave for one call to go now.</summary>
public sealed class CallPermit
{
    private readonly List<(BudgetLane Lane, Departure Departure)> _turns = [];

    /// <summary>
    /// The call is on its way: the windows it counts in begin now, not when leave was given. To be said as soon as the bytes are handed to the socket, and not
    /// needed by a caller that waits for nothing between the two.
    /// </summary>
    public void Left()
    {
        foreach ((BudgetLane lane, Departure departure) in _turns) lane.Left(departure);
    }

    internal void Add(BudgetLane lane, Departure departure) => _turns.Add((lane, departure));
}
