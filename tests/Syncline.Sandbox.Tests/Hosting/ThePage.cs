using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Tests.Hosting;

public sealed partial class ThePage : IAsyncLifetime
{
    private ServedSandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await ServedSandbox.StartAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task It_shows_holdings_requests_knobs_and_faults()
    {
        await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive", "blue box");
        await _sandbox.SendAsync("POST", "parcels/v2/labels?size=4", "a body");

        string page = await _sandbox.Client.GetStringAsync("");

        Assert.Contains("<caption>Parcels: 1</caption>", page, StringComparison.Ordinal);
        Assert.Contains("<td>blue box</td>", page, StringComparison.Ordinal);
        Assert.Contains("<b>POST</b> /v2/labels?size=4", page, StringComparison.Ordinal);
        Assert.Contains("<pre>a body</pre>", page, StringComparison.Ordinal);
        Assert.Contains("""name="value" value="25" """, page, StringComparison.Ordinal);
        Assert.Contains("""value="reset-after-commit" """, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_arrives_becomes_markup()
    {
        const string attack = "\"'><script>alert(1)</script>&";
        await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive", attack);
        await _sandbox.SendAsync("POST", "parcels/v2?q=%22%3E<img>", attack);
        HttpResponseMessage refused = await _sandbox.PostFormAsync("_sandbox/parcels/knobs/limit", ("_method", "PUT"), ("value", attack));

        foreach (string page in new[] { await _sandbox.Client.GetStringAsync(""), await refused.Content.ReadAsStringAsync() })
        {
            Assert.Equal(1, Regex.Count(page, "<script", RegexOptions.IgnoreCase));
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>unknown</b>", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_turns_a_knob_and_comes_back_to_its_part()
    {
        HttpResponseMessage answer = await _sandbox.PostFormAsync("_sandbox/parcels/knobs/strict", ("_method", "PUT"), ("_return", "parcels"), ("value", "false"));

        Assert.Equal((HttpStatusCode.SeeOther, "/#parcels"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("false", _sandbox.Parcels.Knobs[1].Get());
        Assert.Contains("<option selected>false</option>", await _sandbox.Client.GetStringAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_never_leads_elsewhere()
    {
        HttpResponseMessage answer = await _sandbox.PostFormAsync("_sandbox/ledger", ("_method", "DELETE"), ("_return", "//elsewhere.example.com"));
        Assert.StartsWith("/#", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_says_why_on_the_page()
    {
        HttpResponseMessage answer = await _sandbox.PostFormAsync("_sandbox/parcels/happenings/lose", ("_method", "POST"), ("value", ""));

        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("There is no parcel to lose.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_faults_form_starts_and_stops_faults()
    {
        await _sandbox.PostFormAsync("_sandbox/faults", ("_method", "PUT"), ("seed", "3"), ("share", "0.5"), ("slowFor", "00:00:01"), ("kinds", "slow"), ("kinds", "503-before"));
        RandomFaults plan = Assert.IsType<RandomFaults>(_sandbox.Gate.Faults);
        Assert.Equal((3, 0.5, "slow,503-before"), (plan.Seed, plan.Share, string.Join(',', plan.Kinds.Select(k => k.Name))));

        await _sandbox.PostFormAsync("_sandbox/faults", ("_method", "DELETE"));
        Assert.IsType<NoFaults>(_sandbox.Gate.Faults);
    }

    [Fact]
    public async Task It_is_well_formed_with_every_input_labelled_once_and_every_id_unique()
    {
        await _sandbox.Client.GetAsync("parcels/v2");
        XmlDocument page = new();
        page.LoadXml(AsXml(await _sandbox.Client.GetStringAsync("")));

        string[] ids = [.. page.SelectNodes("//@id")!.Cast<XmlNode>().Select(id => id.Value!)];
        string[] labels = [.. page.SelectNodes("//label/@for")!.Cast<XmlNode>().Select(label => label.Value!)];
        string[] inputs = [.. page.SelectNodes("//input[not(@type)]/@id | //select/@id")!.Cast<XmlNode>().Select(id => id.Value!)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(inputs.Order(), labels.Order());
        Assert.Empty(page.SelectNodes("//table[not(caption)] | //th[not(@scope)]")!.Cast<XmlNode>());
        Assert.All(page.SelectNodes("//a[starts-with(@href, '#')]/@href")!.Cast<XmlNode>(), href => Assert.Contains(href.Value![1..], ids));
    }

    [Fact]
    public async Task Only_its_own_style_and_script_may_run()
    {
        HttpResponseMessage answer = await _sandbox.Client.GetAsync("");
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        string page = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.All(ScriptOrStyle().Matches(page), own => Assert.Contains($"{own.Groups[1].Value}-src {HashOf(own.Groups[2].Value)}", policy, StringComparison.Ordinal));
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    // HTML's void elements and bare attributes are all that keeps the page from being XML.
    private static string AsXml(string html)
    {
        string body = ScriptOrStyle().Replace(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "");
        body = Regex.Replace(body, "<(meta|link|input)([^>]*)>", "<$1$2/>");
        return Regex.Replace(body, " (checked|selected|data-live)(?=[ />])", " $1=\"\"");
    }

    [GeneratedRegex("<(script|style)>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex ScriptOrStyle();
}
