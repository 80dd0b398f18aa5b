using System.Text.Json;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Probes a workspace's set-up, and mends it.</summary>
internal sealed class AttioDoctor(AttioApi api, AttioSchema schema, AttioOptions options) : IDoctor
{
    private readonly AttioRepair _repair = new(api, schema);

    /// <summary>For a key of which nobody has said what it is for: one that reads will do, and what it may not do is said.</summary>
    public Task<Finding> TestAsync(CancellationToken cancellationToken) => TestAsync(AttioScopes.ToRead, [.. AttioScopes.Needed, .. AttioScopes.Useful], cancellationToken);

    private async Task<Finding> TestAsync(IReadOnlyList<string> needed, IReadOnlyList<string> useful, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(await api.GetAsync("attio.self.get", "v2/self", AttioJson.Default.AttioSelf, cancellationToken), needed, useful);
        }
        catch (ProviderException failure)
        {
            return Bad(failure.Message, failure.Hint ?? "Check the API key and base_url.");
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> needed, IReadOnlyList<string> useful) = AttioScopes.Of(maps);
        Finding key = await TestAsync(needed, useful, cancellationToken);
        if (key.Severity == Severity.Error) return [key];
        List<Finding> findings = [key];
        IReadOnlyList<AttioObject> objects = await schema.ObjectsAsync(cancellationToken);
        foreach (FieldMap map in maps.Where(m => m.Stream is AttioOptions.Companies or AttioOptions.People or AttioOptions.Messages).OrderBy(m => m.Stream, StringComparer.Ordinal))
        {
            bool isThere = objects.Any(o => o.ApiSlug == options.ObjectOf(map.Stream));
            // Where nothing is written, what is not there is simply not read.
            if (map.Rules.All(r => r.Direction == MapDirection.In)) continue;
            if (!isThere) findings.Add(MissingObject(map));
            findings.AddRange(await ExamineAsync(map, isThere, cancellationToken));
        }
        if (maps.Any(m => m.Stream == AttioOptions.People && m.Rules.Any(r => r.Direction != MapDirection.In))) findings.Add(Uniqueness());
        return findings;
    }

    private static Finding Judge(AttioSelf self, IReadOnlyList<string> needed, IReadOnlyList<string> wanted)
    {
        if (!self.Active) return Bad("Attio does not know this API key: mistyped, or revoked.", "Make a new key in Attio (Workspace settings, Developers) and set it as api_key.");
        IReadOnlyList<string> missing = AttioScopes.Missing(self.Scope, needed);
        if (missing.Count > 0) return Bad($"The API key lacks scopes: {string.Join(", ", missing)}.", "Give the key these scopes in Attio (Workspace settings, Developers).");
        IReadOnlyList<string> useful = AttioScopes.Missing(self.Scope, wanted);
        return useful.Count == 0
            ? new(Severity.Good, "api_key", $"The API key works in workspace '{self.WorkspaceName}'.")
            : new(Severity.Warning, "api_key", $"The API key works in workspace '{self.WorkspaceName}', without these scopes: {string.Join(", ", useful)}.") { Remedy = $"To {string.Join(", to ", useful.Select(Purpose).Distinct())} they are needed: give them to the key in Attio (Workspace settings, Developers)." };
    }

    private static string Purpose(string scope) => scope[..scope.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "record_permission" => "write records",
        "note" => "write notes",
        "list_configuration" or "list_entry" => "read and write lists",
        _ => "have `doctor --fix` make attributes",
    };

    private static Finding Bad(string message, string remedy) => new(Severity.Error, "api_key", message) { Remedy = remedy };

    private static Finding Uniqueness() => new(Severity.Advice, "people", "Attio refuses unique custom attributes on people and companies, so a LinkedIn field cannot be made unique there.")
    {
        Remedy = "Nothing to do: Syncline keeps each person once by its own identity links, looks up LinkedIn, e-mail and syncline_id before each create, "
            + "creates through the unique e-mail address where there is one, and reads back by syncline_id after a lost answer.",
    };

    private async Task<IReadOnlyList<Finding>> ExamineAsync(FieldMap map, bool isThere, CancellationToken cancellationToken)
    {
        string target = AttioSchema.ObjectTarget(options.ObjectOf(map.Stream));
        AttioAttributes attributes = isThere ? await schema.AttributesAsync(target, cancellationToken) : new(target, []);
        List<Finding> findings = [];
        foreach (FieldRule rule in map.Rules.Where(r => r.Direction != MapDirection.In && r.Remote != AttioMatch.Alias))
        {
            findings.AddRange(await ExamineAsync(map, rule, attributes, cancellationToken));
        }
        if (map.Stream == AttioOptions.Messages && isThere) findings.AddRange(await ExamineLinkAsync(map, attributes, cancellationToken));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(FieldMap map, FieldRule rule, AttioAttributes attributes, CancellationToken cancellationToken)
    {
        string subject = $"{options.ObjectOf(map.Stream)}.{rule.Remote}";
        Severity severity = rule.IsRequired || rule.Canonical == "message_uid" ? Severity.Error : Severity.Warning;
        if (attributes.Of(rule.Remote) is not { } there) return await MissingAsync(map, rule, attributes, subject, severity, cancellationToken);
        if (!there.IsWritable || there.Type == "interaction") return [new(severity, subject, "The attribute is read-only: the field is not written.") { Remedy = "Map the field to another attribute." }];
        AttioBlueprint? wanted = AttioBlueprint.Of(map, rule);
        if (wanted is not null && !wanted.IsMetBy(there))
        {
            return [new(severity, subject, $"The attribute is of type {there.Type}; {wanted.Type} is needed.") { Remedy = "A type cannot be changed: map the field to another attribute." }];
        }
        if (wanted is { IsUnique: true } && !there.IsUnique) return [NotUnique(attributes.Target, subject, there)];
        IReadOnlyList<Finding> titles = await ExamineTitlesAsync(rule, attributes.Target, there, subject, cancellationToken);
        return titles.Count > 0 ? titles : [new(Severity.Good, subject, $"There, of type {there.Type}.")];
    }

    private async Task<IReadOnlyList<Finding>> MissingAsync(FieldMap map, FieldRule rule, AttioAttributes attributes, string subject, Severity severity, CancellationToken cancellationToken)
    {
        if (AttioBlueprint.Of(map, rule) is not { } blueprint) return [new(severity, subject, "The attribute is not there.") { Remedy = "Map the field to another attribute." }];
        AttioBlueprint made = await WithReverseAsync(map, rule, blueprint, cancellationToken);
        Finding finding = new(severity, subject, $"The attribute is not there{(severity == Severity.Error ? "." : ": the field is not written.")}")
        {
            FixDescription = $"create {made.Type} attribute '{made.Slug}'{(made.IsUnique ? ", unique" : "")}{(made.Reverse is { } reverse ? $", with '{reverse}' on {made.Refers} as its other side" : "")}",
            FixAsync = token => _repair.MakeAttributeAsync(attributes.Target, made, token),
        };
        AttioAttribute planned = new(made.Slug, made.Type);
        return [finding, .. AttioPreparation.TitlesOf(rule.Outward).Select(title => MissingTitle(attributes.Target, planned, subject, title))];
    }

    private async Task<AttioBlueprint> WithReverseAsync(FieldMap map, FieldRule rule, AttioBlueprint blueprint, CancellationToken cancellationToken)
    {
        if (map.Stream != AttioOptions.Messages || rule.Canonical != "person") return blueprint;
        AttioAttributes people = await schema.AttributesAsync("objects/people", cancellationToken);
        return people.Find(options.MessagesLink) is null ? blueprint with { Reverse = options.MessagesLink } : blueprint;
    }

    private async Task<IReadOnlyList<Finding>> ExamineTitlesAsync(FieldRule rule, string target, AttioAttribute there, string subject, CancellationToken cancellationToken)
    {
        if (there.Type is not ("select" or "status") || AttioPreparation.TitlesOf(rule.Outward).Count == 0) return [];
        IReadOnlyList<string> titles = await schema.TitlesAsync(target, there, cancellationToken);
        return [.. AttioPreparation.MissingTitles(rule.Outward, titles).Select(title => MissingTitle(target, there, subject, title))];
    }

    private async Task<IReadOnlyList<Finding>> ExamineLinkAsync(FieldMap map, AttioAttributes messages, CancellationToken cancellationToken)
    {
        string subject = $"people.{options.MessagesLink}";
        string? person = map.Rules.FirstOrDefault(r => r.Canonical == "person")?.Remote;
        if (person is null || messages.Find(person) is not { } there) return [];
        if (there.Relationship is { } relationship) return [new(Severity.Good, subject, $"'{person}' and people's '{relationship.ApiSlug}' are two sides of one relationship.")];
        AttioAttributes people = await schema.AttributesAsync("objects/people", cancellationToken);
        if (people.Find(options.MessagesLink) is not null)
        {
            return [new(Severity.Advice, subject, "People and messages refer to each other by two separate attributes: each message costs one more write.")];
        }
        AttioBlueprint plain = new(options.MessagesLink, "record-reference") { IsMultiselect = true, Refers = options.MessagesObject };
        return
        [
            new(Severity.Warning, subject, "People have no reference to their messages.")
            {
                FixDescription = $"create reference attribute '{options.MessagesLink}' on people",
                FixAsync = token => _repair.MakeAttributeAsync("objects/people", plain, token),
            },
        ];
    }

    private Finding MissingObject(FieldMap map)
    {
        string slug = options.ObjectOf(map.Stream);
        return new(Severity.Error, slug, $"Object '{slug}' is not there.") { FixDescription = $"create object '{slug}'", FixAsync = token => _repair.MakeObjectAsync(slug, token) };
    }

    private Finding NotUnique(string target, string subject, AttioAttribute there) => new(Severity.Error, subject, "The attribute is not unique: a repeated write would make a second message.")
    {
        FixDescription = $"make '{there.ApiSlug}' unique",
        FixAsync = token => _repair.MakeUniqueAsync(target, there.ApiSlug, token),
    };

    private Finding MissingTitle(string target, AttioAttribute attribute, string subject, string title) => new(Severity.Error, subject, $"The option '{title}' is not there: values that need it would be refused.")
    {
        FixDescription = $"add option '{title}' to '{attribute.ApiSlug}'",
        FixAsync = token => _repair.MakeOptionAsync(target, attribute, title, token),
    };
}
