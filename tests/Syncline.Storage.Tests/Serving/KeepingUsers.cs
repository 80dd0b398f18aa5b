using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class KeepingUsers : ServingTables
{
    private Users Users => Store.Users;

    [Fact]
    public async Task A_new_user_is_found_by_id_and_by_name_in_any_case()
    {
        UserRow added = await AddAsync("Änne");
        Assert.Equal(new(added.Id, "Änne", "admin", "hash", "stamp", 0, null, Clock.Now, null, null), added);
        Assert.Equal(added, await Users.FindAsync(added.Id, Token));
        Assert.Equal(added, await Users.FindByNameAsync("äNNE", Token));
        Assert.Null(await Users.FindByNameAsync("Anne", Token));
        Assert.Null(await Users.FindAsync(added.Id + 1, Token));
    }

    [Fact]
    public async Task A_name_is_taken_in_any_case_and_in_any_encoding_of_its_accents()
    {
        await AddAsync("Änne");
        Assert.Null(await Users.AddAsync("äNNE", "viewer", null, "s", Token));
        Assert.Null(await Users.AddAsync("A\u0308nne", "viewer", null, "s", Token));
        Assert.Equal(1, await Users.CountAsync(Token));
    }

    [Fact]
    public async Task Saving_keeps_all_but_the_time_of_creation()
    {
        UserRow added = await AddAsync("ada");
        UserRow changed = added with
        {
            Name = "Ada", PasswordHash = null, SecurityStamp = "other", FailedSignIns = 3, LockedUntil = Clock.Now.AddMinutes(5), SignedInAt = Clock.Now.AddHours(-1), Language = "de",
        };
        Assert.True(await Users.SaveAsync(changed with { CreatedAt = default }, Token));
        Assert.Equal(changed, await Users.FindAsync(added.Id, Token));
    }

    [Fact]
    public async Task A_rename_to_a_name_that_is_taken_changes_nothing()
    {
        await AddAsync("ada");
        UserRow other = await AddAsync("grace");
        Assert.False(await Users.SaveAsync(other with { Name = "ADA", Language = "de" }, Token));
        Assert.Equal(other, await Users.FindAsync(other.Id, Token));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        UserRow admin = await AddAsync("ada"), viewer = await AddAsync("vera", "viewer");
        Assert.False(await Users.DeleteAsync(admin.Id, Token));
        Assert.False(await Users.SaveAsync(admin with { Role = "viewer" }, Token));
        Assert.Equal(admin, await Users.FindAsync(admin.Id, Token));
        Assert.True(await Users.SaveAsync(viewer with { Role = "admin" }, Token));
        Assert.True(await Users.DeleteAsync(admin.Id, Token));
        Assert.Equal(["vera"], (await Users.ListAsync(Token)).Select(u => u.Name));
    }

    [Fact]
    public async Task Who_is_no_administrator_can_be_changed_and_deleted()
    {
        await AddAsync("ada");
        UserRow viewer = await AddAsync("vera", "viewer");
        Assert.True(await Users.SaveAsync(viewer with { Language = "fr" }, Token));
        Assert.True(await Users.DeleteAsync(viewer.Id, Token));
        Assert.False(await Users.DeleteAsync(viewer.Id, Token));
        Assert.False(await Users.SaveAsync(viewer, Token));
    }

    [Fact]
    public async Task Administrators_who_delete_each_other_at_once_leave_one()
    {
        UserRow[] admins = [await AddAsync("a"), await AddAsync("b"), await AddAsync("c"), await AddAsync("d")];
        bool[] deleted = new bool[admins.Length];
        await Parallel.ForAsync(0, admins.Length, Token, async (i, token) => deleted[i] = i % 2 == 0 ? await Users.DeleteAsync(admins[i].Id, token) : await Users.SaveAsync(admins[i] with { Role = "viewer" }, token));
        Assert.Equal(3, deleted.Count(d => d));
        Assert.Single(await Users.ListAsync(Token), u => u.Role == Users.AdminRole);
    }

    [Fact]
    public async Task Of_many_who_take_a_name_at_once_one_has_it()
    {
        UserRow?[] added = new UserRow?[16];
        await Parallel.ForAsync(0, added.Length, Token, async (i, token) => added[i] = await Users.AddAsync(i % 2 == 0 ? "ada" : "ADA", "viewer", null, "s", token));
        Assert.Single(added, u => u is not null);
    }

    [Fact]
    public async Task The_id_of_a_deleted_user_is_not_given_again()
    {
        await AddAsync("ada");
        UserRow deleted = await AddAsync("vera");
        await Users.DeleteAsync(deleted.Id, Token);
        Assert.True((await AddAsync("nell")).Id > deleted.Id);
    }

    [Fact]
    public async Task A_user_as_text_has_neither_hash_nor_stamp() => Assert.Equal("user 1 (admin)", (await AddAsync("ada")).ToString());

    private async Task<UserRow> AddAsync(string name, string role = Users.AdminRole) => (await Users.AddAsync(name, role, "hash", "stamp", Token))!;
}
