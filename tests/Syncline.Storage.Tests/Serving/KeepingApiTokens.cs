using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class KeepingApiTokens : ServingTables
{
    private ApiTokens Tokens => Store.ApiTokens;

    [Fact]
    public async Task A_token_is_found_by_its_hash_with_all_it_has()
    {
        ApiTokenRow added = await Tokens.AddAsync("deploy", "h1", ["syncs:read", "syncs:run"], "ada", Clock.Now.AddDays(30), Token);
        Assert.Equal(["syncs:read", "syncs:run"], added.Scopes);
        Assert.Equal(("deploy", "h1", "ada", Clock.Now, (DateTimeOffset?)Clock.Now.AddDays(30), null), (added.Name, added.Hash, added.CreatedBy, added.CreatedAt, added.ExpiresAt, added.UsedAt));
        ApiTokenRow found = (await Tokens.FindByHashAsync("h1", Token))!;
        Assert.Equal(added with { Scopes = found.Scopes }, found);
        Assert.Equal(added.Scopes, found.Scopes);
        Assert.Null(await Tokens.FindByHashAsync("H1", Token));
    }

    [Fact]
    public async Task A_listing_has_the_newest_first_and_not_the_deleted()
    {
        ApiTokenRow first = await AddAsync("1"), second = await AddAsync("2");
        await AddAsync("3");
        Assert.True(await Tokens.DeleteAsync(second.Id, Token));
        Assert.False(await Tokens.DeleteAsync(second.Id, Token));
        Assert.Equal(["3", "1"], (await Tokens.ListAsync(Token)).Select(t => t.Name));
        Assert.Null(await Tokens.FindByHashAsync("hash2", Token));
        Assert.Null(first.ExpiresAt);
    }

    [Fact]
    public async Task A_use_is_written_once_a_minute()
    {
        ApiTokenRow token = await AddAsync("1");
        Assert.True(await Tokens.TouchAsync(token.Id, Clock.Now, Token));
        Assert.False(await Tokens.TouchAsync(token.Id, Clock.Now.AddSeconds(59), Token));
        Assert.Equal(Clock.Now, (await Tokens.FindByHashAsync("hash1", Token))!.UsedAt);
        Assert.True(await Tokens.TouchAsync(token.Id, Clock.Now.AddSeconds(60), Token));
        Assert.Equal(Clock.Now.AddSeconds(60), (await Tokens.FindByHashAsync("hash1", Token))!.UsedAt);
        Assert.False(await Tokens.TouchAsync(99, Clock.Now, Token));
    }

    [Fact]
    public async Task A_use_that_is_not_written_waits_for_nobody()
    {
        ApiTokenRow token = await AddAsync("1");
        await Tokens.TouchAsync(token.Id, Clock.Now, Token);
        await using WriteTransaction other = await Database.BeginAsync(Token);
        Assert.True(Tokens.TouchAsync(token.Id, Clock.Now, Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_same_hash_twice_is_refused()
    {
        await AddAsync("1");
        Assert.Equal(StorageProblem.Refused, (await Assert.ThrowsAsync<StorageException>(() => AddAsync("1"))).Problem);
    }

    [Fact]
    public async Task A_token_as_text_has_no_hash() => Assert.DoesNotContain("hash1", (await AddAsync("1")).ToString(), StringComparison.Ordinal);

    private Task<ApiTokenRow> AddAsync(string name) => Tokens.AddAsync(name, "hash" + name, [], "ada", null, Token);
}
