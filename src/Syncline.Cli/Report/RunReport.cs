using Syncline.Syncs;

namespace Syncline.Cli.Report;

/// <summary>What a report shows, as plain data. What is null or empty is left out of the page.</summary>
internal sealed record RunReport
{
    public required string Title { get; init; }

    /// <summary>One or two sentences under the title.</summary>
    public required string Lead { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The figures at the top of the page, most telling first.</summary>
    public IReadOnlyList<Headline> Headlines { get; init; } = [];

    public IReadOnlyList<RunFigures> Runs { get; init; } = [];

    public PaceFigures? Pace { get; init; }

    public HubFigures? Hub { get; init; }

    public PersonStory? Person { get; init; }

    public MessageStory? Message { get; init; }

    /// <summary>What happened between the runs.</summary>
    public IReadOnlyList<LifeEvent> Life { get; init; } = [];

    public IReadOnlyList<SetAside> SetAside { get; init; } = [];

    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Where the figures come from and under which conditions.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];
}

/// <summary>One large figure with what it counts.</summary>
internal sealed record Headline(string Figure, string What);

/// <summary>One run.</summary>
/// <param name="FloorSeconds">The least time the provider's published limit needs for the records written; null where no limit applied or nothing was written.</param>
internal sealed record RunFigures(string Name, RunState State, double Seconds, double? FloorSeconds, RunTally Tally)
{
    /// <summary>Wall time over floor; 1 would be perfect.</summary>
    public double? Ratio => FloorSeconds is > 0 ? Seconds / FloorSeconds : null;

    public long Reads => Tally.Calls.Values.Sum(c => c.Reads);

    public long Writes => Tally.Calls.Values.Sum(c => c.Writes);
}

/// <summary>How fast the destination was written, from its own record of the requests.</summary>
/// <param name="WritesPerSecond">Writes that arrived in each second from the first one on.</param>
/// <param name="Limit">Writes a second the provider allows; null when limits were off.</param>
/// <param name="Busiest">Most writes in any second, wherever it begins.</param>
/// <param name="Refused">Requests that were answered 429.</param>
internal sealed record PaceFigures(IReadOnlyList<int> WritesPerSecond, int? Limit, int Busiest, int Refused);

/// <summary>What the hub holds, counted.</summary>
/// <param name="Weeks">Messages by the week they were sent in, oldest first, without a gap.</param>
/// <param name="ReplyStates">People by the state of their conversation, in the order of a conversation's life.</param>
/// <param name="Scores">People by engagement score: none, then in steps of twenty.</param>
internal sealed record HubFigures(IReadOnlyList<Week> Weeks, IReadOnlyList<Share> ReplyStates, IReadOnlyList<Share> Scores);

/// <param name="Monday">The week's first day, UTC.</param>
internal sealed record Week(DateOnly Monday, int Sent, int Received);

/// <summary>A named count.</summary>
internal sealed record Share(string Name, long Count);

/// <summary>One person at the destination before and after.</summary>
/// <param name="WasThere">True when somebody had made the record before the first run.</param>
internal sealed record PersonStory(string Name, string RecordId, bool WasThere, IReadOnlyList<FieldStory> Fields);

/// <summary>One field of that person.</summary>
/// <param name="Attribute">The destination's name for it.</param>
/// <param name="Source">Who supplied the value that stands there now.</param>
/// <param name="Rule">Why that value won; null when nothing was decided.</param>
internal sealed record FieldStory(string Attribute, string? Before, string? After, string Source, string? Rule);

/// <summary>One message at the destination with its references.</summary>
/// <param name="NamesPerson">The message refers to the person.</param>
/// <param name="ListedByPerson">The person lists the message.</param>
internal sealed record MessageStory(string Direction, DateTimeOffset SentAt, string Body, string Uid, string RecordId, string PersonName, string PersonId, bool NamesPerson, bool ListedByPerson);

/// <param name="Where">The system it happened in.</param>
internal sealed record LifeEvent(string Where, string What);

/// <summary>A record that was not written, with its reason.</summary>
/// <param name="IsSkip">True for what is out of scope by rule.</param>
internal sealed record SetAside(string What, string Code, string Reason, bool IsSkip);

/// <summary>Something the page claims, with what was found when it was looked up.</summary>
internal sealed record Check(string What, string Expected, string Found)
{
    public bool IsTrue => Expected == Found;
}
