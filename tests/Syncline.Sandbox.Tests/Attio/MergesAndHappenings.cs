namespace Syncline.Sandbox.Tests.Attio;

public sealed class MergesAndHappenings
{
    private readonly Workbench _bench = new Workbench().Turn("auto-company", "false");

    private void Happen(string name, string? argument) => _bench.Simulator.Happenings.Single(h => h.Name == name).Happen(argument);

    private (string First, string Second) TwoPeople() =>
        (_bench.Create("people", """{"email_addresses":["a@example.com"],"job_title":"Welder"}""").RecordId,
         _bench.Create("people", """{"email_addresses":["b@example.com"],"job_title":"Fitter","linkedin":"x"}""").RecordId);

    private static string Body(string primary, string secondary) => $$$"""{"data":{"primary_record_id":"{{{primary}}}","secondary_record_id":"{{{secondary}}}"}}""";

    [Fact]
    public void A_merge_mints_a_third_id_and_both_originals_are_gone()
    {
        (string first, string second) = TwoPeople();
        Reply merged = _bench.Post("/v2/objects/people/records/merge", Body(first, second));
        Assert.Equal(200, merged.Status);
        Assert.DoesNotContain(merged.RecordId, (string[])[first, second]);
        Assert.Equal(["not_found", "not_found"], [_bench.Get($"/v2/objects/people/records/{first}").Code, _bench.Get($"/v2/objects/people/records/{second}").Code]);
        Syncline.Sandbox.Attio.AttioRecordView view = _bench.Simulator.Record("people", merged.RecordId)!;
        Assert.Equal(["a@example.com", "b@example.com"], view.Texts("email_addresses"));
        Assert.Equal(("Welder", "x"), (view.Text("job_title"), view.Text("linkedin")));
        Assert.Equal(merged.RecordId, _bench.PutBy("people", "email_addresses", """{"email_addresses":["b@example.com"]}""").RecordId);
    }

    [Fact]
    public void References_entries_and_notes_follow_a_merge()
    {
        _bench.WithThings().Simulator.DefineList("leads", "Leads", "people");
        (string first, string second) = TwoPeople();
        string thing = _bench.Create("things", """{"owner_person":"b@example.com"}""").RecordId;
        _bench.Post("/v2/lists/leads/entries", $$$$"""{"data":{"parent_object":"people","parent_record_id":"{{{{second}}}}","entry_values":{}}}""");
        _bench.Post("/v2/notes", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{second}}}","title":"t","format":"plaintext","content":"c"}}""");
        string merged = _bench.Simulator.MergeRecords("people", first, second);
        Assert.Equal(merged, (string?)_bench.Simulator.Record("things", thing)!.Raw("owner_person")[0]!["target_record_id"]);
        Assert.Equal(merged, _bench.Simulator.Entries("leads").Single().ParentRecordId);
        Assert.Equal(merged, _bench.Simulator.Notes().Single().ParentRecordId);
    }

    [Fact]
    public void A_delayed_merge_is_202_and_in_progress_until_it_is_applied()
    {
        (string first, string second) = TwoPeople();
        _bench.Turn("merge-delay", "00:00:03");
        Reply accepted = _bench.Post("/v2/objects/people/records/merge", Body(first, second));
        Assert.Equal(202, accepted.Status);
        Assert.Equal((404, "merge_in_progress"), (_bench.Get($"/v2/objects/people/records/{first}").Status, _bench.Get($"/v2/objects/people/records/{first}").Code));
        Assert.Equal((400, "merge_in_progress"), (_bench.Post("/v2/objects/people/records/merge", Body(first, second)).Status, _bench.Post("/v2/objects/people/records/merge", Body(first, second)).Code));
        _bench.Clock.Step(TimeSpan.FromSeconds(3));
        Assert.Equal("not_found", _bench.Get($"/v2/objects/people/records/{first}").Code);
        Assert.Equal(200, _bench.Get($"/v2/objects/people/records/{accepted.RecordId}").Status);
    }

    [Fact]
    public void A_merge_is_neither_with_itself_nor_twice_nor_more_than_five_a_second()
    {
        (string first, string second) = TwoPeople();
        Assert.Equal("self_merge", _bench.Post("/v2/objects/people/records/merge", Body(first, first)).Code);
        _bench.Post("/v2/objects/people/records/merge", Body(first, second));
        Reply again = _bench.Post("/v2/objects/people/records/merge", Body(first, second));
        Assert.Equal((404, "value_not_found"), (again.Status, again.Code));
        _bench.Turn("limits", "true");
        for (int i = 0; i < 5; i++) Assert.NotEqual(429, _bench.Post("/v2/objects/people/records/merge", Body(first, second)).Status);
        Assert.Equal(429, _bench.Post("/v2/objects/people/records/merge", Body(first, second)).Status);
    }

    [Fact]
    public void People_edit_delete_and_merge_without_a_request()
    {
        (string first, string second) = TwoPeople();
        Happen("edit", $"people {first} job_title \"Head welder\"");
        Assert.Equal("Head welder", _bench.Simulator.Record("people", first)!.Text("job_title"));
        Happen("merge", $"people {first} {second}");
        string merged = _bench.Simulator.Records("people").Single().Id;
        Happen("delete", $"people {merged}");
        Assert.Empty(_bench.Simulator.Records("people"));
        Assert.Throws<ArgumentException>(() => Happen("delete", "people"));
    }

    [Fact]
    public void A_renamed_option_shows_in_old_values_and_an_archived_one_is_refused()
    {
        _bench.WithThings();
        string id = _bench.Create("things", """{"a_select":"Red","tags":["Blue"]}""").RecordId;
        Happen("rename-option", "things a_select Red => Dark red");
        Assert.Equal("Dark red", _bench.Simulator.Record("things", id)!.Text("a_select"));
        Assert.Equal("value_not_found", _bench.TryCreate("things", """{"a_select":"Red"}""").Code);
        Happen("archive-option", "things tags Blue");
        Assert.Equal("value_not_found", _bench.TryCreate("things", """{"tags":["Blue"]}""").Code);
        Assert.Equal(200, _bench.Turn("archived-options-writable", "true").TryCreate("things", """{"tags":["Blue"]}""").Status);
    }

    [Fact]
    public void A_revoked_token_is_unknown()
    {
        Happen("revoke-token", null);
        Assert.Equal(401, _bench.Get("/v2/objects").Status);
    }

    [Fact]
    public void Every_knob_takes_back_what_it_gives() =>
        Assert.All(_bench.Simulator.Knobs, k =>
        {
            string before = k.Get();
            k.Set(before);
            Assert.Equal(before, k.Get());
        });

    [Fact]
    public void A_knob_refuses_what_it_does_not_know() =>
        Assert.Throws<ArgumentException>(() => _bench.Turn("write-read-only", "perhaps"));
}
