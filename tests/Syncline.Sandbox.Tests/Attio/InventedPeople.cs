using Syncline.Sandbox.Attio;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class InventedPeople
{
    [Fact]
    public void Nine_in_ten_have_a_number_and_no_two_the_same()
    {
        AttioSimulator attio = Of(5_000, seed: 3);
        IReadOnlyList<AttioRecordView> people = attio.Records("people");
        string[] numbers = [.. people.SelectMany(p => p.Texts("phone_numbers"))];
        Assert.Equal((5_000, 4_500), (people.Count, numbers.Distinct().Count()));
        Assert.All(numbers, n => Assert.Matches("^\\+1[2-9][0-9]{2}5550?1[0-9]{2}$", n));
        Assert.All(people, p => Assert.NotNull(p.Text("company")));
    }

    [Fact]
    public void The_same_seed_invents_the_same_people()
    {
        Assert.Equal(Titles(Of(30, seed: 3)), Titles(Of(30, seed: 3)));
        Assert.NotEqual(Titles(Of(30, seed: 3)), Titles(Of(30, seed: 4)));
    }

    private static AttioSimulator Of(int count, int seed) => AttioPeople.Populate(new(new(), TimeProvider.System), count, seed);

    private static string?[] Titles(AttioSimulator attio) => [.. attio.Records("people").Select(p => p.Text("job_title"))];
}
