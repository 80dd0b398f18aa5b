using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Activities;

/// <summary>Something that happened, as the feed, the inbox and the hooks tell of it. Only the id, the type and the time are always there.</summary>
internal sealed class Activity(string id, string type, DateTimeOffset createdAt)
{
    public string Id => id;
    public string Type => type;

    /// <summary>Of a mail reply the time in the mail's header, in whole seconds and before <see cref="SeenAt"/>.</summary>
    public DateTimeOffset CreatedAt { get; set; } = createdAt;

    /// <summary>When lemlist learned of it, which no field of the feed tells.</summary>
    public DateTimeOffset SeenAt { get; init; } = createdAt;

    /// <summary>In the order in which they entered the feed.</summary>
    public long Number { get; set; }

    public Lead? Lead { get; init; }
    public Contact? Contact { get; init; }
    public Company? Company { get; init; }

    /// <summary>False on rows from before contactId was written.</summary>
    public bool ShowsContact { get; init; } = true;

    public int Step { get; init; }

    /// <summary>False on old rows until it is filled in.</summary>
    public bool ShowsStepId { get; set; } = true;

    public bool IsBot { get; init; }
    public bool IsFirst { get; set; }
    public bool Stopped { get; init; }
    public string? UserId { get; init; }
    public string? UserName { get; init; }
    public LemlistUser? Sender { get; init; }
    public string? Subject { get; init; }
    public string? Preview { get; init; }
    public string? Text { get; init; }

    /// <summary>The whole mail in HTML, which only the inbox shows.</summary>
    public string? Html { get; init; }

    public string? Note { get; init; }
    public string? ErrorMessage { get; init; }
    public string? LinkUrl { get; init; }

    /// <summary>A text or an object, as both occur.</summary>
    public JsonNode? Recording { get; set; }

    /// <summary>Members of no meaning here, shown as they are.</summary>
    public JsonObject? More { get; init; }

    /// <summary>A mail, a LinkedIn message, or another that the inbox holds.</summary>
    public bool IsMessage => Contact is not null && (type.EndsWith("Sent", StringComparison.Ordinal) || type.EndsWith("Replied", StringComparison.Ordinal));

    public bool IsReply => type.EndsWith("Replied", StringComparison.Ordinal);
}
