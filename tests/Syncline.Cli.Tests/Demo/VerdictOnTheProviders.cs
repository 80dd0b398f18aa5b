using System.Net.Http;
using Syncline.Cli.Demo;
using Syncline.Cli.Report;
using Syncline.Sandbox.Attio;
using Syncline.Syncs;

namespace Syncline.Cli.Tests.Demo;

public sealed class VerdictOnTheProviders : IAsyncLifetime
{
    private static readonly RunFigures Nothing = new("run", RunState.Done, 1, null, RunTally.Empty);

    private readonly DemoFolder _folder = DemoFolder.Open(null);
    private DemoSandbox _sandbox = null!;
    private DemoEngine _engine = null!;
    private StoryTeller _story = null!;

    public async ValueTask InitializeAsync()
    {
        DemoOptions options = new(20, 2, IsFast: true, _folder.Path);
        _sandbox = await DemoSandbox.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        _engine = DemoEngine.Open(options, _sandbox.Address, new SocketsHttpHandler(), TimeProvider.System);
        await _engine.FurnishAsync(TestContext.Current.CancellationToken);
        _story = new(_sandbox, _engine.Attio.Maps);
        await _engine.RunAsync(_ => { }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void After_a_run_all_people_and_messages_are_there() => Assert.All(Judge().Take(4), c => Assert.True(c.IsTrue, c.ToString()));

    [Fact]
    public void A_person_who_is_missing_is_found_out()
    {
        _sandbox.Attio.DeleteByPerson("people", _story.Person().Id);
        Assert.False(Judge()[0].IsTrue);
    }

    [Fact]
    public void A_person_who_is_there_twice_is_found_out()
    {
        _sandbox.Attio.CreateByPerson("people", new() { ["name"] = "Again, Once", ["heyreach_lead_id"] = _story.Subject.Lead.LinkedInId });
        Assert.False(Judge()[0].IsTrue);
    }

    [Fact]
    public void A_message_with_another_text_is_found_out()
    {
        AttioRecordView message = _sandbox.Attio.Records("linkedin_messages")[0];
        _sandbox.Attio.EditByPerson("linkedin_messages", message.Id, "body", "Something else");
        Assert.False(Judge()[2].IsTrue);
    }

    [Fact]
    public void An_edit_that_is_lost_is_found_out()
    {
        LifeGoesOn life = new(_sandbox, _story);
        life.Happen();
        _sandbox.Attio.EditByPerson("people", life.EditedRecord!, LifeGoesOn.EditedAttribute, "Overwritten");
        Assert.False(new Verdict(_sandbox, life).Of(Nothing, Nothing)[4].IsTrue);
    }

    private IReadOnlyList<Check> Judge() => new Verdict(_sandbox, new LifeGoesOn(_sandbox, _story)).Of(Nothing, Nothing);
}
