using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Companies;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Prospects;

/// <summary>Somebody who was matched.</summary>
/// <param name="Id">40 lower-case hex digits.</param>
/// <param name="Email">As it was sent, or invented.</param>
internal sealed record Prospect(string Id, string FullName, string Email, string? LinkedIn, ExploriumCompany? Company);

/// <summary>People by what they were asked for with; the same inputs give the same ids.</summary>
internal sealed class ProspectBook(CompanyBook companies, ExploriumBehaviour behaviour)
{
    private readonly Dictionary<string, Prospect> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Prospect> _byKey = new(StringComparer.Ordinal);

    public Prospect? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Null when nobody fits. A name counts only with a company.</summary>
    public Prospect? Match(JsonObject input)
    {
        string[] keys = [.. Keys(input)];
        if (keys.Length == 0) return null;
        Prospect? known = keys.Select(k => _byKey.GetValueOrDefault(k)).FirstOrDefault(p => p is not null);
        if (known is null && Digest.Hits(keys[0], "missing", behaviour.Misses)) return null;
        Prospect person = known ?? Invent(input, keys[0]);
        _byId[person.Id] = person;
        foreach (string key in keys) _byKey.TryAdd(key, person);
        return person;
    }

    private static IEnumerable<string> Keys(JsonObject input)
    {
        if (input["email"].Str() is { } email && email.Contains('@', StringComparison.Ordinal)) yield return "email:" + email.ToLowerInvariant();
        if (BusinessEndpoints.Slug(input["linkedin"].Str(), "/in/") is { } slug) yield return "linkedin:" + slug;
        if (input["phone_number"].Str() is { Length: > 4 } phone) yield return "phone:" + new string([.. phone.Where(char.IsDigit)]);
        string? company = input["company_name"].Str() ?? input["business_id"].Str();
        if (input["full_name"].Str() is { Length: > 0 } name && company is { Length: > 0 }) yield return $"name:{name}|{company}".ToLowerInvariant();
    }

    private Prospect Invent(JsonObject input, string key)
    {
        string? sent = input["email"].Str();
        string local = sent?.Split('@')[0] ?? input["full_name"].Str() ?? key.Split(':')[1];
        string name = input["full_name"].Str() ?? string.Join(' ', local.Split('.', '-', '_', ' ').Where(w => w.Length > 0 && !w.All(char.IsDigit)));
        ExploriumCompany? company = (input["business_id"].Str() is { } id ? companies.ById(id) : null)
            ?? (input["company_name"].Str() is { Length: > 0 } firm ? companies.ByName(firm) : sent is not null ? companies.ByDomain(sent.Split('@')[1]) : null);
        string email = sent ?? $"{name.ToLowerInvariant().Replace(' ', '.')}@{company?.Domain ?? "example.com"}";
        string? slug = BusinessEndpoints.Slug(input["linkedin"].Str(), "/in/");
        return new(Digest.Hex("prospect:" + key, 40), name.ToLowerInvariant(), email, "https://www.linkedin.com/in/" + (slug ?? name.ToLowerInvariant().Replace(' ', '-')), company);
    }
}
