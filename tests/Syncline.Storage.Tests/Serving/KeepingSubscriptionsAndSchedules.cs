using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class KeepingSubscriptionsAndSchedules : ServingTables
{
    [Fact]
    public async Task A_subscription_comes_back_with_all_it_has_and_is_replaced_by_its_id()
    {
        WebhookSubscriptionRow first = new("crm", "w1", "https://hub.example.com/hooks/crm", "contact.created,contact.updated", null, Clock.Now);
        WebhookSubscriptionRow replaced = first with { Url = "https://hub.example.com/hooks/other", Events = "all", SecretCipher = "c", CreatedAt = Clock.Now.AddDays(1) };
        WebhookSubscriptionRow other = first with { Connection = "mail" };
        foreach (WebhookSubscriptionRow one in new[] { first, replaced, other }) await Store.WebhookSubscriptions.SaveAsync(one, Token);
        Assert.Equal([replaced], await Store.WebhookSubscriptions.ListAsync("crm", Token));
        Assert.Equal([replaced, other], await Store.WebhookSubscriptions.ListAsync(null, Token));
    }

    [Fact]
    public async Task A_deleted_subscription_is_gone_and_its_namesake_stays()
    {
        foreach (string connection in new[] { "crm", "mail" }) await Store.WebhookSubscriptions.SaveAsync(new(connection, "w1", "https://hub.example.com", "", null, Clock.Now), Token);
        Assert.True(await Store.WebhookSubscriptions.DeleteAsync("crm", "w1", Token));
        Assert.False(await Store.WebhookSubscriptions.DeleteAsync("crm", "w1", Token));
        Assert.Equal("mail", Assert.Single(await Store.WebhookSubscriptions.ListAsync(null, Token)).Connection);
    }

    [Fact]
    public async Task A_pause_keeps_who_made_it_first_until_it_ends()
    {
        ScheduleStates states = Store.ScheduleStates;
        Assert.True(await states.PauseAsync("daily", "ada", Token));
        DateTimeOffset paused = Clock.Now;
        Clock.Now = Clock.Now.AddHours(1);
        Assert.False(await states.PauseAsync("daily", "grace", Token));
        Assert.Equal(new("daily", "ada", paused, null), (await states.GetAllAsync(Token))["daily"]);
        Assert.True(await states.ResumeAsync("daily", Token));
        Assert.False(await states.ResumeAsync("daily", Token));
        Assert.False((await states.GetAllAsync(Token))["daily"].IsPaused);
        Assert.True(await states.PauseAsync("daily", "grace", Token));
        Assert.Equal("grace", (await states.GetAllAsync(Token))["daily"].PausedBy);
    }

    [Fact]
    public async Task Firing_and_pausing_leave_each_other_alone()
    {
        ScheduleStates states = Store.ScheduleStates;
        await states.FiredAsync("daily", Clock.Now, Token);
        await states.PauseAsync("daily", "ada", Token);
        await states.FiredAsync("daily", Clock.Now.AddDays(1), Token);
        await states.FiredAsync("hourly", Clock.Now, Token);
        Assert.Equal(new("daily", "ada", Clock.Now, Clock.Now.AddDays(1)), (await states.GetAllAsync(Token))["daily"]);
        Assert.Equal(new("hourly", null, null, Clock.Now), (await states.GetAllAsync(Token))["hourly"]);
        Assert.Equal(2, (await states.GetAllAsync(Token)).Count);
        await states.ResumeAsync("daily", Token);
        Assert.Equal(Clock.Now.AddDays(1), (await states.GetAllAsync(Token))["daily"].FiredAt);
    }
}
