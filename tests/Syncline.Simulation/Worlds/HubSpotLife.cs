using Syncline.Sandbox;
using Syncline.Sandbox.HubSpot;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at one CRM and people at the other, whose records are partly the same.</summary>
internal sealed class HubSpotLife : ILife
{
    private readonly World _world;
    private readonly History _history;
    private readonly Random _random;
    private readonly AttioMembers _members;
    private readonly HubSpotUsers _users;

    public HubSpotLife(World world, History history)
    {
        (_world, _history, _random) = (world, history, new(world.Scenario.Seed * 19));
        _members = new(world.Attio, history, _random) { Merges = false, Removes = false, HasDomains = true };
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
        for (int i = _random.Next(5); i > 0; i--) _members.Act();
        for (int i = _history.IsInDoubt ? 0 : _random.Next(5); i > 0; i--) _users.Act();
    }

    public void During(string provider, SandboxRequest request)
    {
        if (provider == "attio" && request.Path.EndsWith("/people/records/query", StringComparison.Ordinal) && _random.Next(6) == 0) _members.Shift();
        if (provider == "hubspot" && _random.Next(12) == 0 && Somebody() is { } contact) _users.Change(contact);
    }

    private HubSpotRecordView? Somebody()
    {
        HubSpotRecordView[] contacts = [.. _world.HubSpot.Records("contacts")];
        return contacts.Length == 0 ? null : contacts[_random.Next(contacts.Length)];
    }
}
