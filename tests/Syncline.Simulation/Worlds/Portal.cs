using Syncline.Sandbox.HubSpot;

namespace Syncline.Simulation.Worlds;

/// <summary>The HubSpot portal as a scenario has it: its properties, its habits where HubSpot's documents leave them open, how long its index lags.</summary>
internal static class Portal
{
    public const string Token = "sim-hubspot-token", ExternalId = "syncline_id", HookAddress = "https://hooks.example.com/hubspot";

    // Where the portal allows less than its tier: calls in ten seconds.
    private const int LowerLimit = 50;

    private static readonly string[] Enriched = ["pain_points", "personalization_hooks", "enrichment_summary", "data_quality"];

    public static void Furnish(HubSpotSimulator hubspot, Scenario scenario)
    {
        foreach (string name in Enriched) Define(hubspot, "contacts", name);
        Define(hubspot, "companies", "data_quality");
        if (scenario.HasExternalId) foreach (string type in (string[])["contacts", "companies", "deals"]) Define(hubspot, type, ExternalId, isUnique: true);
        HubSpotBehaviour behaviour = hubspot.Behaviour;
        (behaviour.IndexLag, behaviour.IndexJitter) = (scenario.IndexLag, scenario.IndexLag / 2);
        if (scenario.LowerLimit is not null) behaviour.RequestsPerTenSeconds = LowerLimit;
        if (scenario.HasOddHabits) TakeUpHabits(behaviour, new(scenario.Seed * 17));
    }

    private static void TakeUpHabits(HubSpotBehaviour behaviour, Random random)
    {
        behaviour.PartialBatches = random.Next(2) == 0 ? PartialBatch.MultiStatus : PartialBatch.Success;
        behaviour.EqualWritesMoveTime = random.Next(2) == 0;
        behaviour.AssociationsMoveTime = random.Next(2) == 0;
        behaviour.AdditionalEmailsIdentify = random.Next(2) == 0;
        behaviour.TakenEmailStatus = random.Next(2) == 0 ? 409 : 400;
        behaviour.RepeatedDeleteStatus = random.Next(2) == 0 ? 204 : 404;
        behaviour.MergeKeepsPrimaryId = random.Next(2) == 0;
        behaviour.MergedIdsReported = random.Next(2) == 0;
        behaviour.FirstCompanyBecomesPrimary = random.Next(2) == 0;
        behaviour.LonelyIdsReported = random.Next(2) == 0;
        behaviour.RetryAfter = random.Next(2) == 0 ? 2 : null;
    }

    private static void Define(HubSpotSimulator hubspot, string type, string name, bool isUnique = false) =>
        hubspot.App.DefineProperty(type, $$"""{"name":"{{name}}","label":"{{name}}","groupName":"{{(type == "contacts" ? "contactinformation" : type == "companies" ? "companyinformation" : "dealinformation")}}","type":"string","fieldType":"{{(isUnique ? "text" : "textarea")}}","hasUniqueValue":{{(isUnique ? "true" : "false")}}}""");
}
