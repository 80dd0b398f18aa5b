using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Companies;
using Syncline.Sandbox.Explorium.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Prospects;

/// <summary>People: matched to ids, then told of by id.</summary>
internal sealed class ProspectEndpoints(ProspectBook book, ExploriumBehaviour behaviour, Func<int, int> below)
{
    private static readonly string[] Inputs = ["email", "phone_number", "linkedin", "full_name", "company_name", "business_id"];
    private static readonly string[] Kinds = ["contacts_information", "profiles", "linkedin_posts"];

    public IEnumerable<ExploriumRoute> Routes() =>
    [
        new("POST", "/v1/prospects/match", Match),
        new("POST", "/v1/prospects/{kind}/enrich", One),
        new("POST", "/v1/prospects/{kind}/bulk_enrich", Many),
    ];

    // The echo has all six members, sent or not.
    private (string, JsonObject) Match(ExploriumCall call)
    {
        BodyReader body = call.Body("prospects_to_match");
        JsonObject[] inputs = body.Objects("prospects_to_match", BusinessEndpoints.MostItems, Inputs, nullable: true);
        body.Check();
        call.Charge(inputs.Length, inputs.Length * behaviour.MatchPrice);
        JsonObject[] echoes = [.. inputs.Select(input => new JsonObject(Inputs.Select(n => KeyValuePair.Create(n, input[n]?.DeepClone()))))];
        return MatchAnswer.Of("matched_prospects", "prospect_id", echoes, [.. inputs.Select(i => book.Match(i)?.Id)], behaviour);
    }

    private (string, JsonObject) One(ExploriumCall call)
    {
        string kind = KindOf(call);
        BodyReader body = call.Body("prospect_id", "parameters");
        string id = body.Id("prospect_id", IdForm.Prospect());
        string[] types = CheckParameters(body, kind);
        JsonNode? data = Data(id, kind, types, call.Now);
        call.Charge(1, Price(kind, types, [data]));
        return data is null ? ("miss", new() { ["data"] = new JsonObject(), ["entity_id"] = id }) : ("success", new() { ["data"] = data, ["entity_id"] = id });
    }

    private (string, JsonObject) Many(ExploriumCall call)
    {
        string kind = KindOf(call);
        BodyReader body = call.Body("prospect_ids", "parameters");
        string[] ids = body.Ids("prospect_ids", IdForm.Prospect(), BusinessEndpoints.MostItems);
        string[] types = CheckParameters(body, kind);
        JsonNode?[] data = [.. ids.Select(i => Data(i, kind, types, call.Now))];
        call.Charge(ids.Length, Price(kind, types, data));
        return BulkAnswer.Of("prospect_id", ids, data, behaviour, below);
    }

    private JsonNode? Data(string id, string kind, string[] types, DateTimeOffset now) => book.ById(id) is not { } person ? null : kind switch
    {
        "contacts_information" => ProspectData.Contacts(person, types),
        "profiles" => ProspectData.Profile(person),
        _ => CompanySignals.Posts(person.FullName, person.Id, now),
    };

    private int Price(string kind, string[] types, JsonNode?[] data)
    {
        int each = kind != "contacts_information" ? behaviour.EnrichPrice : types.Contains("phone") ? behaviour.PhonePrice : behaviour.EmailPrice;
        return each * (behaviour.ChargeMisses ? data.Length : data.Count(d => d is not null));
    }

    /// <summary>Which sorts of contacts are asked for: both, unless it is said.</summary>
    private static string[] CheckParameters(BodyReader body, string kind)
    {
        body.CheckParameters([], kind switch { "contacts_information" => ["contact_types"], "linkedin_posts" => ["offline_mode"], _ => [] });
        string[] types = ["email", "phone"];
        if (body.Parameters["contact_types"] is { } sent)
        {
            types = sent is JsonArray several ? [.. several.Select(t => t.Str() ?? "")] : [""];
            for (int i = 0; i < types.Length; i++)
            {
                if (types[i] is not ("email" or "phone")) body.Fault(["parameters", "contact_types", i], "value is not a valid enumeration member", "type_error.enum");
            }
        }
        body.Check();
        return types;
    }

    private static string KindOf(ExploriumCall call) => Kinds.Contains(call[0]) ? call[0] : throw Refuse.Details(404, "Not Found", "");
}
