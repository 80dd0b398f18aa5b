using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic.Batches;
using Syncline.Sandbox.Anthropic.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic;

/// <summary>Batches and models as they are answered.</summary>
public sealed partial class AnthropicSimulator
{
    private SandboxResponse Shown(Batch batch, DateTimeOffset now) => Json(BatchJson.Of(batch, BaseUrl, now));

    private SandboxResponse List(SandboxRequest request, DateTimeOffset now)
    {
        const int usual = 20, most = 1000;
        int limit = request.Parameter("limit") is { } text ? int.TryParse(text, CultureInfo.InvariantCulture, out int given) && given is >= 1 and <= most ? given : throw Refuse.Bad("limit: out of range") : usual;
        List<Batch> newest = [.. _batches.All.AsEnumerable().Reverse()];
        int after = request.Parameter("after_id") is { } last ? newest.FindIndex(b => b.Id == last) + 1 : 0;
        int before = request.Parameter("before_id") is { } first ? newest.FindIndex(b => b.Id == first) : newest.Count;
        if (request.Parameter("before_id") is not null) after = Math.Max(0, before - limit);
        Batch[] page = [.. newest.Take(before).Skip(after).Take(limit)];
        return Json(Page(page.Select(b => BatchJson.Of(b, BaseUrl, now)), after + page.Length < newest.Count));
    }

    private SandboxResponse Cancelled(Batch batch, DateTimeOffset now)
    {
        BatchBoard.Cancel(batch, now);
        return Shown(batch, now);
    }

    private SandboxResponse Removed(Batch batch)
    {
        _batches.Remove(batch);
        return Json(new() { ["id"] = batch.Id, ["type"] = "message_batch_deleted" });
    }

    private static SandboxResponse Results(Batch batch, DateTimeOffset now)
    {
        if (!batch.HasEnded || BatchJson.IsArchived(batch, now)) throw Refuse.NotFound($"The results of message batch {batch.Id} are not available");
        return new(200, BatchJson.Results(batch), "application/x-jsonl");
    }

    private static SandboxResponse Models() => Json(Page(AnthropicModel.All.Select(Model), hasMore: false));

    private static JsonObject Model(AnthropicModel model) => new() { ["type"] = "model", ["id"] = model.Id, ["display_name"] = model.Id.Replace('-', ' '), ["created_at"] = "2026-10-07T00:00:00Z" };

    private static JsonObject Page(IEnumerable<JsonObject> rows, bool hasMore)
    {
        JsonObject[] data = [.. rows];
        return new()
        {
            ["data"] = JsonText.Array(data), ["has_more"] = hasMore, ["first_id"] = data.FirstOrDefault()?["id"]?.DeepClone(), ["last_id"] = data.LastOrDefault()?["id"]?.DeepClone(),
        };
    }
}
