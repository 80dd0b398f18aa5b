using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Lemlist;

/// <summary>Something to put into the feed. Only the type is needed; a type nobody knows is taken too.</summary>
public sealed record LemlistHappened(string Type)
{
    /// <summary>Null for what befalls no lead.</summary>
    public string? LeadId { get; init; }

    /// <summary>The <c>createdAt</c> it gets; null for now. What lies before now is a back-dated row.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of the campaign's steps, from 0.</summary>
    public int Step { get; init; }

    public bool IsBot { get; init; }
    public string? Subject { get; init; }

    /// <summary>What was written: the whole of a LinkedIn message, the mail that only the inbox shows.</summary>
    public string? Text { get; init; }

    public string? Note { get; init; }
    public string? ErrorMessage { get; init; }
    public string? LinkUrl { get; init; }

    /// <summary>A text or an object.</summary>
    public JsonNode? Recording { get; init; }

    /// <summary>More members, shown as they are.</summary>
    public JsonObject? More { get; init; }

    /// <summary>False for a row from before contactId was written.</summary>
    public bool ShowsContact { get; init; } = true;

    /// <summary>False for an old row, until it is filled in.</summary>
    public bool ShowsStepId { get; init; } = true;

    /// <summary>True when no hook is sent, as for mails written by hand.</summary>
    public bool IsQuiet { get; init; }
}
