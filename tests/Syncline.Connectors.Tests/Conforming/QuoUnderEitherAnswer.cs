using Syncline.Conformance.Sources;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Sandbox.Quo;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What Quo's documents leave open may be either way: what is written and read back is the same.</summary>
public sealed class QuoUnderEitherAnswer
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read-lag=00:00:02")]
    [InlineData("read-lag-covers=EveryList")]
    [InlineData("duplicates=Conflict409")]
    [InlineData("duplicates=Conflict409OnPhone")]
    [InlineData("v1-errors=Wrapped")]
    [InlineData("total-items=Zero")]
    [InlineData("patch-arrays=ReplaceSent")]
    [InlineData("patch-arrays=Merge")]
    [InlineData("contact-phones=Normalised")]
    [InlineData("contact-phones=E164Only")]
    [InlineData("emails-lower-case=true")]
    [InlineData("owned-contacts=Conflict")]
    [InlineData("owned-contacts=Ignored")]
    [InlineData("reserved-sources=Everywhere")]
    [InlineData("unknown-item-ids=Ignore")]
    [InlineData("unknown-members=Ignore")]
    [InlineData("dated-patch-clears=true")]
    [InlineData("properties-bind=true")]
    [InlineData("only-documented-400=true")]
    public async Task The_same_is_written_and_read_back(string knob) => Assert.Equal(await RunAsync(null), await RunAsync(knob));

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_of_a_few_seconds_is_told_to_wait(int status)
    {
        SandboxConnection<QuoSimulator> sandbox = QuoSandbox.New();
        (sandbox.Simulator.Behaviour.KeyActivation, sandbox.Simulator.Behaviour.InactiveKeyStatus) = (TimeSpan.FromSeconds(30), status);
        sandbox.Simulator.AddKey("fresh");
        IDoctor doctor = sandbox.Open(("api_key", "fresh")).Doctor;
        Assert.Contains("30 seconds", (await doctor.TestAsync(Token)).Remedy, StringComparison.Ordinal);
        sandbox.Clock.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(Severity.Good, (await doctor.TestAsync(Token)).Severity);
    }

    [Fact]
    public async Task Hundreds_of_people_are_written_without_one_refusal_for_rate()
    {
        SandboxConnection<QuoSimulator> sandbox = QuoSandbox.New();
        Connection quo = sandbox.Open();
        DestinationStream stream = quo.Destination!.Streams.Single();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => quo.Destination.WriteAsync(stream, [Create($"p-{i}", ("firstName", Text("Ada")), ("phoneNumbers", List("+12125550100")))], Token)));
        Assert.Equal((300, 0L), (sandbox.Simulator.ContactCount, quo.Permits.Calls.Throttled));
    }

    /// <summary>A contact is made, changed, taken from and added to, in the app as well; another one is read-only. What became of each step, and what stands there in the end.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(string? knob)
    {
        SandboxConnection<QuoSimulator> sandbox = QuoSandbox.New();
        if (knob?.Split('=') is [var name, var value]) sandbox.Turn(name, value);
        sandbox.Simulator.App.DefineCustomField("colour");
        Connection quo = sandbox.Open(("page_size", "2"));
        await quo.Destination!.PrepareAsync(quo.Maps, Token);
        List<string> lines = [];
        string hubspot = sandbox.Simulator.App.AddOwnedContact("hubspot", "Bob", phone: "+12125550199");
        string byHand = sandbox.Simulator.App.AddContact("Eve", phone: "+12125550198", source: "openphone");

        string ada = await WriteAsync(Create("p-1", ("firstName", Text("Ada")), ("company", Text("Acme")), ("emails", List("ada@example.com")), ("phoneNumbers", List("+12125550100")), ("custom.colour", Text("red"))));
        sandbox.Simulator.App.AddPhone(ada, "+12125550111");
        await WriteAsync(Update(ada, ("role", Text("CTO"))));
        await WriteAsync(Update(ada, ("emails", List("ada@example.org"))));
        await WriteAsync(Update(ada, ("phoneNumbers", List("+12125550101"))) with { RemovesListValues = true, Before = FieldSet.Of(("phoneNumbers", List("+12125550100"))) });
        await WriteAsync(Update(ada, ("custom.colour", Text("blue")), ("lastName", Text("Example"))) with { Before = FieldSet.Of(("custom.colour", Text("red"))) });
        await WriteAsync(Update(ada) with { Cleared = ["company"], Before = FieldSet.Of(("company", Text("Acme"))) });
        await WriteAsync(Update(byHand, ("role", Text("Director")), ("externalId", Text("p-2"))));
        WriteOutcome refused = await OutcomeAsync(Update(hubspot, ("role", Text("CTO"))));
        lines.Add($"read-only: {Assert.IsType<WriteOutcome.Refused>(refused).Code}");
        sandbox.Clock.Pass(Settled);
        foreach (string id in (string[])["p-1", "p-2", "p-3"])
        {
            lines.Add($"{id}: {(await quo.Destination.FindAsync(quo.Destination.Streams[0], [new(1, FieldSet.Of(("externalId", Text(id))))], Token)).Count} found");
        }
        CommittedPages read = new();
        await read.RunAsync(quo.Sources.Single(), Token);
        lines.AddRange(read.Records.Values.Select(r => r.Fields.ToString()).Order(StringComparer.Ordinal));
        return lines;

        async Task<string> WriteAsync(Operation operation)
        {
            RemoteRecord written = Assert.IsType<WriteOutcome.Written>(await OutcomeAsync(operation)).Record;
            lines.Add($"{operation.Verb}: {written.Fields}");
            return written.Key.Id;
        }

        async Task<WriteOutcome> OutcomeAsync(Operation operation) => (await quo.Destination.WriteAsync(quo.Destination.Streams[0], [operation], Token))[0];
    }

    private static TimeSpan Settled => TimeSpan.FromSeconds(3);

    private static Operation Create(string externalId, params (string, FieldValue?)[] fields) => Of(Verb.Create, null, [.. fields, ("externalId", Text(externalId))]);

    private static Operation Update(string id, params (string, FieldValue?)[] fields) => Of(Verb.Update, id, fields);

    private static Operation Of(Verb verb, string? id, (string, FieldValue?)[] fields) =>
        new("op", new("quo", "contacts"), RecordKind.Person, 1, verb, FieldSet.Of(fields)) { RemoteId = id, Desired = FieldSet.Of(fields) };
}
