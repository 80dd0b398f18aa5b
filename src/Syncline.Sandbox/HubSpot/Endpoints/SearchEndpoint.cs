using System.Globalization;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Searching;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Search: an index of its own that lags behind, and a window of 10,000.</summary>
internal sealed class SearchEndpoint(HubSpotPortal portal, ObjectEndpoints single)
{
    private readonly SearchReader _reader = new(portal);
    private readonly RecordJson _json = new(portal);

    public IEnumerable<Route> Routes() => [new("POST", "/objects/{type}/search", single.Reading, Search) { Pool = Pool.Search }];

    private SandboxResponse Search(Call call)
    {
        CrmTable table = portal.Table(call[0]);
        SearchQuery query = _reader.Read(table, call);
        Found found = new SearchRunner(table, portal.Behaviour).Run(query);
        View view = _json.ViewOf(table, call.Body.Texts("properties"), [], []);
        int total = portal.Behaviour.TotalExceedsWindow ? found.Total : Math.Min(found.Total, SearchReader.Window);
        int next = query.Offset + found.Rows.Count;
        bool hasMore = next < found.Total && (next < SearchReader.Window || portal.Behaviour.LastWindowPageHasPaging);
        return Answers.Object(writer =>
        {
            writer.WriteNumber("total", total);
            writer.WriteArray("results", found.Rows, (w, r) => _json.Write(w, call, r, view));
            writer.WritePaging(call, hasMore && found.Rows.Count > 0 ? next.ToString(CultureInfo.InvariantCulture) : null);
        });
    }
}
