using System.Text;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>What usual headings mean, by letters and digits alone: "E-mail", "email" and "EMAIL" are one.</summary>
internal static class CsvHeadings
{
    /// <summary>Begins what a row says about its company, or about its person, instead of itself.</summary>
    public const string OfCompany = "company/", OfPerson = "person/";

    /// <summary>In a file of people or deals: no field of theirs, but one of the company's, or of the person's.</summary>
    public const string CompanyName = OfCompany + "name", CompanyDomain = OfCompany + "domain", PersonEmail = OfPerson + "email";

    private static readonly Dictionary<string, string> Person = Table(
        ("first_name", "firstname givenname forename"),
        ("last_name", "lastname surname familyname"),
        ("full_name", "fullname name contactname contact personname"),
        ("job_title", "jobtitle title position jobposition role"),
        ("headline", "headline"),
        ("company_name", "companyname company organization organisation organizationname employer account accountname"),
        (CompanyDomain, "companydomain companydomainname companywebsite companyurl"),
        ("email", "email emailaddress mail workemail businessemail primaryemail emailaddresses"),
        ("phone", "phone phonenumber telephone tel mobile mobilephone mobilephonenumber cell workphone businessphone officephone phonenumbers"),
        ("linkedin", "linkedin linkedinurl linkedinprofile linkedinprofileurl personlinkedinurl linkedinslug"),
        ("address", "address streetaddress mailingaddress postaladdress street"),
        ("location", "location"),
        ("country", "country countryregion"),
        ("state", "state stateregion province"),
        ("birth_date", "birthdate dateofbirth birthday dob"),
        ("lead_source", "leadsource"),
        ("tags", "tags labels"),
        ("owner_email", "owneremail contactowneremail"));

    private static readonly Dictionary<string, string> Company = Table(
        ("name", "companyname name company security organization organisation organizationname account accountname"),
        ("domain", "domain domains website websiteurl companydomain companydomainname companywebsite url homepage"),
        ("ticker", "symbol ticker tickersymbol"),
        ("linkedin", "linkedin linkedinurl linkedincompanypage companylinkedinurl companylinkedin"),
        ("industry", "industry sector gicssector"),
        ("sub_industry", "subindustry gicssubindustry"),
        ("location", "location headquarters headquarterslocation hq"),
        ("address", "address streetaddress street"),
        ("phone", "phone phonenumber companyphone telephone"),
        ("founded", "founded yearfounded foundingyear"),
        ("employees", "employees numberofemployees employeecount headcount"));

    private static readonly Dictionary<string, string> Deal = Table(
        ("name", "dealname name opportunityname deal opportunity"),
        ("stage", "dealstage stage opportunitystage"),
        ("pipeline", "pipeline dealpipeline"),
        ("amount", "amount dealamount value dealvalue"),
        ("currency", "currency currencycode dealcurrency dealcurrencycode"),
        ("close_date", "closedate expectedclosedate closingdate"),
        ("owner_email", "owneremail dealowneremail"),
        (CompanyName, "companyname company organization organisation account accountname"),
        (CompanyDomain, "companydomain companydomainname companywebsite domain website"),
        (PersonEmail, "contactemail personemail email emailaddress"));

    /// <summary>Headings that only a file about deals has.</summary>
    private static readonly string[] DealOnly = ["dealname", "opportunityname", "dealstage", "opportunitystage"];

    /// <summary>Headings that only a file about people has.</summary>
    private static readonly HashSet<string> PersonOnly = ["first_name", "last_name", "job_title", "headline", "birth_date", "email"];

    /// <summary>Registers whose numbers mean the same everywhere; strongest first.</summary>
    private static readonly string[] Registers = ["cik", "lei", "duns", "orcid"];

    private static readonly string[] Ids = ["recordid", "id", "externalid"], FurtherIds = ["uuid", "guid"];

    /// <summary>The canonical field, <see cref="CompanyDomain"/> and its like among them, that a heading stands for; null for one of the file's own.</summary>
    public static string? Meaning(RecordKind kind, string heading) => MeaningsOf(kind).GetValueOrDefault(Key(heading));

    /// <summary>Every heading that is understood, by what it stands for.</summary>
    public static IEnumerable<IGrouping<string, string>> Known(RecordKind kind) => MeaningsOf(kind).GroupBy(h => h.Value, h => h.Key);

    /// <summary>What rows under these headings are about; null when the headings do not say.</summary>
    public static RecordKind? GuessKind(IReadOnlyCollection<string> headings)
    {
        if (headings.Any(h => DealOnly.Contains(Key(h))) && !headings.Any(h => Meaning(RecordKind.Person, h) is "first_name" or "last_name")) return RecordKind.Deal;
        HashSet<string> person = [.. headings.Select(h => Meaning(RecordKind.Person, h)).OfType<string>()];
        HashSet<string> company = [.. headings.Select(h => Meaning(RecordKind.Company, h)).OfType<string>()];
        if (person.Overlaps(PersonOnly) || headings.Any(h => Key(h) == "fullname")) return RecordKind.Person;
        if (company.Overlaps(["domain", "ticker", "industry", "employees", "founded"]) || person.Contains("company_name") || headings.Any(h => IsRegister(h) || Key(h) == "security")) return RecordKind.Company;
        return person.Contains("full_name") || person.Contains("linkedin") ? RecordKind.Person : null;
    }

    /// <summary>The column that identifies a row: a register's number before an id of the file's own.</summary>
    public static string? GuessId(RecordKind kind, IReadOnlyCollection<string> headings) =>
        Registers.Concat(Ids).Concat(IdsOf(kind)).Concat(FurtherIds).Select(id => headings.FirstOrDefault(h => Key(h) == id)).OfType<string>().FirstOrDefault();

    /// <summary>The namespace of an id column's values: the register's name, or the connection's, because "7" in two files is two records.</summary>
    public static string Namespace(string heading, string connection) => IsRegister(heading) ? Key(heading) : connection;

    /// <summary>The name of a custom field, <c>Date added</c> as <c>date_added</c>; empty when the heading has no letter or digit.</summary>
    public static string Snake(string heading)
    {
        StringBuilder name = new(heading.Length);
        foreach (char c in heading.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) name.Append(c);
            else if (name.Length > 0 && name[^1] != '_') name.Append('_');
        }
        return name.ToString().TrimEnd('_');
    }

    /// <summary>A company's id identifies no person: many share it.</summary>
    private static string[] IdsOf(RecordKind kind) =>
        kind == RecordKind.Company ? ["companyid", "accountid"] : kind == RecordKind.Deal ? ["dealid", "opportunityid"] : ["contactid", "personid"];

    private static Dictionary<string, string> MeaningsOf(RecordKind kind) => kind == RecordKind.Company ? Company : kind == RecordKind.Deal ? Deal : Person;

    private static bool IsRegister(string heading) => Registers.Contains(Key(heading));

    /// <summary>A heading's letters and digits, in lower case.</summary>
    public static string Key(string heading) => string.Concat(heading.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static Dictionary<string, string> Table(params (string Field, string Headings)[] rows) =>
        rows.SelectMany(r => r.Headings.Split(' '), (r, heading) => (heading, r.Field)).ToDictionary(h => h.heading, h => h.Field, StringComparer.Ordinal);
}
