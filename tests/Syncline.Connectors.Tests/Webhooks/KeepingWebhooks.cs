using Syncline.Records;

namespace Syncline.Connectors.Tests.Webhooks;

/// <summary>What holds at every provider that has an API for webhooks.</summary>
public abstract class KeepingWebhooks
{
    private readonly Dictionary<string, string> _kept = [];

    private readonly HookAccount _account;

    private protected KeepingWebhooks(HookAccount account) => _account = account;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_made_once_with_a_secret_each()
    {
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync();
        Assert.All(made, h => Assert.True(h.Secret is { Length: >= 32 } && h.Url == HookAccount.Address));
        Assert.Equal(Registrar.Events.Order(StringComparer.Ordinal), made.SelectMany(h => h.Events).Order(StringComparer.Ordinal));
        IReadOnlyList<string> hooks = _account.Hooks;
        int writes = _account.Writes;
        Assert.Equal(made.Select(h => h.Id), (await EnsureAsync()).Select(h => h.Id));
        Assert.Equal((writes, string.Join('\n', hooks)), (_account.Writes, string.Join('\n', _account.Hooks)));
        Assert.Equal(made.Select(h => h.Id).Order(StringComparer.Ordinal), (await Registrar.ListAsync(HookAccount.Address, Token)).Select(h => h.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_elses_is_touched_and_ours_can_be_taken_away()
    {
        string[] others = ["https://sync.example.com/webhooks/crm-too", "https://sync.example.com/webhooks/crm/a/b", "https://sync.example.org/webhooks/crm", "https://sync.example.com/webhooks"];
        foreach (string other in others) _account.Add(other);
        IReadOnlyList<string> before = _account.Hooks;
        await EnsureAsync();
        Assert.Empty(before.Except(_account.Hooks));
        await Registrar.RemoveAsync(HookAccount.Address, Token);
        Assert.Equal(before, _account.Hooks);
        Assert.Empty(await Registrar.ListAsync(HookAccount.Address, Token));
    }

    [Fact]
    public async Task One_whose_secret_was_never_kept_is_replaced()
    {
        IReadOnlyList<RegisteredWebhook> first = await EnsureAsync();
        IReadOnlyList<string> hooks = _account.Hooks;
        // As after a crash between the making and our note of it.
        _kept.Clear();
        IReadOnlyList<RegisteredWebhook> again = await EnsureAsync();
        Assert.All(again, h => Assert.NotNull(h.Secret));
        Assert.Equal(hooks.Count, _account.Hooks.Count);
        Assert.Equal(IsSecretListed, first.Select(h => h.Id).SequenceEqual(again.Select(h => h.Id)));
    }

    [Fact]
    public async Task One_that_tells_too_little_is_replaced()
    {
        _account.AddTooSmall(_account.Own);
        string id = Assert.Single(_account.Ids);
        _kept[id] = "known";
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync();
        Assert.DoesNotContain(id, made.Select(h => h.Id));
        Assert.Equal(_account.Ids.Order(StringComparer.Ordinal), made.Select(h => h.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_that_is_lost_leaves_no_double_and_no_secret_unknown(int answers)
    {
        _account.LoseAnswers(answers);
        IReadOnlyList<RegisteredWebhook> made = await EnsureAsync();
        Assert.All(made, h => Assert.NotNull(h.Secret));
        Assert.Equal(_account.Ids.Order(StringComparer.Ordinal), made.Select(h => h.Id).Order(StringComparer.Ordinal));
        Assert.Equal(_account.Hooks.Distinct(), _account.Hooks);
        int writes = _account.Writes;
        await EnsureAsync();
        Assert.Equal(writes, _account.Writes);
    }

    [Fact]
    public async Task A_secret_is_in_no_text_of_a_webhook() => Assert.All(await EnsureAsync(), h => Assert.DoesNotContain(h.Secret!, h.ToString(), StringComparison.Ordinal));

    /// <summary>Whether the secret stands in what is listed, so that it cannot be lost.</summary>
    protected virtual bool IsSecretListed => false;

    protected IWebhookRegistrar Registrar => _account.Open().Registrar!;

    protected async Task<IReadOnlyList<RegisteredWebhook>> EnsureAsync()
    {
        IReadOnlyList<RegisteredWebhook> ensured = await Registrar.EnsureAsync(HookAccount.Address, _kept.ContainsKey, Token);
        foreach (RegisteredWebhook hook in ensured) _kept[hook.Id] = hook.Secret ?? _kept[hook.Id];
        return ensured;
    }

    protected void Keep(IEnumerable<string> ids)
    {
        foreach (string id in ids) _kept[id] = "known";
    }
}

public sealed class KeepingAttiosWebhooks : KeepingWebhooks
{
    private readonly AttioHooks _attio;

    public KeepingAttiosWebhooks() : this(new()) { }

    private KeepingAttiosWebhooks(AttioHooks attio) : base(attio) => _attio = attio;

    [Fact]
    public async Task A_filtered_one_tells_too_little()
    {
        _attio.AddFiltered(_attio.Own);
        Keep(_attio.Ids);
        string before = Assert.Single(_attio.Ids);
        Assert.NotEqual(before, Assert.Single(await EnsureAsync()).Id);
        Assert.Single(_attio.Hooks);
    }

    [Fact]
    public async Task More_than_a_page_of_others_is_read_to_its_end()
    {
        for (int i = 0; i < 205; i++) _attio.AddTooSmall($"https://other.example.com/{i}");
        await EnsureAsync();
        await EnsureAsync();
        Assert.Single(await Registrar.ListAsync(HookAccount.Address, TestContext.Current.CancellationToken));
    }
}

public sealed class KeepingQuosWebhooks : KeepingWebhooks
{
    private readonly QuoAccount _quo;

    public KeepingQuosWebhooks() : this(new()) { }

    private KeepingQuosWebhooks(QuoAccount quo) : base(quo) => _quo = quo;

    [Fact]
    public async Task Doubles_and_one_that_is_switched_off_are_removed()
    {
        _quo.AddDisabled(_quo.Own);
        _quo.Add(_quo.Own);
        _quo.Add(_quo.Own + "/");
        Keep(_quo.Ids);
        string[] ids = [.. _quo.Ids];
        Assert.Equal(ids[1], Assert.Single(await EnsureAsync()).Id);
        Assert.Equal([ids[1]], _quo.Ids);
    }

    [Fact]
    public async Task A_key_that_may_not_make_them_is_told_what_to_do()
    {
        _quo.Sandbox.Simulator.RestrictKey(Conforming.QuoSandbox.Key);
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(EnsureAsync);
        Assert.Equal((Recovery.StopRun, "quo.webhooks.create"), (failure.Recovery, failure.Operation));
        Assert.NotNull(failure.Hint);
    }
}

public sealed class KeepingLemlistsWebhooks : KeepingWebhooks
{
    private readonly LemlistHooks _lemlist;

    public KeepingLemlistsWebhooks() : this(new()) { }

    private KeepingLemlistsWebhooks(LemlistHooks lemlist) : base(lemlist) => _lemlist = lemlist;

    [Fact]
    public async Task Doubles_and_one_for_every_event_are_removed()
    {
        _lemlist.Add(_lemlist.Own);
        string[] first = [.. _lemlist.Ids];
        _lemlist.Add(_lemlist.Own);
        _lemlist.AddForAll(_lemlist.Own);
        Keep(_lemlist.Ids);
        await EnsureAsync();
        Assert.Equal(first, _lemlist.Ids);
    }
}

public class KeepingHeyReachsWebhooks : KeepingWebhooks
{
    private readonly HeyReachHooks _heyreach;

    public KeepingHeyReachsWebhooks() : this(tellsId: true) { }

    private protected KeepingHeyReachsWebhooks(bool tellsId) : this(new HeyReachHooks(tellsId)) { }

    private KeepingHeyReachsWebhooks(HeyReachHooks heyreach) : base(heyreach) => _heyreach = heyreach;

    protected override bool IsSecretListed => true;

    [Fact]
    public async Task The_secret_stands_in_the_address_and_nowhere_in_what_is_shown()
    {
        RegisteredWebhook made = Assert.Single(await EnsureAsync());
        Assert.Equal([$"{HookAccount.Address}/{made.Secret} EVERY_MESSAGE_REPLY_RECEIVED"], _heyreach.Hooks);
        Assert.Equal("[]", _heyreach.Last["campaignIds"]!.ToJsonString());
        Assert.Equal((HookAccount.Address, made.Secret), ((await Registrar.ListAsync(HookAccount.Address, TestContext.Current.CancellationToken)).Select(h => (h.Url, h.Secret)).Single()));
    }

    [Fact]
    public async Task Doubles_one_without_a_secret_and_one_that_is_switched_off_are_removed()
    {
        _heyreach.Add(HookAccount.Address.AbsoluteUri);
        _heyreach.AddSwitchedOff(_heyreach.Own);
        _heyreach.Add(_heyreach.Own);
        _heyreach.Add(_heyreach.Own);
        Assert.Equal((new string('a', 64), "3"), ((await EnsureAsync()).Select(h => (h.Secret, h.Id)).Single()));
        Assert.Equal(["3"], _heyreach.Ids);
    }
}

/// <summary>The same where an empty body is all that the making of one is answered.</summary>
public sealed class KeepingHeyReachsWebhooksWithoutAnId : KeepingHeyReachsWebhooks
{
    public KeepingHeyReachsWebhooksWithoutAnId() : base(tellsId: false) { }

    [Fact]
    public async Task One_that_was_taken_and_is_not_listed_is_not_made_again()
    {
        HeyReachHooks behind = new(tellsId: false) { IsBehind = true };
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => behind.Open().Registrar!.EnsureAsync(HookAccount.Address, _ => false, TestContext.Current.CancellationToken));
        Assert.Equal((Recovery.RetryLater, 1), (failure.Recovery, behind.Hooks.Count));
    }
}
