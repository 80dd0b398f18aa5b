namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>One direction of a kind of association.</summary>
/// <param name="Label">What people see; null for the plain type.</param>
/// <param name="Name"><c>contact_to_company</c>; user-defined labels have a name of their own.</param>
internal sealed record AssociationType(int Id, string Category, ObjectType From, ObjectType To, string? Label, string Name)
{
    public bool IsPrimary { get; init; }

    /// <summary>The type id in the other direction.</summary>
    public int Reverse { get; set; }

    public bool IsUserDefined => Category == "USER_DEFINED";
}

/// <summary>The association types there are, by direction.</summary>
/// <remarks>Source: the contract's table; pairs that no table names get ids of the sandbox's own, from 5000 on.</remarks>
internal sealed class AssociationTypes
{
    private const string Hub = "HUBSPOT_DEFINED";
    private const int FirstUnlisted = 5000, FirstUserDefined = 101;

    // from, to, the plain id, its reverse, the primary id, its reverse.
    private const string Table = """
        contact company 279 280 1 2
        deal company 341 342 5 6
        ticket company 339 340 26 25
        contact deal 4 3
        contact contact 449 449
        company company 450 450
        ticket contact 16 15
        ticket deal 28 27
        note contact 202 201
        note company 190 189
        note deal 214 213
        note ticket 228 227
        call contact 194 193
        call company 182 181
        call deal 206 205
        email contact 198 197
        email company 186 185
        email deal 210 209
        meeting_event contact 200 199
        meeting_event company 188 187
        meeting_event deal 212 211
        task contact 204 203
        task company 192 191
        task deal 216 215
        communication contact 81 82
        communication company 87 88
        communication deal 85 86
        communication ticket 83 84
        """;

    private readonly Dictionary<int, AssociationType> _byId = [];
    private readonly Dictionary<(int From, int To), List<AssociationType>> _byPair = [];
    private int _userDefined = FirstUserDefined;

    public AssociationTypes(ObjectTypes types)
    {
        foreach (string line in Table.Split('\n', StringSplitOptions.TrimEntries)) AddLine(types, line.Split(' '));
        Pair(types.Companies, types.Companies, 13, 14, "Child Company", "Parent Company", Hub);
    }

    public AssociationType? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The plain type of a direction; every pair of types has one.</summary>
    public AssociationType Plain(ObjectType from, ObjectType to) => Of(from, to)[0];

    public AssociationType? Primary(ObjectType from, ObjectType to) => Of(from, to).FirstOrDefault(t => t.IsPrimary);

    /// <summary>All types of a direction, the plain one first.</summary>
    public IReadOnlyList<AssociationType> Of(ObjectType from, ObjectType to)
    {
        if (!_byPair.ContainsKey((from.Number, to.Number))) Unlisted(from, to);
        return _byPair[(from.Number, to.Number)];
    }

    /// <summary>A label that a portal's people define, under two ids.</summary>
    public AssociationType Label(ObjectType from, ObjectType to, string label, string? inverse)
    {
        _ = Of(from, to);
        int id = _userDefined;
        _userDefined += 2;
        return Pair(from, to, id, id + 1, label, inverse ?? label, "USER_DEFINED");
    }

    public void Remove(AssociationType type)
    {
        foreach (AssociationType one in new[] { type, Find(type.Reverse)! })
        {
            _byId.Remove(one.Id);
            _byPair[(one.From.Number, one.To.Number)].Remove(one);
        }
    }

    private void AddLine(ObjectTypes types, string[] words)
    {
        (ObjectType from, ObjectType to) = (types.Find(words[0])!, types.Find(words[1])!);
        int[] ids = [.. words.Skip(2).Select(int.Parse)];
        string tail = ids.Length > 2 ? "_unlabeled" : "";
        Add(new(ids[0], Hub, from, to, null, $"{from.Singular}_to_{to.Singular}{tail}") { Reverse = ids[1] });
        if (ids[0] != ids[1]) Add(new(ids[1], Hub, to, from, null, $"{to.Singular}_to_{from.Singular}{tail}") { Reverse = ids[0] });
        if (ids.Length == 2) return;
        Add(new(ids[2], Hub, from, to, "Primary", $"{from.Singular}_to_{to.Singular}") { Reverse = ids[3], IsPrimary = true });
        Add(new(ids[3], Hub, to, from, "Primary", $"{to.Singular}_to_{from.Singular}") { Reverse = ids[2], IsPrimary = true });
    }

    private AssociationType Pair(ObjectType from, ObjectType to, int id, int reverse, string label, string inverse, string category)
    {
        AssociationType made = Add(new(id, category, from, to, label, $"{label}_{id}".Replace(' ', '_').ToLowerInvariant()) { Reverse = reverse });
        Add(new(reverse, category, to, from, inverse, $"{inverse}_{reverse}".Replace(' ', '_').ToLowerInvariant()) { Reverse = id });
        return made;
    }

    private void Unlisted(ObjectType from, ObjectType to)
    {
        (int id, int reverse) = (FirstUnlisted + (from.Number * 100) + to.Number, FirstUnlisted + (to.Number * 100) + from.Number);
        Add(new(id, Hub, from, to, null, $"{from.Singular}_to_{to.Singular}") { Reverse = reverse });
        if (id != reverse) Add(new(reverse, Hub, to, from, null, $"{to.Singular}_to_{from.Singular}") { Reverse = id });
    }

    private AssociationType Add(AssociationType type)
    {
        _byId[type.Id] = type;
        if (!_byPair.TryGetValue((type.From.Number, type.To.Number), out List<AssociationType>? pair)) _byPair[(type.From.Number, type.To.Number)] = pair = [];
        pair.Add(type);
        return type;
    }
}
