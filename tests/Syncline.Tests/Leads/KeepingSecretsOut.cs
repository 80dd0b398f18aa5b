using Syncline.Leads;

namespace Syncline.Tests.Leads;

public sealed class KeepingSecretsOut
{
    // Put together here, so that nobody takes them for real ones.
    private static readonly string Run = string.Concat(Enumerable.Repeat("a1B2", 6));

    public static TheoryData<string> Secrets =>
    [
        "sk-" + Run, "sk_live_" + Run, "pk-test-" + Run, "ghp_" + Run, "github_pat_" + Run, "glpat-" + Run, "xoxb-123-" + Run, "AKIA" + Run.ToUpperInvariant(), "AIza" + Run, "pat-na1-" + Run,
        "SG." + Run + "." + Run, "eyJ" + Run + ".eyJ" + Run + "." + Run, string.Concat(Enumerable.Repeat("0f", 20)),
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_key_is_known_by_its_look(string secret)
    {
        Lead lead = new() { FirstName = "Ada", Title = secret, Email = "ada@example.com", IcpReasons = [$"({secret})"], Signal = new($"Use {secret}.", $"https://example.com/?q={secret}", null, secret), Drafts = [new(secret, secret, secret, $"line\n{secret}\nline")], Touchpoints = [new(secret, secret, null)] };
        string body = EvidenceNote.BodyOf(lead);
        Assert.DoesNotContain(secret, body.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("> line\n> (removed)\n> line", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATTIO_API_KEY=hunter22")]
    [InlineData("api key: hunter22")]
    [InlineData("\"password\": \"hunter22\"")]
    [InlineData("https://example.com/?access_token=hunter22&page=2")]
    [InlineData("https://ada:hunter22@example.com/")]
    [InlineData("https://hunter22@example.com/")]
    [InlineData("postgres://ada:hunter22@db.example.com/x")]
    [InlineData("Authorization: Bearer hunter22hunter22")]
    [InlineData("authorization: basic hunter22hunter22==")]
    [InlineData("curl -H 'bearer hunter22hunter22'")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nhunter22\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nhunter22")]
    public void A_value_is_known_by_what_it_is_called(string text) => Assert.DoesNotContain("hunter22", SecretText.Remove(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("They need basic understanding of the token economy, and a bearer of good news.")]
    [InlineData("Our password reset is slow; ask Ada (ada@example.com) or call +1 202 555 0100.")]
    [InlineData("https://www.linkedin.com/posts/ada-example_hiring-activity-7123456789012345678-AbCd")]
    [InlineData("Sketch-up, risk-averse, disk-intensive")]
    public void Prose_stays_as_it_is(string text) => Assert.Equal(text, SecretText.Remove(text));
}
