using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Composition.Logging;
using Syncline.Composition.Workspaces;
using Syncline.Server.Hosting;
using Syncline.Server.Tests.Served;
using Syncline.Server.Webhooks;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Hosting;

public sealed class RequestsUnderAKey
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/api/v1/tokens")]
    [InlineData("POST", "/api/users")]
    [InlineData("POST", "/api/v1/connections")]
    [InlineData("PUT", "/api/v1/connections/attio/credentials/api_key")]
    public async Task What_is_about_a_secret_is_refused_and_not_done(string method, string path)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient admin = await served.ClientAsync("admin");
        using HttpRequestMessage request = new(new(method), path)
        {
            Content = JsonContent.Create(new { name = "zap", role = "viewer", password = "correct horse battery staple", provider = "attio", settings = new { }, value = "secret" }),
            Headers = { { IdempotencyKeys.Header, "once" } },
        };
        HttpResponseMessage answer = await admin.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("without an Idempotency-Key", (string?)(await answer.JsonAsync())["title"], StringComparison.Ordinal);
        Assert.DoesNotContain(await served.Store.ApiTokens.ListAsync(Token), t => t.Name == "zap");
        Assert.Empty(await served.Store.Users.ListAsync(Token));
    }

    [Fact]
    public async Task A_file_larger_than_a_form_is_taken_as_without_a_key()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        // Three megabytes.
        string note = new('n', 3 * 1024), filler = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"p{i}@example.com,{note}\n"));
        client.DefaultRequestHeaders.Add(IdempotencyKeys.Header, "large");
        using StringContent rows = new("email,note\n" + filler, Encoding.UTF8, "text/csv");
        HttpResponseMessage begun = await client.PostAsync("/api/import/csv?name=fair", rows, Token);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);

        client.DefaultRequestHeaders.Remove(IdempotencyKeys.Header);
        client.DefaultRequestHeaders.Add(IdempotencyKeys.Header, "leads");
        using StringContent leads = new("email,note\n" + filler, Encoding.UTF8, "text/csv");
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync("/api/v1/leads/import?preview=true", leads, Token)).StatusCode);
        using StringContent elsewhere = new(filler, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync("/api/v1/leads", elsewhere, Token)).StatusCode);
    }

    [Fact]
    public async Task Who_hangs_up_while_it_is_done_gets_the_answer_when_he_asks_again()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        IdempotencyKeys keys = served.Server.Services.GetRequiredService<IdempotencyKeys>();
        using CancellationTokenSource caller = new();
        DefaultHttpContext hungUp = Request();
        hungUp.RequestAborted = caller.Token;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.InvokeAsync(hungUp, async context =>
        {
            await caller.CancelAsync();
            await context.Response.WriteAsync("done", context.RequestAborted);
        }));
        DefaultHttpContext again = Request();
        await keys.InvokeAsync(again, _ => throw new InvalidOperationException("A second time."));
        Assert.Equal("done", Encoding.UTF8.GetString(((MemoryStream)again.Response.Body).ToArray()));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_is_kept_for_a_day()
    {
        SetClock clock = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("syncline-answers-");
        using (Premises premises = new(new(Catalogue.Providers) { WorkingFolder = folder.FullName, Variable = _ => null, Terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null), Clock = clock }, null, null))
        {
            IdempotentAnswers answers = premises.Store.IdempotentAnswers;
            await BeginAsync("old");
            clock.Now = clock.Now.AddHours(1);
            await BeginAsync("young");
            AuditTrail trail = new(new(Path.Combine(folder.FullName, "syncline.log"), 1000, 1), clock);
            using InboxWorker worker = new(premises, premises.Store, new(), new(), trail);
            clock.Now = clock.Now.AddDays(1);
            await worker.StartAsync(Token);
            while ((await answers.TryBeginAsync("ada", "old", "another", Token)).State == IdempotentState.UsedForAnother) await Task.Yield();
            Assert.Equal(IdempotentState.UsedForAnother, (await answers.TryBeginAsync("ada", "young", "another", Token)).State);
            await worker.StopAsync(Token);

            async Task BeginAsync(string key)
            {
                await answers.TryBeginAsync("ada", key, "digest", Token);
                await answers.FinishAsync("ada", key, 200, null, "done"u8.ToArray(), Token);
            }
        }
        folder.Delete(recursive: true);
    }

    private static DefaultHttpContext Request() => new()
    {
        User = new(new ClaimsIdentity([new(ClaimTypes.Name, "ada")], "test")),
        Request = { Method = "POST", Path = "/api/v1/syncs/daily/runs", Headers = { [IdempotencyKeys.Header] = "once" } },
        Response = { Body = new MemoryStream() },
    };
}
