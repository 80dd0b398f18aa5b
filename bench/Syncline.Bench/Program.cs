using Syncline.Bench.Children;
using Syncline.Bench.Reporting;
using Syncline.Bench.Rows;

if (args is ["--child", .. string[] child]) return await Child.RunAsync(child);

IRow[] rows =
[
    new HundredPeople(), new FiveThousandPeople(), new FiveThousandPeopleInRealTime(), new Contacts(), ContactsInRealTime.Scaled, ContactsInRealTime.AtRealLimits,
    new HubSpotImport(), HubSpotInRealTime.Scaled, HubSpotInRealTime.AtRealLimits, new HubSpotMemory(), new HubSpotRead(), new EnrichWarm(),
    new NothingChanged(), new EngineAlone(), new CsvImport(), new ImportMemory(), new Startup(), new Webhooks(), new Soak(),
];
bool quick = args.Contains("--quick"), isKept = !quick && !args.Contains("--print");
string[] wanted = [.. args.Where(a => a is not ("--quick" or "--print"))];
if (wanted.FirstOrDefault(w => rows.All(r => r.Name != w)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no row '{unknown}'. Rows: {string.Join(", ", rows.Select(r => r.Name))}.");
    return 2;
}

foreach (IRow row in rows.Where(r => wanted.Length == 0 ? !quick || !r.IsLong : wanted.Contains(r.Name)))
{
    await Console.Error.WriteLineAsync($"{row.Name} …");
    Section section = await row.RunAsync(quick);
    Console.WriteLine(section.ToMarkdown());
    // Quick figures are for the eye only, and so are those of a machine that only checks.
    if (isKept) ReportFile.Put(row.Name, section, rows.Select(r => r.Name));
}
return 0;
