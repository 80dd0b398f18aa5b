using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Pipelines and their stages. From 2026-09 on, those in use cannot be deleted.</summary>
internal sealed class PipelineEndpoints(HubSpotPortal portal)
{
    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/pipelines/{type}", ReadScopes, call => Answers.Object(writer => writer.WriteArray("results", portal.Pipelines.Of(Type(call)), Write))),
        new("POST", "/pipelines/{type}", WriteScopes, Create),
        new("GET", "/pipelines/{type}/{id}", ReadScopes, call => One(Known(call))),
        new("PATCH", "/pipelines/{type}/{id}", WriteScopes, Change),
        new("DELETE", "/pipelines/{type}/{id}", WriteScopes, Delete),
        new("GET", "/pipelines/{type}/{id}/stages", ReadScopes, call => Answers.Object(writer => writer.WriteArray("results", Known(call).Stages.OrderBy(s => s.DisplayOrder), Write))),
        new("POST", "/pipelines/{type}/{id}/stages", WriteScopes, CreateStage),
        new("PATCH", "/pipelines/{type}/{id}/stages/{stage}", WriteScopes, ChangeStage),
        new("DELETE", "/pipelines/{type}/{id}/stages/{stage}", WriteScopes, DeleteStage),
    ];

    private IReadOnlyList<string> ReadScopes(Call call) => [.. Type(call).SchemaScopes("read"), .. Type(call).ReadScopes];

    private IReadOnlyList<string> WriteScopes(Call call) => [.. Type(call).SchemaScopes("write"), .. Type(call).WriteScopes];

    private ObjectType Type(Call call) => portal.Table(call[0]).Type;

    private SandboxResponse Create(Call call)
    {
        Pipeline made = new(Type(call), portal.Pipelines.NextId(), call.Body.Need("label")) { DisplayOrder = call.Body.Whole("displayOrder") ?? 0 };
        made.Stages.AddRange(call.Body.Items("stages").Select(NewStage));
        if (made.Stages.Count == 0) throw Refuse.Invalid("A pipeline needs stages");
        portal.Pipelines.All.Add(made);
        return One(made, 201);
    }

    private SandboxResponse Change(Call call)
    {
        Pipeline pipeline = Known(call);
        (pipeline.Label, pipeline.DisplayOrder) = (call.Body.Text("label") ?? pipeline.Label, call.Body.Whole("displayOrder") ?? pipeline.DisplayOrder);
        return One(pipeline);
    }

    private SandboxResponse Delete(Call call)
    {
        Pipeline pipeline = Known(call);
        RefuseInUse(call, PipelineBook.PipelineName(pipeline.Type), pipeline.Id);
        portal.Pipelines.All.Remove(pipeline);
        return Answers.Empty;
    }

    private SandboxResponse CreateStage(Call call)
    {
        Stage made = NewStage(call.Body, Known(call).Stages.Count);
        Known(call).Stages.Add(made);
        return One(made, 201);
    }

    private SandboxResponse ChangeStage(Call call)
    {
        Stage stage = KnownStage(call);
        (stage.Label, stage.DisplayOrder) = (call.Body.Text("label") ?? stage.Label, call.Body.Whole("displayOrder") ?? stage.DisplayOrder);
        return One(stage);
    }

    private SandboxResponse DeleteStage(Call call)
    {
        Stage stage = KnownStage(call);
        RefuseInUse(call, PipelineBook.StageName(Type(call)), stage.Id);
        Known(call).Stages.Remove(stage);
        return Answers.Empty;
    }

    private void RefuseInUse(Call call, string? property, string id)
    {
        CrmTable table = portal.Table(call[0]);
        if (!call.IsNewest || property is null || table.Catalogue.Find(property) is not { } holder) return;
        if (table.All.Any(r => r.IsLive && r[holder] == id)) throw Refuse.Invalid($"{id} is in use and cannot be deleted");
    }

    private Stage NewStage(JsonElement body, int order) =>
        new(portal.Pipelines.NextId(), body.Need("label"), body.Member("metadata").Text("isClosed") == "true", body.Member("metadata").Text("probability") ?? "0.0") { DisplayOrder = body.Whole("displayOrder") ?? order };

    private Pipeline Known(Call call) => portal.Pipelines.Of(Type(call)).FirstOrDefault(p => p.Id == call[1]) ?? throw Refuse.NotFound();

    private Stage KnownStage(Call call) => Known(call).Stages.Find(s => s.Id == call[2]) ?? throw Refuse.NotFound();

    private static SandboxResponse One(Pipeline pipeline, int status = 200) => new(status, Answers.Json(writer => Write(writer, pipeline)));

    private static SandboxResponse One(Stage stage, int status) => new(status, Answers.Json(writer => Write(writer, stage)));

    private static SandboxResponse One(Stage stage) => One(stage, 200);

    private static void Write(Utf8JsonWriter writer, Pipeline pipeline)
    {
        writer.WriteStartObject();
        writer.WriteString("id", pipeline.Id);
        writer.WriteString("label", pipeline.Label);
        writer.WriteNumber("displayOrder", pipeline.DisplayOrder);
        writer.WriteBoolean("archived", false);
        writer.WriteArray("stages", pipeline.Stages.OrderBy(s => s.DisplayOrder), Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Stage stage)
    {
        writer.WriteStartObject();
        writer.WriteString("id", stage.Id);
        writer.WriteString("label", stage.Label);
        writer.WriteNumber("displayOrder", stage.DisplayOrder);
        writer.WriteStartObject("metadata");
        writer.WriteString("isClosed", stage.IsClosed ? "true" : "false");
        writer.WriteString("probability", stage.Probability);
        writer.WriteEndObject();
        writer.WriteBoolean("archived", false);
        writer.WriteEndObject();
    }
}
