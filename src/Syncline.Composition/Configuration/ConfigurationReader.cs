using Syncline.Connectors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>Reads <c>syncline.yaml</c>, or what the environment says in its place.</summary>
internal sealed class ConfigurationReader(IReadOnlyList<IProvider> providers, Variables variables)
{
    public const string FileName = "syncline.yaml";

    private static readonly TimeSpan ShortestAudit = TimeSpan.FromHours(1);

    /// <param name="file">Null when there is none.</param>
    /// <param name="text">In the place of what the file holds.</param>
    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public SynclineConfiguration Read(string folder, string? file, string? text = null)
    {
        Problems problems = new();
        LegacyEnvironment legacy = new(variables, problems);
        SynclineConfiguration read = file is null ? legacy.Invent(folder) : Parse(folder, file, text, problems);
        SynclineConfiguration whole = legacy.LayOver(read, providers) with { Defaults = legacy.Defaults };
        if (!problems.Errors.Any()) new ConnectionCheck(folder, providers, variables, problems).Check(whole);
        if (problems.Errors.Any()) throw new ConfigurationException(file, [.. problems.Errors], "Correct the configuration; docs/configuration.md lists every key.");
        return whole with { Warnings = [.. problems.Warnings] };
    }

    private SynclineConfiguration Parse(string folder, string file, string? text, Problems problems)
    {
        if (Root(file, text, problems) is not { } root) return new(folder, file);
        root.AllowOnly([.. Keys.Root.Select(k => k.Name)]);
        IReadOnlyList<ConnectionConfiguration> connections = Named(root, "connections") is { } c ? new ConnectionReader(providers, problems).Read(c) : [];
        // A connection that is named but broken is known by name all the same: one mistake, one message.
        string[] names = [.. (root.Find("connections") as YamlMappingNode)?.Children.Keys.Select(YamlSection.TextOf).OfType<string>() ?? []];
        SyncReader syncs = new(names, problems);
        return new(folder, file)
        {
            Connections = connections,
            Syncs = Named(root, "syncs") is { } s ? syncs.Read(s) : [],
            Maps = Named(root, "maps") is { } m ? new MapReader(names, syncs, problems).Read(m) : [],
            Enrichment = Named(root, "enrichment") is { } e ? new EnrichmentReader(names, problems).Read(e) : new(),
            Alert = Alert(Named(root, "alert")),
            Log = Log(Named(root, "log")),
        };
    }

    private static YamlSection? Root(string file, string? text, Problems problems)
    {
        YamlStream stream = [];
        try
        {
            using TextReader reader = text is null ? new StreamReader(file) : new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException broken)
        {
            problems.Error(new(broken.Start.Line, broken.Start.Column), $"This is no YAML: {broken.Message}");
            return null;
        }
        if (stream.Documents.Count > 0) return YamlSection.Of("The configuration", stream.Documents[0].RootNode, problems);
        problems.Error(null, "The file is empty.");
        return null;
    }

    private static YamlSection? Named(YamlSection root, string key) =>
        root.Find(key) is { } node && !YamlSection.IsNull(node) ? YamlSection.Of(key, node, root.Problems) : null;

    private static AlertConfiguration Alert(YamlSection? section)
    {
        section?.AllowOnly([.. Keys.Alert.Select(k => k.Name)]);
        return section is null ? new(null, null) : new(section.Text("command"), section.Text("webhook"))
        {
            Slack = section.Text("slack"),
            Mail = Mail(section.Section("mail")),
            StaleAfter = Durations.Read(section, "stale_after"),
            FailureRate = Shares.Read(section, "failure_rate"),
            CountDrift = Shares.Read(section, "count_drift"),
            AuditEvery = AuditEvery(section) ?? TimeSpan.FromDays(1),
        };
    }

    private static TimeSpan? AuditEvery(YamlSection section)
    {
        if (section.Text("audit_every") is not null && section.Text("count_drift") is null) section.Wrong("audit_every", "needs count_drift beside it: without, nothing is compared");
        TimeSpan? every = Durations.Read(section, "audit_every");
        if (every < ShortestAudit) section.Wrong("audit_every", "is too short: everything is read whole each time. Give an hour at least");
        return every;
    }

    private static MailConfiguration? Mail(YamlSection? section)
    {
        if (section is null) return null;
        section.AllowOnly([.. Keys.Mail]);
        foreach (string key in Keys.Mail.Take(3).Where(k => section.Text(k) is null)) section.Problems.Error(null, $"{section.Name} has no {key}.");
        return new(section.Text("to") ?? "", section.Text("from") ?? "", section.Text("host") ?? "", section.Number("port", 1, 65_535) ?? 587) { User = section.Text("user"), Password = section.Text("password") };
    }

    private static LogConfiguration Log(YamlSection? section)
    {
        section?.AllowOnly([.. Keys.Log.Select(k => k.Name)]);
        return new(section?.Text("file")) { Keep = section?.Number("keep", 1, 100) ?? 5, MaxBytes = (section?.Number("max_mb", 1, 1000) ?? 5) * 1_000_000L };
    }
}
