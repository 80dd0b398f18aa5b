using System.Buffers;
using Syncline.Imports;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>A list of the account.</summary>
/// <param name="Slug">What <see cref="BrowseQuery.Place"/> names it by.</param>
/// <param name="ParentObject">Slug of the object whose records stand in it; null when the provider did not say.</param>
public sealed record BrowsedList(string Slug, string Name, string? ParentObject);

/// <summary>How a filter compares.</summary>
public enum BrowseOperator
{
    Is,
    Contains,
    StartsWith,
    EndsWith,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// <summary>One condition on one attribute.</summary>
/// <param name="Attribute">Its slug; one part of a location as <c>primary_location.locality</c>.</param>
public sealed record BrowseFilter(string Attribute, BrowseOperator Operator, string Value)
{
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("^$<>~=");

    // Longest first: "<=" is no "<".
    private static readonly (string Sign, BrowseOperator Operator)[] Signs =
    [
        ("^=", BrowseOperator.StartsWith), ("$=", BrowseOperator.EndsWith), ("<=", BrowseOperator.AtMost), (">=", BrowseOperator.AtLeast),
        ("~", BrowseOperator.Contains), ("=", BrowseOperator.Is), ("<", BrowseOperator.Less), (">", BrowseOperator.More),
    ];

    /// <summary>Reads <c>job_title~engineer</c>: <c>=</c> is, <c>~</c> contains, <c>^=</c> starts with, <c>$=</c> ends with, and the four comparisons. Null when the text is none.</summary>
    public static BrowseFilter? Parse(string text)
    {
        int at = text.AsSpan().IndexOfAny(Beginnings);
        if (at <= 0) return null;
        (string sign, BrowseOperator used) = Signs.FirstOrDefault(s => text.AsSpan(at).StartsWith(s.Sign, StringComparison.Ordinal));
        return sign is null || at + sign.Length == text.Length ? null : new(text[..at].Trim(), used, text[(at + sign.Length)..].Trim());
    }
}

/// <summary>One page that is wanted. Searching, filtering and paging are the provider's: nothing is read that is not shown.</summary>
/// <param name="Place"><c>companies</c>, <c>people</c>, or the slug of a list.</param>
public sealed record BrowseQuery(string Place)
{
    /// <summary>Rows a page may have at the most.</summary>
    public const int MostRows = 200;

    /// <summary>Text that name, e-mail address or domain holds, in any case; null for all records.</summary>
    public string? Search { get; init; }

    /// <summary>All of them hold.</summary>
    public IReadOnlyList<BrowseFilter> Filters { get; init; } = [];

    /// <summary>1 to <see cref="MostRows"/>.</summary>
    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}

/// <summary>One row of a page.</summary>
/// <param name="Id">As <see cref="ImportedRecord.Id"/>: the record's id, in a list the entry's.</param>
/// <param name="Attributes">The few that tell a record from the next one.</param>
public sealed record BrowsedRow(string Id, string Name, string? WebUrl, FieldSet Attributes);

/// <summary>One page, oldest record first: what is made while somebody pages comes at the end and shifts nothing.</summary>
/// <param name="HasMore">True when a row follows. How many do, no provider says.</param>
public sealed record BrowsePage(IReadOnlyList<BrowsedRow> Rows, bool HasMore);

/// <summary>Looks through an account and reads chosen records whole. Writes nothing.</summary>
public interface IRecordBrowser
{
    /// <summary>The lists the key may see, by name.</summary>
    /// <exception cref="ProviderException">Any refusal.</exception>
    Task<IReadOnlyList<BrowsedList>> ListsAsync(CancellationToken cancellationToken);

    /// <exception cref="ProviderException">Any refusal; an unknown place, or a filter that the attribute does not take, before any row is asked for.</exception>
    Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken);

    /// <summary>Whole records, in the order of their ids as given. Those that are not there any more are left out.</summary>
    /// <exception cref="ProviderException">Any refusal.</exception>
    Task<IReadOnlyList<ImportedRecord>> ReadAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
