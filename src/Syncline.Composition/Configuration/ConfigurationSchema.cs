using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors;

namespace Syncline.Composition.Configuration;

/// <summary>The JSON schema of the configuration file, made from the keys the reader knows and the settings the providers declare.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema this program was built with.</summary>
    public static string Shipped()
    {
        using Stream resource = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream("syncline.schema.json")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }

    public static string Generate(IReadOnlyList<IProvider> providers)
    {
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Syncline configuration",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["connections"] = Named("connections", ConnectionSchema(providers)),
                ["syncs"] = Named("syncs", Section(Keys.Sync, "from", "to")),
                ["maps"] = Named("maps", Maps()),
                ["enrichment"] = Described(Keys.Root, "enrichment", Section(Keys.Enrichment)),
                ["alert"] = Described(Keys.Root, "alert", Section(Keys.Alert)),
                ["log"] = Described(Keys.Root, "log", Section(Keys.Log)),
            },
        };
        return schema.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Named(string key, JsonObject each) => Described(Keys.Root, key, new() { ["type"] = "object", ["additionalProperties"] = each });

    private static JsonObject Described(IReadOnlyList<Key> keys, string name, JsonObject schema)
    {
        schema.Insert(0, "description", keys.First(k => k.Name == name).Description);
        return schema;
    }

    private static JsonObject Section(IReadOnlyList<Key> keys, params IReadOnlyList<string> required)
    {
        JsonObject properties = [];
        foreach (Key key in keys) properties[key.Name] = SchemaOf(key);
        JsonObject section = new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0) section["required"] = Texts(required);
        return section;
    }

    private static JsonObject SchemaOf(Key key)
    {
        JsonObject schema = key.Schema switch
        {
            "KINDS" => new() { ["type"] = "array", ["items"] = OneOf(Keys.Kinds) },
            "POLICIES" => OneOf(Keys.Policies),
            "DELETES" => OneOf(Keys.Deletes),
            "DIRECTIONS" => OneOf(Keys.Directions),
            _ => JsonNode.Parse(key.Schema)!.AsObject(),
        };
        schema.Insert(0, "description", key.Description);
        return schema;
    }

    /// <summary>One branch a provider, so that the editor offers the settings of the one that is named.</summary>
    private static JsonObject ConnectionSchema(IReadOnlyList<IProvider> providers) => new()
    {
        ["type"] = "object",
        ["required"] = Texts(["provider"]),
        ["properties"] = new JsonObject { ["provider"] = OneOf([.. providers.Select(p => p.Name)]) },
        ["oneOf"] = new JsonArray([.. providers.Select(OfProvider)]),
    };

    private static JsonObject OfProvider(IProvider provider)
    {
        JsonObject properties = [];
        foreach (Key key in Keys.Connection) properties[key.Name] = key.Name == "provider" ? new JsonObject { ["const"] = provider.Name } : SchemaOf(key);
        foreach (SettingDefinition setting in provider.Settings)
        {
            JsonObject schema = new() { ["description"] = setting.Description, ["type"] = new JsonArray("string", "number", "boolean") };
            if (setting.Default is not null) schema["default"] = setting.Default;
            properties[setting.Name] = schema;
        }
        return new() { ["additionalProperties"] = false, ["required"] = Texts(["provider", .. provider.Settings.Where(s => s.IsRequired).Select(s => s.Name)]), ["properties"] = properties };
    }

    private static JsonObject Maps()
    {
        JsonObject rule = new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["description"] = "The remote field; none takes the field out of the map." }, Section(Keys.Rule)) };
        JsonObject kinds = [];
        foreach (string kind in Keys.Kinds) kinds[kind] = new JsonObject { ["type"] = "object", ["additionalProperties"] = rule.DeepClone() };
        return new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = kinds };
    }

    private static JsonObject OneOf(IReadOnlyList<string> values) => new() { ["enum"] = Texts(values) };

    private static JsonArray Texts(IReadOnlyList<string> values) => [.. values.Select(v => (JsonNode)v)];
}
