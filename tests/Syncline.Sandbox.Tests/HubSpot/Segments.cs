namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Segments
{
    private const string Root = "/crm/lists/2026-09";

    private readonly Portal _portal = new();

    [Fact]
    public void Members_are_added_and_removed_by_bare_arrays_of_ids()
    {
        string list = Create("Leads", "MANUAL");
        string[] ids = _portal.Contacts(3);
        Reply added = _portal.Put($"{Root}/{list}/memberships/add", $"""["{ids[1]}","{ids[0]}","5"]""");
        Assert.Equal([ids[1], ids[0]], added.Json["recordsIdsAdded"]!.AsArray().Select(i => (string?)i));
        Assert.Equal(["5"], added.Json["recordIdsMissing"]!.AsArray().Select(i => (string?)i));
        Assert.Empty(_portal.Put($"{Root}/{list}/memberships/add", $"""["{ids[1]}"]""").Json["recordsIdsAdded"]!.AsArray());
        Assert.Equal(400, _portal.Put($"{Root}/{list}/memberships/add", $$"""{"inputs":["{{ids[1]}}"]}""").Status);
        Reply page = _portal.Get($"{Root}/{list}/memberships?limit=1");
        Assert.Equal((ids[0], 2), ((string?)page.Results.Single()!["recordId"], (int)page.Json["total"]!));
        Assert.Equal(ids[1], (string?)_portal.Get($"{Root}/{list}/memberships?limit=1&after={page.After}").Results.Single()!["recordId"]);
        Reply both = _portal.Put($"{Root}/{list}/memberships/add-and-remove", $$"""{"recordIdsToAdd":["{{ids[2]}}"],"recordIdsToRemove":["{{ids[0]}}"]}""");
        Assert.Equal(ids[0], (string?)both.Json["recordIdsRemoved"]![0]);
        Assert.Equal(list, (string?)_portal.Get($"{Root}/records/0-1/{ids[2]}/memberships").Results.Single()!["listId"]);
    }

    [Fact]
    public void Dynamic_lists_take_no_members()
    {
        Reply refused = _portal.Post(Root, """{"name":"All","objectTypeId":"0-1","processingType":"DYNAMIC"}""");
        Assert.Equal(400, refused.Status);
        string list = Create("All", "DYNAMIC", ",\"filterBranch\":{\"filterBranchType\":\"OR\"}");
        string id = _portal.Contact("a@example.com");
        Assert.Equal(400, _portal.Put($"{Root}/{list}/memberships/add", $"""["{id}"]""").Status);
        _portal.Simulator.App.AddToList(list, id);
        Assert.Single(_portal.Get($"{Root}/{list}/memberships").Results);
        Assert.Equal("OR", (string?)_portal.Get($"{Root}/{list}?includeFilters=true").Json["list"]!["filterBranch"]!["filterBranchType"]);
    }

    [Fact]
    public void Lists_are_found_renamed_deleted_and_restored()
    {
        string list = Create("Leads", "MANUAL");
        Assert.Equal(400, _portal.Post(Root, """{"name":"Leads","objectTypeId":"0-1","processingType":"MANUAL"}""").Status);
        Assert.Equal(list, (string?)_portal.Get($"{Root}/object-type-id/0-1/name/Leads").Json["list"]!["listId"]);
        Assert.Equal("Friends", (string?)_portal.Put($"{Root}/{list}/update-list-name?listName=Friends").Json["updatedList"]!["name"]);
        Reply found = _portal.Post($"{Root}/search", """{"query":"frien"}""");
        Assert.Equal((1, false), ((int)found.Json["total"]!, (bool)found.Json["hasMore"]!));
        Assert.Equal(204, _portal.Delete($"{Root}/{list}").Status);
        Assert.Equal(404, _portal.Get($"{Root}/{list}").Status);
        Assert.Equal(204, _portal.Put($"{Root}/{list}/restore").Status);
        Assert.Equal(200, _portal.Get($"/crm/v3/lists/{list}").Status);
    }

    private string Create(string name, string kind, string more = "")
    {
        Reply made = _portal.Post(Root, $$"""{"name":"{{name}}","objectTypeId":"0-1","processingType":"{{kind}}"{{more}}}""");
        Assert.True(made.Status == 200, made.Json.ToJsonString());
        return (string)made.Json["list"]!["listId"]!;
    }
}
