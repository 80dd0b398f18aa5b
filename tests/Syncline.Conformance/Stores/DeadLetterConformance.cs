using Syncline.Loading;
using Syncline.Merging;

namespace Syncline.Conformance.Stores;

/// <summary>What the engine relies on in dead letters: one a subject, none lost, none retried too early.</summary>
public abstract class DeadLetterConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public async Task A_letter_comes_back_whole()
    {
        DeadLetter letter = Samples.Letter("person/42") with { Attempts = 3, RetryAt = Samples.Noon.AddHours(1) };
        DeadLetter bare = Samples.Letter("line 7") with { GoldenId = null, At = Samples.Noon.AddMinutes(-1) };
        await SaveAsync(new() { DeadLetters = { letter, bare } });
        Reopen();
        Assert.Equal([letter, bare], await Store.Journal.DeadLettersAsync("daily", skipped: false, 10, Token));
    }

    [Fact]
    public async Task A_letter_without_a_time_gets_that_of_its_saving()
    {
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a") with { At = default } } });
        Assert.Equal(Clock.Now, Assert.Single(await Store.Journal.DeadLettersAsync(null, skipped: false, 10, Token)).At);
    }

    [Fact]
    public async Task The_same_code_again_is_one_more_attempt_with_the_new_reason()
    {
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a") } });
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a") with { Reason = "Still not one.", RunId = 6 } } });
        DeadLetter letter = Assert.Single(await Store.Journal.DeadLettersAsync("daily", skipped: false, 10, Token));
        Assert.Equal((2, "Still not one.", 6), (letter.Attempts, letter.Reason, letter.RunId));
    }

    [Fact]
    public async Task Each_attempt_doubles_the_wait_until_only_a_person_can_try_again()
    {
        List<TimeSpan?> waits = [];
        for (int i = 0; i < 9; i++)
        {
            DeadLetter failed = Samples.Letter("person/42") with { GoldenId = 42, At = Samples.Noon, RetryAt = Samples.Noon.AddMinutes(15) };
            await SaveAsync(new() { DeadLetters = { failed } });
            waits.Add((await Store.Journal.FindDeadLetterAsync(failed.Key, Token))!.RetryAt - Samples.Noon);
        }
        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 1920, null], waits.Select(w => w?.TotalMinutes));
    }

    [Fact]
    public async Task What_is_tried_with_every_run_stays_so()
    {
        DeadLetter waiting = Samples.Letter("person/42") with { GoldenId = 42, At = Samples.Noon, RetryAt = Samples.Noon };
        for (int i = 0; i < 12; i++) await SaveAsync(new() { DeadLetters = { waiting } });
        Assert.Equal(Samples.Noon, (await Store.Journal.FindDeadLetterAsync(waiting.Key, Token))!.RetryAt);
        Assert.Null(await Store.Journal.FindDeadLetterAsync(waiting.Key with { Subject = "person/43" }, Token));
    }

    [Fact]
    public async Task A_letter_about_no_record_keeps_the_wait_it_was_given()
    {
        DeadLetter held = Samples.Letter("explorium") with { GoldenId = null, At = Samples.Noon, RetryAt = Samples.Noon.AddDays(10) };
        for (int i = 0; i < 3; i++) await SaveAsync(new() { DeadLetters = { held } });
        Assert.Equal(Samples.Noon.AddDays(10), (await Store.Journal.FindDeadLetterAsync(held.Key, Token))!.RetryAt);
    }

    [Fact]
    public async Task Another_code_begins_anew()
    {
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a") with { Attempts = 4 } } });
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a", "too-long") } });
        DeadLetter letter = Assert.Single(await Store.Journal.DeadLettersAsync("daily", skipped: false, 10, Token));
        Assert.Equal((1, "too-long"), (letter.Attempts, letter.Code));
    }

    [Fact]
    public async Task A_settled_letter_is_gone_and_others_stay()
    {
        await SaveAsync(new() { DeadLetters = { Samples.Letter("a"), Samples.Letter("b"), Samples.Letter("a", sync: "weekly"), Samples.Letter("a", connection: "other") } });
        await SaveAsync(new() { Settled = { Samples.Letter("a").Key } });
        Assert.Equal((2L, 1L), (await Store.Journal.CountDeadLettersAsync("daily", Token), await Store.Journal.CountDeadLettersAsync("weekly", Token)));
        Assert.DoesNotContain(await Store.Journal.DeadLettersAsync(null, skipped: false, 10, Token), l => l.Key == Samples.Letter("a").Key);
    }

    [Fact]
    public async Task A_stream_read_anew_settles_what_it_rejected_and_nothing_else()
    {
        DeadLetter rejected = Samples.Letter("daily_1/people/line 7") with { GoldenId = null, Key = new("daily", "daily_1", "daily_1/people/line 7") };
        DeadLetter[] others =
        [
            rejected with { GoldenId = 4, Key = rejected.Key with { Subject = "daily_1/people/8" } },
            rejected with { Key = rejected.Key with { Subject = "daily_1/people_of_old/line 7" } },
            rejected with { Key = rejected.Key with { Sync = "weekly" } },
        ];
        await SaveAllAsync([rejected, .. others]);
        DeadLetter anew = rejected with { Key = rejected.Key with { Subject = "daily_1/people/line 9" } };
        await SaveAsync(new() { Reread = { ("daily", new("daily_1", "people")) }, DeadLetters = { anew } });
        Assert.Equal([.. others.Append(anew).Select(o => o.Key).OrderBy(k => k.ToString())], (await Store.Journal.DeadLettersAsync(null, skipped: false, 10, Token)).Select(l => l.Key).OrderBy(k => k.ToString()));
    }

    [Fact]
    public async Task Letters_are_listed_newest_first_up_to_a_number()
    {
        DeadLetter[] letters = [.. Enumerable.Range(0, 5).Select(i => Samples.Letter($"{i}", sync: i == 4 ? "weekly" : "daily") with { At = Samples.Noon.AddMinutes(i) })];
        await SaveAllAsync(letters);
        Assert.Equal(["4", "3"], (await Store.Journal.DeadLettersAsync(null, skipped: false, 2, Token)).Select(l => l.Key.Subject));
        Assert.Equal(["3", "2"], (await Store.Journal.DeadLettersAsync("daily", skipped: false, 2, Token)).Select(l => l.Key.Subject));
    }

    [Fact]
    public async Task What_was_left_out_by_rule_hides_no_failure_and_is_listed_by_itself()
    {
        DeadLetter failed = Samples.Letter("failed");
        DeadLetter[] skips = [.. Enumerable.Range(1, 5).Select(i => Samples.Letter($"{i}") with { Stage = DeadLetter.SkippedStage, At = Samples.Noon.AddMinutes(i) })];
        await SaveAllAsync([failed, .. skips]);
        Assert.Equal([failed], await Store.Journal.DeadLettersAsync("daily", skipped: false, 3, Token));
        Assert.Equal(["5", "4", "3"], (await Store.Journal.DeadLettersAsync(null, skipped: true, 3, Token)).Select(l => l.Key.Subject));
    }

    [Fact]
    public async Task Due_are_those_with_a_golden_record_whose_time_has_come()
    {
        DeadLetter[] letters =
        [
            Samples.Letter("due") with { RetryAt = Samples.Noon },
            Samples.Letter("overdue") with { RetryAt = Samples.Noon.AddHours(-1), At = Samples.Noon.AddHours(-2) },
            Samples.Letter("later") with { RetryAt = Samples.Noon.AddTicks(1) },
            Samples.Letter("for a person") with { RetryAt = null },
            Samples.Letter("never merged") with { RetryAt = Samples.Noon, GoldenId = null },
            Samples.Letter("elsewhere", connection: "other") with { RetryAt = Samples.Noon },
            Samples.Letter("of another", sync: "weekly") with { RetryAt = Samples.Noon },
        ];
        await SaveAllAsync(letters);
        Assert.Equal(["overdue", "due"], await DueAsync(force: false, take: 10));
        Assert.Equal(["overdue"], await DueAsync(force: false, take: 1));
        Assert.Equal(["overdue", "due", "later", "for a person"], await DueAsync(force: true, take: 10));
    }

    private async Task<IEnumerable<string>> DueAsync(bool force, int take) =>
        (await Store.Journal.DueAsync("daily", "acme", Samples.Noon, force, take, Token)).Select(l => l.Key.Subject);

    private Task SaveAllAsync(DeadLetter[] letters)
    {
        HubChanges changes = new();
        changes.DeadLetters.AddRange(letters);
        return SaveAsync(changes);
    }
}
