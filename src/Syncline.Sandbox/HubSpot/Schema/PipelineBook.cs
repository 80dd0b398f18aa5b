using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Schema;

internal sealed class Stage(string id, string label, bool isClosed, string probability)
{
    public string Id => id;
    public string Label { get; set; } = label;
    public int DisplayOrder { get; set; }
    public bool IsClosed { get; set; } = isClosed;
    public string Probability { get; set; } = probability;
}

internal sealed class Pipeline(ObjectType type, string id, string label)
{
    public ObjectType Type => type;
    public string Id => id;
    public string Label { get; set; } = label;
    public int DisplayOrder { get; set; }
    public List<Stage> Stages { get; } = [];
}

/// <summary>The pipelines of deals and tickets. A stage belongs to one pipeline.</summary>
internal sealed class PipelineBook
{
    private int _nextId = 90_001;

    public PipelineBook(ObjectTypes types)
    {
        Pipeline sales = new(types.Deals, "default", "Sales Pipeline");
        foreach ((string id, string probability) in ((string, string)[])
            [("appointmentscheduled", "0.2"), ("qualifiedtobuy", "0.4"), ("presentationscheduled", "0.6"), ("decisionmakerboughtin", "0.8"), ("contractsent", "0.9"), ("closedwon", "1.0"), ("closedlost", "0.0")])
        {
            sales.Stages.Add(new(id, id, id.StartsWith("closed", StringComparison.Ordinal), probability) { DisplayOrder = sales.Stages.Count });
        }
        Pipeline support = new(types.Find("tickets")!, "0", "Support Pipeline");
        foreach (string label in (string[])["New", "Waiting on contact", "Waiting on us", "Closed"])
        {
            support.Stages.Add(new($"{support.Stages.Count + 1}", label, label == "Closed", "0.0") { DisplayOrder = support.Stages.Count });
        }
        All.AddRange([sales, support]);
    }

    public List<Pipeline> All { get; } = [];

    public string NextId() => $"{_nextId++}";

    public IEnumerable<Pipeline> Of(ObjectType type) => All.Where(p => p.Type == type).OrderBy(p => p.DisplayOrder);

    /// <summary>The ids that a property takes, where it names a pipeline or a stage; null for every other property.</summary>
    public IReadOnlyCollection<string>? Allowed(ObjectType type, Property property)
    {
        if (property.Name == PipelineName(type)) return [.. Of(type).Select(p => p.Id)];
        return property.Name == StageName(type) ? [.. Of(type).SelectMany(p => p.Stages).Select(s => s.Id)] : null;
    }

    /// <summary>A stage must be one of the record's pipeline.</summary>
    public void CheckStage(ObjectType type, IReadOnlyList<DraftValue> values, CrmRecord? existing, List<ValueFault> faults)
    {
        if (StageName(type) is not { } stageName || values.FirstOrDefault(v => v.Property.Name == stageName) is not { Property: not null, Value.Length: > 0 } stage) return;
        string pipeline = values.FirstOrDefault(v => v.Property.Name == PipelineName(type)).Value
            ?? existing?.Values.FirstOrDefault(v => All.Exists(p => p.Type == type && p.Id == v.Value)).Value
            ?? Of(type).First().Id;
        if (!Of(type).Any(p => p.Id == pipeline && p.Stages.Exists(s => s.Id == stage.Value)))
        {
            faults.Add(new(stageName, "INVALID_OPTION", $"{stage.Value} is not a valid stage of the pipeline {pipeline}"));
        }
    }

    public static string? StageName(ObjectType type) => type.IsDeal ? "dealstage" : type.IsTicket ? "hs_pipeline_stage" : null;

    public static string? PipelineName(ObjectType type) => type.IsDeal ? "pipeline" : type.IsTicket ? "hs_pipeline" : null;
}
