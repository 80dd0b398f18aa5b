using System.Globalization;
using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>The cursor is committed a page before the records it covers.</summary>
internal sealed class CursorBeforeEffect : IPlantedBug
{
    public string Name => "cursor-before-effect";

    public ISource Wrap(ISource source) => new Ahead(source);

    private sealed class Ahead(ISource inner) : ISource
    {
        public StreamDescriptor Stream => inner.Stream;

        public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Page? held = null;
            await foreach (Page page in inner.ReadAsync(request, cancellationToken))
            {
                if (held is not null) yield return held with { Next = page.Next };
                held = page;
            }
            if (held is not null) yield return held;
        }
    }
}

/// <summary>An off-by-one in paging: the last record of a page is lost.</summary>
internal sealed class PageTailLost : IPlantedBug
{
    public string Name => "page-tail-lost";

    public ISource Wrap(ISource source) => new AlteredSource(source, page => page with { Records = [.. page.Records.SkipLast(1)] });
}

/// <summary>Times are cut to whole seconds, as many clients do.</summary>
internal sealed class TimesCut : IPlantedBug
{
    public string Name => "times-cut";

    public ISource Wrap(ISource source) => new AlteredSource(source, page => page with { Records = [.. page.Records.Select(Cut)] });

    private static RemoteRecord Cut(RemoteRecord record) => record.Fields["sent_at"] is { Type: FieldType.Time } at
        ? record with { Fields = record.Fields.With("sent_at", FieldValue.Of(new DateTimeOffset(at.AsTime().UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero))) }
        : record;
}

/// <summary>Two messages of one instant are taken for one.</summary>
internal sealed class TiesCollapsed : IPlantedBug
{
    public string Name => "ties-collapsed";

    public ISource Wrap(ISource source) => new AlteredSource(source, page => page with { Records = [.. page.Records.Select(Collapse)] });

    private static RemoteRecord Collapse(RemoteRecord record)
    {
        string[] parts = record.Key.Id.Split('|');
        return record.Kind == RecordKind.Message ? record with { Key = record.Key with { Id = string.Join('|', parts.Take(3)) } } : record;
    }
}

/// <summary>The text is part of a message's identity, so that an edit makes a second message.</summary>
internal sealed class BodyInIdentity : IPlantedBug
{
    public string Name => "body-in-identity";

    public ISource Wrap(ISource source) => new AlteredSource(source, page => page with { Records = [.. page.Records.Select(Mark)] });

    private static RemoteRecord Mark(RemoteRecord record)
    {
        if (record.Kind != RecordKind.Message || record.Fields["body"] is not { } body) return record;
        string mark = body.Text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)).ToString("x", CultureInfo.InvariantCulture);
        FieldSet fields = record.Fields.With("message_uid", FieldValue.Of($"{record.Fields["message_uid"]!.Text}:{mark}")).With("message_uid_alias", null);
        return record with { Key = record.Key with { Id = $"{record.Key.Id}|{mark}" }, Fields = fields };
    }
}
