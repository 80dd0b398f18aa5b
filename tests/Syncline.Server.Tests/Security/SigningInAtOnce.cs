using System.Net;
using System.Net.Http;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Server.Security;
using Syncline.Server.Settings;
using Syncline.Server.Tests.Served;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Security;

public sealed partial class SigningInAtOnce
{
    private const string Password = "correct horse battery staple", Other = "a new battery for an old horse";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_passwords_that_come_together_are_all_counted()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await AddAsync(served);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(served, "not this one")));
        Assert.Equal(4, (await served.Store.Users.FindByNameAsync("vera", Token))!.FailedSignIns);
        Assert.Contains("wrong=locked", await TryAsync(served, "not this one"), StringComparison.Ordinal);
        Assert.Contains("wrong=locked", await TryAsync(served, Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_changed_meanwhile_stays_changed()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await AddAsync(served);
        await using AsyncServiceScope scope = served.Server.Services.CreateAsyncScope();
        People people = scope.ServiceProvider.GetRequiredService<People>();
        Task<IdentityResult>? change = null;
        await served.Server.Services.GetRequiredService<AccountGate>().PassAsync(AttemptAsync, Token);
        Assert.True((await change!).Succeeded);
        Assert.Equal("/", await TryAsync(served, Other));
        UserRow vera = (await served.Store.Users.FindByNameAsync("vera", Token))!;
        Assert.Equal((0, true), (vera.FailedSignIns, vera.SignedInAt is not null));

        async Task<bool> AttemptAsync()
        {
            UserRow read = (await served.Store.Users.FindByNameAsync("vera", Token))!;
            change = people.SetPasswordAsync("vera", Other, "vera", Token);
            return await served.Store.Users.SaveAsync(read with { FailedSignIns = 1 }, Token);
        }
    }

    [Fact]
    public async Task A_page_that_stays_open_outlasts_neither_its_users_password_nor_the_user()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await using AsyncServiceScope scope = served.Server.Services.CreateAsyncScope();
        OpenPages pages = Assert.IsType<OpenPages>(scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>());
        People people = scope.ServiceProvider.GetRequiredService<People>();
        long id = await AddAsync(served);

        ClaimsPrincipal before = await VeraAsync();
        Assert.True(await pages.MayStayAsync(before, Token));
        await people.SetPasswordAsync("vera", Other, "vera", Token);
        Assert.False(await pages.MayStayAsync(before, Token));

        ClaimsPrincipal after = await VeraAsync();
        Assert.True(await pages.MayStayAsync(after, Token));
        await people.DeleteUserAsync(id, "owner", Token);
        Assert.False(await pages.MayStayAsync(after, Token));

        async Task<ClaimsPrincipal> VeraAsync() => await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(new((await served.Store.Users.FindAsync(id, Token))!));
    }

    [Fact]
    public async Task Many_addresses_of_one_network_try_no_more_often_than_one()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, IsBehindProxy = true });
        HttpClient nobody = await served.ClientAsync(null);
        for (int i = 1; i <= 10; i++) Assert.Equal(HttpStatusCode.Redirect, await FromAsync($"2001:db8:1:2::{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync("2001:db8:1:2:ffff::1"));
        Assert.Equal(HttpStatusCode.Redirect, await FromAsync("2001:db8:1:3::1"));

        async Task<HttpStatusCode> FromAsync(string address)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "sign-in/link?code=guessed") { Headers = { { "X-Forwarded-For", address } } };
            using HttpResponseMessage answer = await nobody.SendAsync(request, Token);
            return answer.StatusCode;
        }
    }

    private static async Task<long> AddAsync(ServedFolder served)
    {
        await using AsyncServiceScope scope = served.Server.Services.CreateAsyncScope();
        (Account? added, _) = await scope.ServiceProvider.GetRequiredService<People>().AddUserAsync("vera", Roles.Viewer, Password, "owner", Token);
        return added!.Id;
    }

    /// <returns>Where the browser is sent.</returns>
    private static async Task<string> TryAsync(ServedFolder served, string password)
    {
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = served.Address };
        string page = await browser.GetStringAsync("sign-in", Token);
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["__RequestVerificationToken"] = FormToken().Match(page).Groups[1].Value, ["name"] = "vera", ["password"] = password });
        using HttpResponseMessage answer = await browser.PostAsync("sign-in/password", form, Token);
        return answer.Headers.Location!.ToString();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
