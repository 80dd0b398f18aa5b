using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>E-mail addresses and telephone numbers of people who lack them, asked for by their LinkedIn profile, else by what address is known.</summary>
internal sealed partial class ExploriumPeople(ExploriumApi api, ExploriumOptions options) : IEnricher
{
    private const string LinkedInKey = "linkedin:";

    private bool WantsEmail => options.Contacts is ExploriumContactData.Email or ExploriumContactData.Both;

    private bool WantsPhone => options.Contacts is ExploriumContactData.Phone or ExploriumContactData.Both;

    public string Connection => options.Connection;

    public RecordKind Kind => RecordKind.Person;

    public IReadOnlyList<string> Fields => [.. WantsEmail ? ["email"] : (string[])[], .. WantsPhone ? ["phone"] : (string[])[]];

    public int Batch => ExploriumOptions.MostEntities;

    public string Unit => "credits";

    public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => questions.Count * (options.CreditsMatch + options.CreditsContacts);

    public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company)
    {
        bool lacks = (WantsEmail && record.Fields["email"] is null) || (WantsPhone && record.Fields["phone"] is null);
        if (!lacks) return null;
        // A member's URN is no address that Explorium knows.
        if (LinkedInUrl.Slug(record.Fields["linkedin"]?.Text) is { } slug && !LinkedInUrl.IsUrn(slug)) return new(LinkedInKey + slug, FieldSet.Of(("linkedin", FieldValue.Of(slug))));
        string? email = (record.Fields["email"]?.Items ?? []).Select(e => EmailAddress.Normalise(e.Text)).FirstOrDefault(e => e is not null);
        return email is null ? null : new(email, FieldSet.Of(("email", FieldValue.Of(email))));
    }

    public async Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        ExploriumRound round = new(api, "prospects", "prospect_id", ProspectId, questions);
        await round.MatchAsync(Ask, IsEcho, options.CreditsMatch, cancellationToken);
        JsonArray types = [.. Fields.Select(f => (JsonNode)f)];
        await round.LearnAsync("contacts_information", new() { ["contact_types"] = types }, Read, options.CreditsContacts, cancellationToken);
        return round.Close();
    }

    private static JsonObject Ask(EnrichmentQuestion question) =>
        question.Fields["linkedin"] is { } slug ? new() { ["linkedin"] = LinkedInUrl.ToUrl(slug.Text) } : new() { ["email"] = question.Fields["email"]?.Text };

    private static bool IsEcho(EnrichmentQuestion question, JsonElement echo) => question.Fields["linkedin"] is { } slug
        ? LinkedInUrl.Slug(echo.Text("linkedin")) == slug.Text
        : EmailAddress.Normalise(echo.Text("email")) == question.Fields["email"]?.Text;

    private FieldSet Read(JsonElement data) => FieldSet.Of(("email", WantsEmail ? Emails(data) : null), ("phone", WantsPhone ? Phones(data) : null));

    // The misspelling is Explorium's. An address that it knows to be dead is none, and private ones are nobody's business here.
    private static FieldValue? Emails(JsonElement data)
    {
        string? dead = data.Text("professional_email_status") == "invalid" ? EmailAddress.Normalise(data.Text("professions_email")) : null;
        IEnumerable<string?> addresses = data.Items("emails").Where(e => e.Text("type") != "personal").Select(e => e.Text("address")).Prepend(data.Text("professions_email"));
        return FieldValue.List(addresses.Select(EmailAddress.Normalise).Where(a => a is not null && a != dead).Select(a => FieldValue.Of(a!)));
    }

    private static FieldValue? Phones(JsonElement data) => FieldValue.List(data.Items("phone_numbers").Select(p => p.Text("phone_number")).Prepend(data.Text("mobile_phone"))
        .Select(p => PhoneNumber.Normalise(p ?? "")).OfType<string>().Select(FieldValue.Of));

    [GeneratedRegex("^[a-f0-9]{40}$")]
    private static partial Regex ProspectId { get; }
}
