using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at their CRM on the one side, people on the telephone on the other.</summary>
internal sealed class ContactsLife : ILife
{
    private readonly World _world;
    private readonly History _history;
    private readonly Random _random;
    private readonly AttioMembers _members;
    private readonly QuoUsers _users;
    private readonly bool _areDeletionsCarriedOn;

    public ContactsLife(World world, History history)
    {
        (_world, _history, _random) = (world, history, new(world.Scenario.Seed * 11));
        _areDeletionsCarriedOn = world.Scenario.Flow.Syncs.Any(s => s.Deletes.Propagates);
        bool isOneWay = world.Scenario.Flow != Flow.TwoWay;
        _members = new(world.Attio, history, _random) { Merges = isOneWay, Removes = isOneWay };
        _users = new(world.Quo, history, _random) { Deletes = isOneWay, Removes = isOneWay };
    }

    /// <summary>A few contacts were in Quo before us, some under a number that somebody in Attio has as well.</summary>
    public void Begin()
    {
        string[] phones = [.. _world.Attio.Records("people").SelectMany(p => p.Texts("phone_numbers"))];
        for (int i = _random.Next(3); i > 0; i--) _users.AddContact(phones.Length > 0 && _random.Next(2) == 0 ? phones[_random.Next(phones.Length)] : null);
    }

    public void Between()
    {
        if (_world.Scenario.OneOfEachDeparture)
        {
            if (_history.Contacts.MergedPeople.Count == 0) _members.LeaveTwice();
            return;
        }
        for (int i = _random.Next(5); i > 0; i--) _members.Act();
        if (_areDeletionsCarriedOn) _members.Leave();
        // What a lost answer has made nobody has told us yet: a change to it would be taken for the answer.
        for (int i = _history.IsInDoubt ? 0 : _random.Next(4); i > 0; i--) _users.Act();
        if (_random.Next(5) == 0) Throttle();
    }

    public void During(string provider, SandboxRequest request)
    {
        if (_world.Scenario.OneOfEachDeparture) return;
        if (provider == "attio" && request.Path.EndsWith("/people/records/query", StringComparison.Ordinal) && _random.Next(6) == 0) _members.Shift();
        if (provider == "quo" && request.Method == "GET" && _random.Next(4) == 0 && Asked(request) is { } contact) _users.Change(contact);
    }

    /// <summary>The contact that is about to be read: what is changed on it now, this very reading shows.</summary>
    private QuoContactView? Asked(SandboxRequest request)
    {
        string id = request.Path.Split('/')[^1];
        return _world.Quo.Contacts.FirstOrDefault(c => c.Id == id);
    }

    private void Throttle()
    {
        _history.Contacts.WasThrottled = true;
        _world.Quo.Behaviour.ThrottleNext = _random.Next(1, 4);
    }
}
