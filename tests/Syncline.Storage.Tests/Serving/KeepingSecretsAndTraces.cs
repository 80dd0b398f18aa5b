using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class KeepingSecretsAndTraces : ServingTables
{
    [Fact]
    public async Task The_audit_log_goes_on_from_an_entry_newest_first()
    {
        for (int i = 1; i <= 5; i++)
        {
            Clock.Now = Clock.Now.AddMinutes(1);
            await Store.AuditLog.WriteAsync("ada", "sync.paused", $"s{i}", i == 5 ? "by hand" : null, Token);
        }
        IReadOnlyList<AuditEntry> newest = await Store.AuditLog.ListAsync(null, 2, Token);
        Assert.Equal(["s5", "s4"], newest.Select(e => e.About));
        Assert.Equal(new(newest[0].Id, Clock.Now, "ada", "sync.paused", "s5", "by hand"), newest[0]);
        Assert.Equal(["s3", "s2", "s1"], (await Store.AuditLog.ListAsync(newest[1].Id, 9, Token)).Select(e => e.About));
    }

    [Fact]
    public async Task A_credential_is_replaced_and_listed_without_what_it_is()
    {
        Credentials credentials = Store.Credentials;
        await credentials.SaveAsync("crm", "api_key", "c1", Token);
        Clock.Now = Clock.Now.AddHours(1);
        await credentials.SaveAsync("crm", "api_key", "c2", Token);
        await credentials.SaveAsync("mail", "api_key", "c3", Token);
        Assert.Equal("c2", await credentials.FindAsync("crm", "api_key", Token));
        Assert.Null(await credentials.FindAsync("crm", "secret", Token));
        Assert.Equal([new("crm", "api_key", Clock.Now), new("mail", "api_key", Clock.Now)], await credentials.ListAsync(Token));
        Assert.Equal([new("crm", "api_key", "c2"), new("mail", "api_key", "c3")], await credentials.AllAsync(Token));
    }

    [Fact]
    public async Task A_connection_loses_all_its_credentials_and_others_none()
    {
        foreach ((string connection, string setting) in new[] { ("crm", "id"), ("crm", "secret"), ("crm2", "id") }) await Store.Credentials.SaveAsync(connection, setting, "c", Token);
        Assert.Equal(2, await Store.Credentials.DeleteAsync("crm", Token));
        Assert.Equal(0, await Store.Credentials.DeleteAsync("crm", Token));
        Assert.Equal("crm2", Assert.Single(await Store.Credentials.AllAsync(Token)).Connection);
    }

    [Fact]
    public void Protection_keys_come_back_in_their_order_also_under_one_name()
    {
        Assert.Empty(Store.ProtectionKeys.All());
        Store.ProtectionKeys.Add("key-1", "<key id='1' />");
        Store.ProtectionKeys.Add(null, "<revocation />");
        Store.ProtectionKeys.Add("key-1", "<key id='2' />");
        Assert.Equal(["<key id='1' />", "<revocation />", "<key id='2' />"], Store.ProtectionKeys.All());
    }

    [Fact]
    public async Task A_protection_key_waits_for_the_writer_of_another_flow()
    {
        WriteTransaction other = await Database.BeginAsync(Token);
        Task adding = Task.Run(() => Store.ProtectionKeys.Add("key-1", "<key />"), Token);
        Assert.Empty(Store.ProtectionKeys.All());
        await other.DisposeAsync();
        await adding;
        Assert.Single(Store.ProtectionKeys.All());
    }

    [Fact]
    public async Task What_must_outlive_a_power_cut_is_on_the_disk_when_it_returns()
    {
        using TemporaryFolder folder = new();
        using SqliteDatabase database = SqliteDatabase.Open(folder.File("hub.db"), Clock);
        SqliteStore store = new(database);
        UserRow user = (await store.Users.AddAsync("ada", Users.AdminRole, null, "s", Token))!;
        ApiTokenRow token = await store.ApiTokens.AddAsync("t", "h", [], "ada", null, Token);
        Func<Task>[] writes =
        [
            () => store.Users.SaveAsync(user, Token), () => store.ApiTokens.DeleteAsync(token.Id, Token), () => store.AuditLog.WriteAsync("ada", "x", null, null, Token),
            () => store.Credentials.SaveAsync("crm", "key", "c", Token), () => store.Inbox.AcceptAsync("crm", "1", "{}", default, Token),
        ];
        foreach (Func<Task> write in writes)
        {
            await store.ScheduleStates.FiredAsync("daily", Clock.Now, Token);
            Assert.Equal(1, database.Writer!.Number("PRAGMA synchronous"));
            await write();
            Assert.Equal(2, database.Writer.Number("PRAGMA synchronous"));
        }
    }
}
