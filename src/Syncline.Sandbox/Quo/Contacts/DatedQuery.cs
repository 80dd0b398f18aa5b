using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>The query of a dated list: <c>field=value</c>, <c>field[operator]=value</c>, <c>limit</c> and <c>after</c>.</summary>
internal sealed class DatedQuery
{
    private const int MostValues = 50;
    private const int MostRows = 50;
    private const int UsualRows = 10;

    private readonly QuoCall _call;

    /// <param name="known">The parameters that the list takes, operators with them: <c>externalId[in]</c>.</param>
    public DatedQuery(QuoCall call, QuoBehaviour behaviour, params IReadOnlyList<string> known)
    {
        _call = call;
        foreach (string name in call.Parameters.Select(p => p.Key).Where(n => n is not ("limit" or "after") && !known.Contains(n)))
        {
            if (name.Contains('[', StringComparison.Ordinal)) throw Refuse.Bad(QuoCall.PathOf(name), "is an operator this field does not support");
            if (behaviour.UnknownMembers == Strictness.Refuse) throw Refuse.Bad(QuoCall.PathOf(name), "is not a parameter of this list");
        }
        Limit = call.Whole("limit", MostRows, UsualRows);
    }

    public int Limit { get; }

    public string? One(string name) => _call.One(name);

    public DateTimeOffset? Time(string name) => _call.Time(name);

    /// <summary>The values asked for by <c>name=</c> or <c>name[in]=a,b</c>; null when neither was.</summary>
    public IReadOnlyList<string>? Values(string name)
    {
        string within = name + "[in]";
        if (_call.One(within) is not { } list) return _call.One(name) is { } one ? [one] : null;
        string[] values = list.Split(',');
        return values.Length <= MostValues ? values : throw Refuse.Bad(QuoCall.PathOf(within), $"takes {MostValues} values at the most", list, "array");
    }

    public SandboxResponse Answer<T>(IEnumerable<T> rows, Func<T, long> place, Func<T, System.Text.Json.Nodes.JsonNode> write, bool falling = false) =>
        QuoAnswers.DatedPage(Paging.Cut(rows, place, Limit, _call.One("after"), QuoCall.PathOf("after"), falling), write);

    /// <summary>A list without a number of its own: paged by where a row stands.</summary>
    public SandboxResponse Answer<T>(IReadOnlyList<T> rows, Func<T, System.Text.Json.Nodes.JsonNode> write) =>
        Answer(rows.Index(), r => r.Index, r => write(r.Item));
}
