using Syncline.Sandbox.Quo;

namespace Syncline.Simulation.Judging;

/// <summary>What is promised for the contact of somebody whose record was deleted in Attio.</summary>
internal static class Departed
{
    /// <summary>True once a record that two agreeing censuses miss is removed at the destinations, too; until then the contact stays.</summary>
    private const bool IsGoneAfterTwoCensuses = false;

    /// <summary>Whether the engine may ask for a contact's deletion at all.</summary>
    public static bool MayBeRemoved(string? externalId, ContactHistory history) => IsGoneAfterTwoCensuses && externalId is not null && history.DeletedPeople.Contains(externalId);

    /// <param name="contacts">The contacts under the id of a record that was deleted.</param>
    /// <param name="hasReadAll">Whether everything was read twice since.</param>
    public static void Decide(string person, IEnumerable<QuoContactView> contacts, bool hasReadAll)
    {
        if (IsGoneAfterTwoCensuses && hasReadAll && contacts.Any()) throw new BrokenPromiseException("P2", $"The person {person} was deleted in Attio and is a contact still.");
    }
}
