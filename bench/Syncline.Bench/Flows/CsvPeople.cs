using System.Globalization;

namespace Syncline.Bench.Flows;

/// <summary>An invented CSV file of people.</summary>
internal static class CsvPeople
{
    /// <summary>How many people share a company.</summary>
    public const int PeopleACompany = 5;

    public static async Task<string> WriteAsync(string folder, int rows, bool withCompanies)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{rows}{(withCompanies ? "-of-companies" : "")}.csv"));
        await using StreamWriter csv = new(file);
        await csv.WriteAsync($"First Name,Last Name,Email,Job Title,LinkedIn,City{(withCompanies ? ",Company,Company Domain" : "")}\n");
        for (int i = 0; i < rows; i++)
        {
            await csv.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Given{i},Family{i},person{i}@example.com,Head of {i % 97},https://www.linkedin.com/in/person-{i},City {i % 211}"));
            await csv.WriteAsync(withCompanies ? CompanyOf(i / PeopleACompany) : "\n");
        }
        return file;
    }

    private static string CompanyOf(int number) => string.Create(CultureInfo.InvariantCulture, $",Example {number} Ltd,company{number}.example.com\n");
}
