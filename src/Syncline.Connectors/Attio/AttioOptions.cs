using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>A connection's settings, read and checked when it is opened. The API key is not among them: it is asked for at each request.</summary>
internal sealed record AttioOptions
{
    public const string People = "people", Companies = "companies", Messages = "messages", Notes = "notes", Lists = "lists", Entries = "entries";

    /// <summary>Rows a query returns at the most. Nobody has been seen to get more than the default of 500, so more is never asked for.</summary>
    public const int MaxRows = 500;

    /// <summary>Queries are promised to be current, yet a bulk writer has seen them miss rows of parallel writes, and a lost request may still be on its way.</summary>
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(2);

    public required string Connection { get; init; }

    public Uri BaseUrl { get; init; } = new("https://api.attio.com");

    /// <summary>Slug of the custom object that holds messages.</summary>
    public string MessagesObject { get; init; } = "linkedin_messages";

    /// <summary>Slug of the people attribute that refers to a person's messages.</summary>
    public string MessagesLink { get; init; } = "linkedin_messages";

    /// <summary>Slug or id of the list that entries without a list of their own are written to; null when there is none.</summary>
    public string? EntriesList { get; init; }

    /// <summary>Rows per page of a sweep, 1 to <see cref="MaxRows"/>.</summary>
    public int PageSize { get; init; } = MaxRows;

    /// <exception cref="ProviderException">A setting has a value that cannot be used.</exception>
    public static AttioOptions From(ConnectionSettings settings)
    {
        AttioOptions shipped = new() { Connection = settings.Name };
        return shipped with
        {
            BaseUrl = settings.Address("base_url", shipped.BaseUrl.AbsoluteUri, "attio"),
            MessagesObject = settings.Text("messages_object", shipped.MessagesObject),
            MessagesLink = settings.Text("messages_link", shipped.MessagesLink),
            EntriesList = settings.Find("list") is { Length: > 0 } list ? list : null,
            PageSize = settings.Whole("page_size", 1, MaxRows, MaxRows, "attio"),
        };
    }

    /// <summary>The stream that holds an object's records; objects without a stream of their own go by their slug.</summary>
    public string StreamOf(string objectSlug) => objectSlug == MessagesObject ? Messages : objectSlug;

    /// <summary>The slug of a stream's object.</summary>
    public string ObjectOf(string stream) => stream == Messages ? MessagesObject : stream;
}
