using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Worlds;
using Syncline.Syncs;

namespace Syncline.Simulation.Judging;

/// <summary>What is promised for the contacts of people whose records were deleted or merged in Attio, by what the sync says of deletions.</summary>
internal sealed class Departures(World world, History history, SyncDefinition sync)
{
    // What DeletePolicy lets go at any time.
    private const int AlwaysAllowed = 5;

    private readonly ContactHistory _told = history.Contacts;
    private readonly QuoContactView[] _contacts = [.. world.Quo.Contacts.Where(c => !history.Contacts.MadeInQuo.Contains(c.Id) && c.ExternalId is not null)];
    private readonly Lazy<IReadOnlyList<LedgerEntry>> _entries = new(() => world.Gate.Ledger.Entries);
    private readonly Lazy<IReadOnlyList<Reading>> _readings = new(() => Reading.Of(world.Gate.Ledger.Entries, history.Starts));

    public void Decide(bool hasReadAll)
    {
        foreach (Removal removal in _told.Removals) Decide(removal);
        foreach (IGrouping<int, Removal> run in _told.Removals.GroupBy(r => history.Starts.Count(s => s <= r.At))) NoMoreThanTheShare([.. run]);
        NobodyMadeAfterTheyLeft();
        if (!hasReadAll) return;
        if (IsDisbelieved()) return;
        foreach (AttioRecordView survivor in world.Attio.Records("people").Where(p => _told.MergedFrom.ContainsKey(p.Id))) Merged(survivor);
        if (sync.Deletes.Propagates) NobodyLeftBehind();
    }

    /// <summary>What the record became in the end: itself, the one that is left of its merges, or nothing.</summary>
    private string? FateOf(string person)
    {
        while (_told.MergedPeople.TryGetValue(person, out Departure? merge)) person = merge.Into!;
        return _told.DeletedPeople.ContainsKey(person) ? null : person;
    }

    private void Decide(Removal removal)
    {
        QuoContactView contact = removal.Contact;
        string what = $"The contact {contact.Id} ({contact.ExternalId}) was removed";
        if (!sync.Deletes.Propagates) throw new BrokenPromiseException("P3", $"{what} by a sync that keeps.");
        if (_told.MadeInQuo.Contains(contact.Id) || contact.ExternalId is not { } person) throw new BrokenPromiseException("P3", $"{what} and was made by others.");
        if ((_told.DeletedPeople.GetValueOrDefault(person) ?? _told.MergedPeople.GetValueOrDefault(person)) is not { } left || left.At >= removal.At) throw new BrokenPromiseException("P3", $"{what} and its person is in Attio.");
        if (!IsProven(person, left, removal.At) && !IsFollowed(left, removal.At)) throw new BrokenPromiseException("P3", $"{what} after {MissedBy(left, removal.At)} complete readings without its person.");
        if (Touch(contact, left) is { } touch) throw new BrokenPromiseException("P3", $"{what} although {touch}.");
    }

    /// <summary>Two complete readings have missed it, or Attio has announced it; and a look by its id came after.</summary>
    private bool IsProven(string person, Departure left, long at) =>
        (MissedBy(left, at) > 1 || _told.Announced.TryGetValue(person, out long told) && told <= at) && WasLookedFor(person, left, at);

    /// <summary>Of a reading that was under way when the record left, nobody can tell from outside whether it was met before: a page that had shifted was asked for anew.</summary>
    private int MissedBy(Departure left, long at) => _readings.Value.Count(r => r.Ended > left.At && r.Ended <= at);

    private bool WasLookedFor(string person, Departure left, long at) => Answers(left.At, at).Any(e => e.Request.Body.Contains(person, StringComparison.Ordinal) && !e.Answer.Contains(person, StringComparison.Ordinal));

    /// <summary>The record that is left of a merge was seen before, or what that one became.</summary>
    private bool IsFollowed(Departure left, long at) =>
        left.Into is { } survivor && (Answers(left.At, at).Any(e => e.Answer.Contains(survivor, StringComparison.Ordinal)) || (_told.MergedPeople.TryGetValue(survivor, out Departure? next) && IsFollowed(next, at)));

    private IEnumerable<LedgerEntry> Answers(long after, long until) => _entries.Value.Where(e => e.Sequence > after && e.Sequence <= until && e is { Provider: "attio", Status: 200 });

    /// <summary>What a Quo user did to the contact and is to be seen on it; null when nothing is.</summary>
    private string? Touch(QuoContactView contact, Departure left)
    {
        string[] held = [.. contact.Phones, .. contact.Emails];
        if (_told.AddedInQuo.FirstOrDefault(a => a.Contact == contact.Id && held.Contains(a.Value)).Value is { } added) return $"{added} was put on it by hand";
        if (_told.EditedInQuo.Keys.FirstOrDefault(e => e.Contact == contact.Id).Field is { } field) return $"{field} of it was edited by hand";
        // What its person did not have any more, nobody had to take from the contact.
        if (_told.RemovedInQuo.FirstOrDefault(r => r.Contact == contact.Id && left.Held.Contains(r.Value)).Value is { } taken) return $"{taken} was taken from it by hand";
        return null;
    }

    private void NoMoreThanTheShare(Removal[] run)
    {
        int removed = run.DistinctBy(r => r.Contact.Id).Count();
        int most = Math.Max(AlwaysAllowed, (int)(run[0].Known * world.Scenario.DeleteShare));
        if (removed > most) throw new BrokenPromiseException("P3", $"One run removed {removed} of {run[0].Known} contacts, and may remove {most}.");
    }

    /// <summary>Whoever is proven gone and was no contact is not made one.</summary>
    private void NobodyMadeAfterTheyLeft()
    {
        // Above that a reading may not have been believed.
        if (_told.DeletedPeople.Count + _told.MergedPeople.Count > AlwaysAllowed) return;
        foreach (LedgerEntry made in _entries.Value.Where(e => e.Provider == "quo" && e.Request.Method == "POST" && e.Request.Path.EndsWith("/contacts", StringComparison.Ordinal)))
        {
            string? person = (string?)JsonNode.Parse(made.Request.Body)?["externalId"];
            if (person is not null && _told.DeletedPeople.TryGetValue(person, out Departure? left) && MissedBy(left, history.Starts.Last(s => s < made.Sequence)) > 2) throw new BrokenPromiseException("P4", $"The person {person} was gone from Attio and was made a contact.");
        }
    }

    /// <summary>One contact for whoever is left of a merge; the other goes, or stays as it was.</summary>
    private void Merged(AttioRecordView survivor)
    {
        QuoContactView[] others = [.. _contacts.Where(c => c.ExternalId != survivor.Id && FateOf(c.ExternalId!) == survivor.Id)];
        bool isThere = _contacts.Any(c => c.ExternalId == survivor.Id);
        bool isRemovedByHand = _told.MergedFrom[survivor.Id].Append(survivor.Id).Any(_told.DeletedInQuo.Contains);
        if (!isThere && !isRemovedByHand && survivor.Texts("phone_numbers").Count > 0) throw new BrokenPromiseException("P2", $"No contact carries the id of {survivor.Id}, which is left of a merge.");
        if (sync.Deletes.Propagates && others.FirstOrDefault(c => !_told.IsTouched(c.Id)) is { } second) throw new BrokenPromiseException("P1", $"The contact {second.Id} ({second.ExternalId}) is still there beside that of {survivor.Id}, which its person was merged to.");
        foreach (QuoContactView other in others) AsItWas(other);
    }

    /// <summary>Once it is proven that its person is gone, nothing is written to a contact that is kept.</summary>
    private void AsItWas(QuoContactView contact)
    {
        Departure left = _told.MergedPeople[contact.ExternalId!];
        long proven = _readings.Value.Where(r => r.Ended > left.At).Skip(2).Select(r => r.Ended).FirstOrDefault(long.MaxValue);
        if (_told.DeletedPeople.Count + _told.MergedPeople.Count > AlwaysAllowed) return;
        if (_entries.Value.FirstOrDefault(e => e.Sequence > history.Starts.FirstOrDefault(s => s > proven, long.MaxValue) && e.Provider == "quo" && Pressure.IsWrite(e) && e.Request.Path.EndsWith(contact.Id, StringComparison.Ordinal)) is { } write)
        {
            throw new BrokenPromiseException("P4", $"{write.Request.Method} went to {contact.Id}, whose person {contact.ExternalId} had become part of another.");
        }
    }

    private void NobodyLeftBehind()
    {
        if (_contacts.FirstOrDefault(c => FateOf(c.ExternalId!) is null && !_told.IsTouched(c.Id)) is { } contact) throw new BrokenPromiseException("P2", $"The person {contact.ExternalId} was deleted in Attio and is the contact {contact.Id} still.");
    }

    /// <summary>So many are missing that no reading is believed: that is listed, and nothing is removed.</summary>
    private bool IsDisbelieved() => _told.DeletedPeople.Count + _told.MergedPeople.Count > AlwaysAllowed && world.DeadLetters(sync.Name).Any((DeadLetter l) => l.Code == "implausible-reading");
}
