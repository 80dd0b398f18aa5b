namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>Companies by domain, id and name: those of the catalogue, and one for any domain that is asked for.</summary>
internal sealed class CompanyBook(ExploriumBehaviour behaviour)
{
    // Their domains match the provider of the mailboxes, not the company of whoever has one.
    private static readonly string[] FreeMail = ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.net", "web.de", "proton.me"];
    private static readonly string[] Forms = ["inc", "llc", "ltd", "gmbh", "ag", "corp", "company", "co", "works"];

    private readonly Dictionary<string, ExploriumCompany?> _byDomain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExploriumCompany> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExploriumCompany> _byName = new(StringComparer.Ordinal);

    public IEnumerable<ExploriumCompany> Met => _byId.Values;

    public void Know(ExploriumCompany company)
    {
        _byDomain[company.Domain] = company;
        _byId[company.Id] = company;
        _byName[Plain(company.Name)] = company;
    }

    /// <summary>From now on nobody has the domain.</summary>
    public void Forget(string domain)
    {
        if (_byDomain.GetValueOrDefault(domain) is { } company) _byId.Remove(company.Id);
        _byDomain[domain] = null;
    }

    /// <summary>Null for an id that no match has given.</summary>
    public ExploriumCompany? ById(string id) => _byId.GetValueOrDefault(id);

    public ExploriumCompany? ByDomain(string sent)
    {
        string domain = sent.Trim().ToLowerInvariant();
        if (domain.StartsWith("www.", StringComparison.Ordinal)) domain = domain[4..];
        if (!domain.Contains('.', StringComparison.Ordinal) || domain.Contains(' ', StringComparison.Ordinal)) return null;
        if (_byDomain.TryGetValue(domain, out ExploriumCompany? known)) return known;
        ExploriumCompany? invented = Invent(domain);
        if (invented is not null) Know(invented);
        return invented;
    }

    /// <summary>By a name alone: the company known by it, else one whose domain follows from the name.</summary>
    public ExploriumCompany? ByName(string name)
    {
        string plain = Plain(name);
        return plain.Length == 0 ? null : _byName.GetValueOrDefault(plain) ?? ByDomain(plain + ".example.com");
    }

    /// <summary>Whether the name is the company's, legal forms, case and signs aside.</summary>
    public static bool Fits(ExploriumCompany company, string name)
    {
        string own = Plain(company.Name), sent = Plain(name);
        return sent.Length > 0 && (own.Contains(sent, StringComparison.Ordinal) || sent.Contains(own, StringComparison.Ordinal));
    }

    private ExploriumCompany? Invent(string domain)
    {
        if (FreeMail.Contains(domain)) return new(domain, Titled(domain)) { IsPublic = true };
        if (Digest.Hits(domain, "missing", behaviour.Misses)) return null;
        return new(domain, Titled(domain))
        {
            IsPublic = Digest.Hits(domain, "public", 0.1),
            IsPartial = Digest.Hits(domain, "partial", 0.1),
            HasTechnographics = !Digest.Hits(domain, "no-technology", 0.1),
            HasFunding = Digest.Hits(domain, "funding", 0.6),
        };
    }

    // blue-sky.example.com is Blue Sky.
    private static string Titled(string domain) =>
        string.Join(' ', domain.Split('.')[0].Split('-', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string Plain(string name)
    {
        string[] words = new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] own = [.. words.Where(w => !Forms.Contains(w))];
        return string.Concat(own.Length > 0 ? own : words);
    }
}
