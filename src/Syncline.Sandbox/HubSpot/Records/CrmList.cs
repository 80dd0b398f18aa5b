using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>A list of records ("segment"). Only manual and snapshot lists take members from the API.</summary>
/// <param name="processing">MANUAL, DYNAMIC or SNAPSHOT.</param>
internal sealed class CrmList(long id, string name, ObjectType type, string processing, long createdMs)
{
    private readonly SortedDictionary<long, long> _members = [];

    public long Id => id;
    public string Name { get; set; } = name;
    public ObjectType Type => type;
    public string Processing => processing;
    public long CreatedMs => createdMs;
    public long? DeletedMs { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>As it was sent; its meaning is not simulated.</summary>
    public string? FilterBranch { get; set; }

    public bool IsWritable => processing is "MANUAL" or "SNAPSHOT";

    /// <summary>Record ids and when they joined, by id.</summary>
    public IReadOnlyDictionary<long, long> Members => _members;

    public bool Add(long record, long now) => _members.TryAdd(record, now);

    public bool Remove(long record) => _members.Remove(record);

    public void Clear() => _members.Clear();
}

internal sealed class ListBook
{
    private long _next = 1;

    public List<CrmList> All { get; } = [];

    public CrmList? Find(long? id) => All.Find(l => l.Id == id);

    public CrmList Add(string name, ObjectType type, string processing, long now)
    {
        CrmList made = new(_next++, name, type, processing, now);
        All.Add(made);
        return made;
    }
}
