using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Owners, which the API only reads.</summary>
internal sealed class OwnerEndpoints(HubSpotPortal portal)
{
    private const int DefaultRows = 100, MostRows = 500;

    private static readonly string[] Scopes = ["crm.objects.owners.read"];

    public IEnumerable<Route> Routes() => [new("GET", "/owners", static _ => Scopes, List), new("GET", "/owners/{id}", static _ => Scopes, Read)];

    private SandboxResponse List(Call call)
    {
        int limit = call.Number("limit", DefaultRows, 1, MostRows);
        long after = JsonReading.ReadId(call.Parameter("after")) ?? 0;
        string? email = call.Parameter("email");
        Owner[] rows = [.. portal.Owners.All.Where(o => o.IsArchived == call.Flag("archived") && o.Id > after && (email is null || string.Equals(o.Email, email, StringComparison.OrdinalIgnoreCase))).Take(limit + 1)];
        return Answers.Object(writer =>
        {
            writer.WriteArray("results", rows.Take(limit), Write);
            writer.WritePaging(call, rows.Length > limit ? rows[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
        });
    }

    private SandboxResponse Read(Call call)
    {
        bool byUser = call.Parameter("idProperty") == "userId";
        Owner owner = portal.Owners.All.FirstOrDefault(o => (byUser ? o.UserId : o.Id) == JsonReading.ReadId(call[0])) ?? throw Refuse.NotFound();
        return new(200, Answers.Json(writer => Write(writer, owner)));
    }

    private static void Write(Utf8JsonWriter writer, Owner owner)
    {
        writer.WriteStartObject();
        writer.WriteId("id", owner.Id);
        writer.WriteString("email", owner.Email);
        writer.WriteString("type", "PERSON");
        writer.WriteString("firstName", owner.FirstName);
        writer.WriteString("lastName", owner.LastName);
        writer.WriteNumber("userId", owner.UserId);
        writer.WriteTime("createdAt", owner.CreatedMs);
        writer.WriteTime("updatedAt", owner.CreatedMs);
        writer.WriteArray<string>("teams", [], static (w, t) => w.WriteStringValue(t));
        writer.WriteBoolean("archived", owner.IsArchived);
        writer.WriteEndObject();
    }
}
