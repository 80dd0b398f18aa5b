using System.Text.Json.Nodes;
using Syncline.Sandbox;
using Syncline.Sandbox.HubSpot;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at one CRM and people at the other, whose records are partly the same.</summary>
internal sealed class HubSpotLife : ILife
{
    private static readonly int[] Statuses = [423, 429, 477, 502, 502, 504];

    private readonly World _world;
    private readonly History _history;
    private readonly Random _random;
    private readonly AttioMembers _members;
    private readonly HubSpotUsers _users;
    private HashSet<string> _known = [];
    private int _deaths;

    public HubSpotLife(World world, History history)
    {
        (_world, _history, _random) = (world, history, new(world.Scenario.Seed * 19));
        _members = new(world.Attio, history, _random) { Merges = false, Removes = false, IsForCrm = true };
        _users = new(world.HubSpot, history, _random);
    }

    /// <summary>A few contacts were in HubSpot before us, some of them somebody's whom Attio knows.</summary>
    public void Begin()
    {
        string[] emails = [.. _world.Attio.Records("people").SelectMany(p => p.Texts("email_addresses").Take(1))];
        foreach (string email in emails.Where(_ => _random.Next(4) == 0)) _users.AddContact(email);
        for (int i = _random.Next(3); i > 0; i--) _users.AddContact(null);
    }

    public void Between()
    {
        _deaths = _history.Deaths.Count;
        if (!_history.IsInDoubt) _known = [.. _world.HubSpot.Records("contacts").Select(c => c.Id)];
        for (int i = _random.Next(5); i > 0; i--) _members.Act();
        for (int i = _history.IsInDoubt ? 0 : _random.Next(5); i > 0; i--) _users.Act();
    }

    /// <summary>Something that somebody does, on either side.</summary>
    public void ActOnce()
    {
        if (_random.Next(2) == 0) _members.Act();
        else _users.Act();
    }

    public void During(string provider, SandboxRequest request)
    {
        if (provider == "attio" && request.Path.EndsWith("/people/records/query", StringComparison.Ordinal) && _random.Next(6) == 0) _members.Shift();
        if (provider != "hubspot") return;
        if (request.Path.Contains("/contacts/batch/", StringComparison.Ordinal) && _random.Next(8) == 0) BeQuicker(request);
        if (_random.Next(12) == 0 && Somebody() is { } contact) _users.Change(contact);
        if (_random.NextDouble() < _world.Scenario.FaultShare / 3) Trouble();
    }

    /// <summary>Somebody makes the contact by hand that is just about to be made: one row of the batch is refused, the others are not.</summary>
    private void BeQuicker(SandboxRequest request)
    {
        if (!request.Path.EndsWith("/create", StringComparison.Ordinal) && !request.Path.EndsWith("/upsert", StringComparison.Ordinal)) return;
        string? email = JsonNode.Parse(request.Body)!["inputs"]!.AsArray().Select(row => (string?)row!["properties"]!["email"]).FirstOrDefault(e => e is not null);
        if (email is not null && _world.HubSpot.ContactsByEmail(email).Count == 0) _users.AddContact(email);
    }

    /// <summary>One refusal or lost answer at a time, of HubSpot's own kinds.</summary>
    private void Trouble()
    {
        HubSpotTrouble trouble = _world.HubSpot.Trouble;
        if (trouble.Left > 0) return;
        int status = Statuses[_random.Next(Statuses.Length)];
        if (status == 429) _history.Portal.WasThrottled = true;
        trouble.MovingSeconds = 20;
        trouble.FailNext(status, takesEffect: status == 502 && _random.Next(2) == 0);
    }

    /// <summary>One of those that the engine knows: a change to what a lost answer has just made, or to what a dead process was changing, would be taken for the answer.</summary>
    private HubSpotRecordView? Somebody()
    {
        if (_history.Deaths.Count > _deaths) return null;
        HubSpotRecordView[] contacts = [.. _world.HubSpot.Records("contacts").Where(c => _known.Contains(c.Id) || _history.Portal.Made.Contains(c.Id))];
        return contacts.Length == 0 ? null : contacts[_random.Next(contacts.Length)];
    }
}
