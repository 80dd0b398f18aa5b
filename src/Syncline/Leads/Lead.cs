namespace Syncline.Leads;

/// <summary>Somebody the team wants to talk to, with the evidence why.</summary>
/// <remarks>As it comes from outside its texts are as they were written; <see cref="LeadCheck"/> makes of it one that may be kept. What is not known is null or empty.</remarks>
public sealed record Lead
{
    /// <summary>Given by the list, or the id that the lead has where it comes from; without spaces. Null for one that the list has to find or to name.</summary>
    public string? Id { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>What they do, <c>Head of Sales</c>.</summary>
    public string? Title { get; init; }

    public string? CompanyName { get; init; }

    public string? CompanyDomain { get; init; }

    public string? Email { get; init; }

    /// <summary>The profile's address, or its slug alone; a kept lead has the slug.</summary>
    public string? LinkedIn { get; init; }

    /// <summary>How well they fit the ideal customer: 0, not at all, to 100; null when nobody has judged.</summary>
    public int? IcpScore { get; init; }

    /// <summary>Why that score, in the order they were given.</summary>
    public IReadOnlyList<string> IcpReasons { get; init; } = [];

    public SourceSignal? Signal { get; init; }

    public IReadOnlyList<LeadDraft> Drafts { get; init; } = [];

    public IReadOnlyList<LeadTouchpoint> Touchpoints { get; init; } = [];

    /// <summary>First and last name with a space between.</summary>
    public string Name => string.Join(' ', new[] { FirstName, LastName }.Where(n => !string.IsNullOrWhiteSpace(n)));

    /// <summary>Who it is and where they work, without any evidence.</summary>
    public Lead Who() => new Lead { Id = Id }.As(this);

    /// <summary>With another's names, role, company and addresses.</summary>
    public Lead As(Lead other) => this with
    {
        FirstName = other.FirstName,
        LastName = other.LastName,
        Title = other.Title,
        CompanyName = other.CompanyName,
        CompanyDomain = other.CompanyDomain,
        Email = other.Email,
        LinkedIn = other.LinkedIn,
    };

    /// <summary>This lead over what was known of it: a value it has wins, one it lacks is kept. A list with anything in it replaces the list.</summary>
    public Lead Over(Lead known) => known with
    {
        FirstName = FirstName ?? known.FirstName,
        LastName = LastName ?? known.LastName,
        Title = Title ?? known.Title,
        CompanyName = CompanyName ?? (IsElsewhereThan(known) ? null : known.CompanyName),
        CompanyDomain = CompanyDomain ?? (IsElsewhereThan(known) ? null : known.CompanyDomain),
        Email = Email ?? known.Email,
        LinkedIn = LinkedIn ?? known.LinkedIn,
        IcpScore = IcpScore ?? known.IcpScore,
        IcpReasons = Given(IcpReasons, known.IcpReasons),
        Signal = Signal ?? known.Signal,
        Drafts = Given(Drafts, known.Drafts),
        Touchpoints = Given(Touchpoints, known.Touchpoints),
    };

    /// <summary>Equal value by value, lists item by item.</summary>
    public bool SaysTheSameAs(Lead other) =>
        this with { IcpReasons = other.IcpReasons, Drafts = other.Drafts, Touchpoints = other.Touchpoints } == other
        && IcpReasons.SequenceEqual(other.IcpReasons) && Drafts.SequenceEqual(other.Drafts) && Touchpoints.SequenceEqual(other.Touchpoints);

    /// <summary>They have another company now: its name does not go with the old one's domain.</summary>
    private bool IsElsewhereThan(Lead known) =>
        (CompanyDomain is not null && known.CompanyDomain is not null && CompanyDomain != known.CompanyDomain)
        || (CompanyName is not null && known.CompanyName is not null && Records.CompanyName.Key(CompanyName) != Records.CompanyName.Key(known.CompanyName));

    private static IReadOnlyList<T> Given<T>(IReadOnlyList<T> own, IReadOnlyList<T> known) => own.Count > 0 ? own : known;
}

/// <summary>What drew attention to somebody.</summary>
/// <param name="Excerpt">The words, as they were read.</param>
/// <param name="Url">Where they were read; http or https.</param>
/// <param name="Angle">What to make of it when writing to them.</param>
public sealed record SourceSignal(string? Excerpt, string? Url, DateTimeOffset? CapturedAt, string? Angle);

/// <summary>A message drafted for somebody.</summary>
/// <param name="VariantKey">Which of several variants, <c>A</c>.</param>
/// <param name="Hypothesis">Why this one should work.</param>
public sealed record LeadDraft(string? Angle, string? VariantKey, string? Hypothesis, string? Content);

/// <summary>One attempt to reach somebody.</summary>
/// <param name="Channel">By which way, <c>linkedin</c>.</param>
/// <param name="Status">How it stands, <c>sent</c>.</param>
/// <param name="SentAt">Null while it is not sent.</param>
public sealed record LeadTouchpoint(string? Channel, string? Status, DateTimeOffset? SentAt);
