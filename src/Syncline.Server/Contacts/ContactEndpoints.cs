using System.Globalization;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Server.Contacts;

/// <summary>Contacts over HTTP. A record is named by its number, its reference (<c>person/42</c>, also with the slash escaped) or a key of it, such as an e-mail address.</summary>
internal static class ContactEndpoints
{
    private const int MostRows = 500;

    // The same record by one segment or by two.
    private static readonly string[] Named = ["/{id}", "/{kind}/{id:long}"];

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("/", ListAsync).WithSummary("People, or companies, with the state of each; filtered by state, source and a piece of any value.");
        contacts.MapPost("/merge", MergeAsync).RequireAuthorization(Roles.Operator).WithSummary("Says that two records are one.").ProducesProblem(StatusCodes.Status409Conflict);
        foreach (string one in Named) MapOne(contacts.MapGroup(one), isDescribed: one == Named[0]);
    }

    private static void MapOne(RouteGroupBuilder one, bool isDescribed)
    {
        if (!isDescribed) one.ExcludeFromDescription();
        one.MapGet("/", FindAsync).WithSummary("One record: fields with lineage, places, failures, open conflicts.");
        one.MapGet("/fields/{field}/why", WhyAsync).WithSummary("How a value came to be.");
        one.MapGet("/history", HistoryAsync).WithSummary("Every change of the record, newest first.");
        one.MapPost("/split", SplitAsync).RequireAuthorization(Roles.Operator).WithSummary("Says that a record is two.").ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPut("/fields/{field}", ChangeAsync).RequireAuthorization(Roles.Operator).WithSummary("Pins a field to a value, or lets sources change it again.").ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <param name="status">Another name of <paramref name="state"/>.</param>
    private static async Task<IResult> ListAsync(SqliteStore store, string? kind, string? state, string? status, string? source, string? search, long? after, int? take, CancellationToken cancellationToken)
    {
        if ((state ?? status) is { Length: > 0 } asked && !Enum.GetValues<ContactState>().Any(s => Tables.Word(s) == asked)) throw new UsageException($"There is no state '{asked}'.", "Ask for imported, enriching, enriched, syncing, synced or failed.");
        ContactFilter filter = ContactQuery.Filter(kind is { Length: > 0 } ? new RecordKind(kind) : RecordKind.Person, state ?? status, source, search);
        int size = Math.Clamp(take ?? 50, 1, MostRows);
        IReadOnlyList<Contact> found = await store.Contacts.ListAsync(filter, after ?? 0, size + 1, cancellationToken);
        ContactView[] items = [.. found.Take(size).Select(ContactView.Of)];
        IReadOnlyDictionary<ContactState, long> counts = await store.Contacts.CountAsync(filter, cancellationToken);
        return TypedResults.Ok(new ContactsView(items, found.Count > size ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null, counts.ToDictionary(c => Tables.Word(c.Key), c => c.Value)));
    }

    private static async Task<IResult> FindAsync(ContactDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        GoldenRecord golden = await desk.FindAsync(ReferenceOf(context), cancellationToken);
        return TypedResults.Ok(RecordView.Of(await desk.OpenAsync(golden, cancellationToken), await desk.StandingAsync(golden, cancellationToken)));
    }

    private static async Task<IResult> WhyAsync(ContactDesk desk, HttpContext context, string field, CancellationToken cancellationToken) =>
        TypedResults.Ok(WhyView.Of(await desk.WhyAsync(await desk.FindAsync(ReferenceOf(context), cancellationToken), field, cancellationToken)));

    /// <param name="after">The step after which, backwards in time, the list goes on.</param>
    private static async Task<IResult> HistoryAsync(ContactDesk desk, SqliteStore store, HttpContext context, long? after, int? take, CancellationToken cancellationToken)
    {
        GoldenRecord golden = await desk.FindAsync(ReferenceOf(context), cancellationToken);
        int size = Math.Clamp(take ?? 50, 1, MostRows);
        FeedEntry[] found = [.. (await store.Hub.FeedOfRecordAsync(golden.Id, cancellationToken)).Reverse().Where(e => e.Sequence < (after ?? long.MaxValue)).Take(size + 1)];
        StepView[] items = [.. found.Take(size).Select(StepView.Of)];
        return TypedResults.Ok(new Paged<StepView>(items, found.Length > size ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> MergeAsync(ContactDesk desk, HttpContext context, MergeRequest request, CancellationToken cancellationToken)
    {
        (GoldenRecord kept, GoldenRecord other) = (await desk.FindAsync(request.Keep, cancellationToken), await desk.FindAsync(request.Other, cancellationToken));
        if (request.Preview == true) return TypedResults.Ok(IdentityView.Of(null, await desk.PreviewMergeAsync(kept, other, cancellationToken)));
        (RunRow run, IdentityEdit edit) = await desk.MergeAsync(kept, other, context.User.Who(), cancellationToken);
        return TypedResults.Ok(IdentityView.Of(run, edit));
    }

    private static async Task<IResult> SplitAsync(ContactDesk desk, HttpContext context, SplitRequest request, CancellationToken cancellationToken)
    {
        GoldenRecord golden = await desk.FindAsync(ReferenceOf(context), cancellationToken);
        RecordKey[] places = [.. request.Places.Select(PlaceName.Read)];
        if (request.Preview == true) return TypedResults.Ok(IdentityView.Of(null, await desk.PreviewSplitAsync(golden, places, cancellationToken), isNumbered: false));
        (RunRow run, IdentityEdit edit) = await desk.SplitAsync(golden, places, context.User.Who(), cancellationToken);
        return TypedResults.Ok(IdentityView.Of(run, edit));
    }

    private static async Task<IResult> ChangeAsync(ContactDesk desk, HttpContext context, string field, FieldRequest request, CancellationToken cancellationToken)
    {
        request.Check();
        GoldenRecord golden = await desk.FindAsync(ReferenceOf(context), cancellationToken);
        string by = context.User.Who();
        return TypedResults.Ok(DecidedView.Of(field, request.Release == true ? await desk.ReleaseAsync(golden, field, by, cancellationToken) : await desk.PinAsync(golden, field, request.Value, by, cancellationToken)));
    }

    /// <summary>A slash that a caller has escaped is still escaped in a route's value.</summary>
    private static string ReferenceOf(HttpContext context)
    {
        string id = Uri.UnescapeDataString((string)context.Request.RouteValues["id"]!);
        return context.Request.RouteValues["kind"] is string kind ? $"{kind}/{id}" : id;
    }
}
