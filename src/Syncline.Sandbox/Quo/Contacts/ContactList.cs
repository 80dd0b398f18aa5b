namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Finds the contacts of a list call, as late as lists know of them.</summary>
internal sealed class ContactList(QuoWorkspace workspace)
{
    public bool IsFalling => workspace.Behaviour.ListOrder == ListOrder.NewestFirst;

    /// <param name="externalIds">Null when not filtered by them; an empty list finds nobody.</param>
    public IEnumerable<Contact> Find(IReadOnlyList<string>? externalIds, IReadOnlyList<string>? sources)
    {
        IEnumerable<Contact> found = externalIds is null ? workspace.Contacts.All : ByExternalId(externalIds);
        if (externalIds is null && workspace.Behaviour.ReadLagCovers == ReadLagCovers.EveryList) found = found.Where(c => IsKnown(c.CreatedAt));
        if (sources is not null) found = found.Where(c => c.Source is not null && sources.Contains(c.Source));
        return IsFalling ? found.OrderByDescending(c => c.Number) : found.OrderBy(c => c.Number);
    }

    private IEnumerable<Contact> ByExternalId(IReadOnlyList<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).SelectMany(workspace.Contacts.WithExternalId).Where(c => IsKnown(c.ExternalIdSince));

    private bool IsKnown(DateTimeOffset since) => workspace.Clock.GetUtcNow() - since >= workspace.Behaviour.ReadLag;
}
