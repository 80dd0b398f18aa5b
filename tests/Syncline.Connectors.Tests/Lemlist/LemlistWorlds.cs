using System.Globalization;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

/// <summary>The feed as it grows: every record is an activity of a contact of its own.</summary>
internal sealed class FeedWorld : SourceWorld
{
    private readonly FakeLemlist _lemlist = new();

    public FeedWorld(bool isOldestFirst) => _lemlist.IsOldestFirst = isOldestFirst;

    public override ISource Open(int pageSize)
    {
        _lemlist.Settings["page_size"] = pageSize.ToString(CultureInfo.InvariantCulture);
        return _lemlist.Feed;
    }

    public override ISource? OpenWithBadCredential(int pageSize)
    {
        _lemlist.Settings["api_key"] = "another";
        return Open(pageSize);
    }

    // Every second one at the very same time as the one before.
    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        if (_lemlist.Activities.Count % 2 == 0) Pass(TimeSpan.FromMilliseconds(200));
        string contact = _lemlist.AddContact($"ada{_lemlist.Contacts.Count}@example.com");
        return Task.FromResult(new RecordKey("lemlist", "activities", (string)_lemlist.AddActivity("emailsSent", contact)["_id"]!));
    }

    /// <summary>What an incremental reading can see of a change is another activity of that person; a row that is filled in later shows as well.</summary>
    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        _lemlist.Activities.Single(a => (string?)a["_id"] == added.Id)["campaignName"] = $"Campaign at {_lemlist.Clock.GetUtcNow():O}";
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _lemlist.Clock.Pass(time);
}

/// <summary>The list of contacts, read whenever the engine asks.</summary>
internal sealed class ContactsWorld : SourceWorld
{
    private readonly FakeLemlist _lemlist = new();

    public ContactsWorld() => _lemlist.Settings["contacts_every"] = "0m";

    public override ISource Open(int pageSize)
    {
        _lemlist.Settings["page_size"] = pageSize.ToString(CultureInfo.InvariantCulture);
        return _lemlist.Source("people");
    }

    public override ISource? OpenWithBadCredential(int pageSize)
    {
        _lemlist.Settings["api_key"] = "another";
        return Open(pageSize);
    }

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RecordKey("lemlist", "people", _lemlist.AddContact($"ada{_lemlist.Contacts.Count}@example.com")));

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        _lemlist.Contact(added.Id)["fields"]!["jobTitle"] = $"Title at {_lemlist.Clock.GetUtcNow():O}";
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _lemlist.Clock.Pass(time);
}

public sealed class LemlistFeedConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new FeedWorld(isOldestFirst: false));
}

public sealed class LemlistFeedOldestFirstConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new FeedWorld(isOldestFirst: true));
}

public sealed class LemlistContactsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new ContactsWorld());
}
