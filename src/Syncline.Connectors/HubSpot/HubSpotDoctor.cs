using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Probes a portal's set-up, and mends it: the credential and what it may do, the tier, the properties that the maps name.</summary>
/// <remarks>What a private-app token may do cannot be asked for; it is tried. A batch without rows writes nothing, and is refused where the scope for writing is missing.</remarks>
internal sealed class HubSpotDoctor(HubSpotApi api, HubSpotOptions options, HubSpotRefusals refusals, bool isOAuth) : IDoctor
{
    private readonly HubSpotRepair _repair = new(api);

    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Good((await AccountAsync(cancellationToken)).Account);
        }
        catch (ProviderException failure)
        {
            return Bad(failure);
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        try
        {
            (HubSpotAccount account, ProviderAnswer answer) = await AccountAsync(cancellationToken);
            findings.AddRange([Good(account), Tier(answer)]);
            foreach (HubSpotProbe probe in HubSpotProbe.All) findings.AddRange(await probe.TryAsync(api, cancellationToken));
            foreach (FieldMap map in maps) findings.AddRange(await ExamineAsync(map, cancellationToken));
        }
        catch (ProviderException failure)
        {
            return [.. findings, Bad(failure)];
        }
        return [.. findings, .. Advice()];
    }

    private async Task<(HubSpotAccount Account, ProviderAnswer Answer)> AccountAsync(CancellationToken cancellationToken)
    {
        const string operation = "hubspot.account.get";
        ProviderAnswer answer = await api.SendAsync(new(operation, HttpMethod.Get, HubSpotPaths.AccountDetails, HubSpotOptions.Calls) { IsIdempotent = true }, cancellationToken);
        if (!answer.IsSuccess) throw HubSpotApi.Failure(operation, HubSpotError.Of(answer));
        HubSpotAccount account = HubSpotApi.Parse(operation, answer, HubSpotJson.Default.HubSpotAccount);
        refusals.Offset = TimeSpan.FromMilliseconds(account.UtcOffsetMilliseconds);
        return (account, answer);
    }

    private static Finding Good(HubSpotAccount account) => new(Severity.Good, "token",
        $"HubSpot accepts the credential: portal {account.PortalId.ToString(CultureInfo.InvariantCulture)}{(account.AccountType is { } type ? $", {type.ToLowerInvariant().Replace('_', ' ')}" : "")}. Its day of calls ends at midnight{(account.TimeZone is { } zone ? $" of {zone}" : "")}.");

    private static Finding Bad(ProviderException failure) => new(Severity.Error, "token", failure.Message) { Remedy = failure.Hint ?? "Check the token and base_url." };

    private Finding Tier(ProviderAnswer answer)
    {
        if (!int.TryParse(answer.Header("X-HubSpot-RateLimit-Max"), NumberStyles.None, CultureInfo.InvariantCulture, out int most)) return new(Severity.Advice, "tier", $"HubSpot does not say how many calls it allows; {options.PerTenSeconds} in ten seconds are made.");
        string named = most >= 250 ? "addon" : most >= 190 ? "professional" : "starter";
        return most switch
        {
            _ when most < options.PerTenSeconds => new(Severity.Warning, "tier", $"HubSpot allows this credential {most} calls in ten seconds, and the tier that is set stands for {options.PerTenSeconds}: calls will be refused and made again.") { Remedy = $"Set tier: {named}{(most is > 100 and < 190 ? $", or limits of your own ({most} calls in 10s)" : "")}." },
            _ when most > options.PerTenSeconds => new(Severity.Advice, "tier", $"HubSpot allows this credential {most} calls in ten seconds; {options.PerTenSeconds} are used.") { Remedy = $"Set tier: {named} to go faster." },
            _ => new(Severity.Good, "tier", $"{most} calls in ten seconds, as HubSpot allows."),
        };
    }

    private async Task<IEnumerable<Finding>> ExamineAsync(FieldMap map, CancellationToken cancellationToken)
    {
        HubSpotKind? kind = HubSpotKind.Records.FirstOrDefault(k => k.Stream == map.Stream) ?? (map.Stream is HubSpotNotes.Messages or HubSpotNotes.Activities or HubSpotNotes.Notes ? HubSpotKind.NotesOf(map.Stream, map.Kind) : null);
        if (kind is null || map.Rules.All(r => r.Direction == MapDirection.In)) return [];
        HubSpotDefinitions definitions = await new HubSpotSchema(api).DefinitionsAsync(kind.Type, cancellationToken);
        string? unique = kind.Type == "notes" ? HubSpotMaps.Key : options.ExternalId ?? (kind == HubSpotKind.Deals ? HubSpotMaps.Key : null);
        return [.. HubSpotPreparation.Unwritable(kind, map, definitions, unique).DistinctBy(u => u.Rule.Remote).Select(u => Missing(kind, map, u.Rule, u.Reason, unique, definitions.Find(u.Rule.Remote) is not null))];
    }

    private Finding Missing(HubSpotKind kind, FieldMap map, FieldRule rule, string reason, string? unique, bool isThere)
    {
        bool isKey = rule.Remote == unique, canBeMade = !isThere && (isKey || HubSpotMaps.Enrichment.Contains(rule.Remote));
        string follows = isKey && kind.Type is "notes" or "deals" ? "nothing of it is written, since it could not be found again" : "it is not written";
        return new(rule.IsRequired ? Severity.Error : isKey ? Severity.Warning : Severity.Advice, $"{kind.Type}.{rule.Remote}", $"The property for {rule.Canonical} of {map.Stream} {reason}: {follows}.")
        {
            Remedy = canBeMade ? null : isThere ? "Map the field to another property." : $"Make the property in HubSpot (Settings, Properties), or set {rule.Canonical} to none in the maps.",
            FixDescription = canBeMade ? HubSpotRepair.Describe(kind.Type, rule.Remote, isKey) : null,
            FixAsync = canBeMade ? token => _repair.CreateAsync(kind.Type, rule.Remote, isKey, token) : null,
        };
    }

    private IEnumerable<Finding> Advice()
    {
        yield return new(Severity.Advice, "companies", "If the portal creates and associates companies with contacts by itself, a contact with a business address gets a company some seconds after it was made, which may stand beside the one that Syncline writes.")
        {
            Remedy = "Switch it off in HubSpot (Settings, Objects, Companies) before a first large run, or put the domains on its exclusion list.",
        };
        yield return new(Severity.Advice, "rules", "Rules of the portal (properties that a form requires, formats, conditions) bind writes of this version too: a record that breaks one is refused and listed with the property's name.");
        if (!isOAuth) yield return new(Severity.Advice, "webhooks", "A service key has no webhooks, and a private app's are set up in HubSpot only. Without them changes are found by search, archived records by the listing of reconcile_every.");
        if (options.WebhookUrl is null) yield return new(Severity.Advice, "webhook_url", "Webhooks cannot be checked without the address that HubSpot calls: set webhook_url if you use them.");
    }
}

/// <summary>One thing a credential may be allowed to do.</summary>
internal sealed record HubSpotProbe(string Scope, string Purpose, bool IsNeeded, HttpMethod Method, string Path, JsonObject? Body)
{
    public static IReadOnlyList<HubSpotProbe> All { get; } =
    [
        .. Objects("contacts", "people", isNeeded: true),
        .. Objects("companies", "companies", isNeeded: true),
        .. Objects("deals", "deals", isNeeded: false),
        new("crm.objects.owners.read", "tell owners by their address", false, HttpMethod.Get, $"{HubSpotPaths.AllOwners}?limit=1", null),
        new("crm.lists.read", "read lists and who is on them", false, HttpMethod.Post, $"{HubSpotPaths.ListsRoot}/search", new() { ["count"] = 1 }),
        new("crm.schemas.contacts.read", "see which properties there are", true, HttpMethod.Get, HubSpotPaths.PropertiesOf("contacts", "/email"), null),
    ];

    public async Task<IEnumerable<Finding>> TryAsync(HubSpotApi api, CancellationToken cancellationToken)
    {
        byte[]? body = Body is null ? null : System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Body, HubSpotJson.Default.JsonObject);
        ProviderAnswer answer = await api.SendAsync(new("hubspot.account.probe", Method, Path, HubSpotOptions.Calls) { Body = body, IsIdempotent = true }, cancellationToken);
        if (answer.Status != 403) return [];
        HubSpotError error = HubSpotError.Of(answer);
        string scopes = error.Scopes.Count > 0 ? string.Join(", ", error.Scopes) : Scope;
        return [new(IsNeeded ? Severity.Error : Severity.Warning, Scope, $"The credential may not {Purpose}.") { Remedy = $"Add {scopes} to the app or the service key." }];
    }

    private static HubSpotProbe[] Objects(string type, string what, bool isNeeded) =>
    [
        new($"crm.objects.{type}.read", $"read {what}", isNeeded, HttpMethod.Get, HubSpotPaths.Object(type, "?limit=1"), null),
        new($"crm.objects.{type}.write", $"write {what}{(type == "contacts" ? " and notes" : "")}", false, HttpMethod.Post, HubSpotPaths.Object(type, "/batch/create"), new() { ["inputs"] = new JsonArray() }),
    ];
}

/// <summary>Makes properties.</summary>
internal sealed class HubSpotRepair(HubSpotApi api)
{
    public static string Describe(string type, string name, bool isUnique) => $"Create the {(isUnique ? "unique text" : TypeOf(name).Type == "number" ? "number" : "text")} property '{name}' on {type}.";

    public async Task CreateAsync(string type, string name, bool isUnique, CancellationToken cancellationToken)
    {
        string operation = $"hubspot.{type}.define";
        (string kind, string field) = TypeOf(name);
        JsonObject body = new()
        {
            ["name"] = name,
            ["label"] = $"Syncline {name.Replace("syncline_", "", StringComparison.Ordinal).Replace('_', ' ')}",
            ["groupName"] = await GroupAsync(type, cancellationToken),
            ["type"] = kind,
            ["fieldType"] = field,
        };
        if (isUnique) body["hasUniqueValue"] = true;
        HubSpotReply reply = await api.WriteAsync(operation, HttpMethod.Post, HubSpotPaths.PropertiesOf(type), body, isIdempotent: true, HubSpotOptions.Calls, cancellationToken);
        // Several findings may be about one property: it is there when it is there.
        if (reply.Answer is not null || reply.Error is { Status: 409 }) return;
        if (reply.Error is { } error) throw HubSpotApi.Failure(operation, error);
        throw new ProviderException(reply.Lost!) { Operation = operation, Recovery = Recovery.RetryLater };
    }

    // Groups are the portal's own; the first is where its people look.
    private async Task<string> GroupAsync(string type, CancellationToken cancellationToken)
    {
        HubSpotProperties groups = await api.GetAsync($"hubspot.{type}.groups", HubSpotPaths.PropertiesOf(type, "/groups"), HubSpotJson.Default.HubSpotProperties, cancellationToken);
        return groups.Results is [var first, ..] ? first.Name : $"{type.TrimEnd('s')}information";
    }

    private static (string Type, string FieldType) TypeOf(string name) => name switch
    {
        "data_quality" => ("number", "number"),
        _ when HubSpotMaps.Enrichment.Contains(name) => ("string", "textarea"),
        _ => ("string", "text"),
    };
}
