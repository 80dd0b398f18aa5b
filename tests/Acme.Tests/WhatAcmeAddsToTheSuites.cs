using System.Text.RegularExpressions;
using Syncline.Conformance.Sources;
using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;

namespace Acme.Tests;

/// <summary>Facts about Acme alone, which no suite can know.</summary>
public sealed class WhatAcmeAddsToTheSuites
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // snippet: own-fact
    [Fact]
    public async Task An_archived_contact_arrives_as_a_tombstone()
    {
        AcmeAccount acme = new();
        string id = acme.Simulator.Add("Ada Example");
        CommittedPages committed = new();
        await committed.RunAsync(acme.Open().Sources.Single(), Token);
        acme.Clock.Pass(TimeSpan.FromMinutes(1));
        acme.Simulator.Archive(id);
        await committed.RunAsync(acme.Open().Sources.Single(), Token);
        Assert.True(committed.Records.Values.Single().IsDeleted);
    }
    // end-snippet

    [Fact]
    public async Task An_address_that_another_contact_has_is_refused_with_that_contact()
    {
        IDestination acme = new AcmeAccount().Open().Destination!;
        WriteOutcome.Written first = Assert.IsType<WriteOutcome.Written>(await CreateAsync(acme, "hub-1"));
        WriteOutcome.Refused second = Assert.IsType<WriteOutcome.Refused>(await CreateAsync(acme, "hub-2"));
        Assert.Equal(first.Record.Key.Id, second.ConflictingId);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:01")]
    public async Task A_contact_is_made_once_and_found_after_the_settle_time_however_late_searches_are(string lag)
    {
        AcmeAccount acme = new();
        acme.Simulator.Knobs.Single(k => k.Name == "search-lag").Set(lag);
        IDestination destination = acme.Open().Destination!;
        await CreateAsync(destination, "hub-1");
        await CreateAsync(destination, "hub-1");
        acme.Clock.Pass(destination.Streams[0].SettleTime);
        Assert.Single(await destination.FindAsync(destination.Streams[0], [new(1, FieldSet.Of(("external_id", FieldValue.Of("hub-1"))))], Token));
        Assert.Equal(1, acme.Simulator.Count);
    }

    [Fact]
    public async Task A_cleared_title_and_a_removed_tag_are_gone()
    {
        IDestination acme = new AcmeAccount().Open().Destination!;
        WriteOutcome.Written made = Assert.IsType<WriteOutcome.Written>(await CreateAsync(acme, "hub-1"));
        Operation update = Of(acme, Verb.Update, FieldSet.Of(("emails", List("ada@example.org")))) with { RemoteId = made.Record.Key.Id, Cleared = ["title"], RemovesListValues = true };
        WriteOutcome.Written updated = Assert.IsType<WriteOutcome.Written>((await acme.WriteAsync(acme.Streams[0], [update], Token))[0]);
        Assert.Equal(List("ada@example.org"), updated.Record.Fields["emails"]);
        Assert.Null(updated.Record.Fields["title"]);
    }

    [Fact]
    public async Task The_doctor_names_the_key_and_every_field_that_is_missing()
    {
        AcmeAccount acme = new();
        acme.Simulator.Happenings.Single(h => h.Name == "remove-field").Happen("title");
        Connection connection = acme.Open();
        IReadOnlyList<Finding> findings = await connection.Doctor.ExamineAsync(connection.Maps, Token);
        Assert.Equal(["contacts.title"], findings.Where(f => f.Severity == Severity.Warning).Select(f => f.Subject));
        Assert.Equal(Severity.Error, (await acme.Open(key: "another").Doctor.TestAsync(Token)).Severity);
    }

    [Theory]
    [InlineData("not a cursor")]
    [InlineData("yesterday|c0001")]
    public async Task A_cursor_that_cannot_be_read_is_none(string text)
    {
        AcmeAccount acme = new();
        acme.Simulator.Add("Ada Example");
        CommittedPages committed = new();
        await committed.RunAsync(acme.Open().Sources.Single(), Token, new ReadRequest(new(text)) { Known = committed });
        Assert.Single(committed.Records);
    }

    [Fact]
    public async Task The_published_pace_is_kept()
    {
        AcmeAccount acme = new();
        for (int i = 0; i < 30; i++) acme.Simulator.Add("Ada Example");
        Connection connection = acme.Open(pageSize: "1");
        await new CommittedPages().RunAsync(connection.Sources.Single(), Token);
        Assert.Equal((30L, 0L), ((long)connection.Permits.Calls.Reads, (long)connection.Permits.Calls.Throttled));
    }

    /// <summary>The promise of this sample: two files, a few hundred lines.</summary>
    [Fact]
    public void The_connector_is_small()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "Acme"), "*.cs")];
        Assert.Equal(["AcmeContacts.cs", "AcmeProvider.cs"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        int lines = files.SelectMany(File.ReadLines).Count(l => !Regex.IsMatch(l, @"^\s*(//.*)?$"));
        Assert.InRange(lines, 1, 350);
    }

    private static async Task<WriteOutcome> CreateAsync(IDestination acme, string id) => (await acme.WriteAsync(
        acme.Streams[0],
        [Of(acme, Verb.Create, FieldSet.Of(("external_id", FieldValue.Of(id)), ("title", FieldValue.Of("Engineer")), ("emails", List("ada@example.com"))))],
        Token))[0];

    private static Operation Of(IDestination acme, Verb verb, FieldSet fields) => new("op", new("acme", "contacts"), acme.Streams[0].Kind, 1, verb, fields) { Desired = fields };

    private static FieldValue List(string text) => FieldValue.List([FieldValue.Of(text)])!;
}

/// <summary>Where the sources are, seen from a test that runs.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Syncline.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Syncline.slnx is in no folder above."));
}
