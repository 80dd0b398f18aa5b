using System.Text.Json.Serialization.Metadata;

namespace Syncline.Connectors.Attio;

/// <summary>The attributes of one object or list, as they stand now.</summary>
/// <param name="Target">Where they are: <c>objects/people</c>, <c>lists/&lt;id&gt;</c>.</param>
internal sealed class AttioAttributes(string target, IEnumerable<AttioAttribute> all)
{
    private readonly Dictionary<string, AttioAttribute> _bySlug = all.Where(a => !a.IsArchived).ToDictionary(a => a.ApiSlug, StringComparer.Ordinal);

    public string Target => target;

    public IEnumerable<AttioAttribute> All => _bySlug.Values;

    public AttioAttribute? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The attribute that holds a remote field: the field's name up to its dot.</summary>
    public AttioAttribute? Of(string remote) => Find(SlugOf(remote));

    public static string SlugOf(string remote) => remote.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? remote[..dot] : remote;

    /// <summary>The same with one attribute's titles known.</summary>
    public AttioAttributes WithTitles(string slug, IReadOnlyList<string> titles) =>
        new(target, _bySlug.Values.Select(a => a.ApiSlug == slug ? a with { Titles = titles } : a));

    /// <summary>Names an attribute by its slug where the provider's sentence gives its id.</summary>
    public string Name(string sentence) =>
        _bySlug.Values.Aggregate(sentence, (s, a) => a.Id?.AttributeId is { Length: > 0 } id ? s.Replace(id, a.ApiSlug, StringComparison.OrdinalIgnoreCase) : s);
}

/// <summary>Reads how the workspace is set up. Nothing is kept: every call asks anew.</summary>
internal sealed class AttioSchema(AttioApi api)
{
    public async Task<IReadOnlyList<AttioObject>> ObjectsAsync(CancellationToken cancellationToken) =>
        await ListAsync("attio.objects.list", "v2/objects", AttioJson.Default.Objects, cancellationToken);

    public async Task<IReadOnlyList<AttioList>> ListsAsync(CancellationToken cancellationToken) =>
        await ListAsync("attio.lists.list", "v2/lists", AttioJson.Default.Lists, cancellationToken);

    /// <param name="target"><c>objects/people</c>, <c>lists/&lt;id&gt;</c>.</param>
    public async Task<AttioAttributes> AttributesAsync(string target, CancellationToken cancellationToken) =>
        new(target, await ListAsync("attio.attributes.list", $"v2/{target}/attributes", AttioJson.Default.Attributes, cancellationToken));

    /// <summary>The titles a select or status attribute takes now; archived ones are left out.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(string target, AttioAttribute attribute, CancellationToken cancellationToken)
    {
        string what = attribute.Type == "status" ? "statuses" : "options";
        IReadOnlyList<AttioOption> options = await ListAsync(
            $"attio.{what}.list", $"v2/{target}/attributes/{Uri.EscapeDataString(attribute.ApiSlug)}/{what}", AttioJson.Default.OptionTitles, cancellationToken);
        return [.. options.Where(o => !o.IsArchived).Select(o => o.Title)];
    }

    public static string ObjectTarget(string slug) => $"objects/{Uri.EscapeDataString(slug)}";

    public static string ListTarget(string slug) => $"lists/{Uri.EscapeDataString(slug)}";

    private async Task<List<T>> ListAsync<T>(string operation, string path, JsonTypeInfo<AttioData<List<T>>> type, CancellationToken cancellationToken) =>
        (await api.GetAsync(operation, path, type, cancellationToken)).Data;
}
