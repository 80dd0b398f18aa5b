namespace Syncline.Sandbox.HeyReach;

/// <summary>Fills a workspace with invented senders, campaigns, lists, leads and threads: same seed, same clock, same world.</summary>
internal sealed class WorldInvention(Workspace workspace, Phrasebook words, Random random, DateTimeOffset now)
{
    /// <summary>Campaign ids count up from here.</summary>
    public const int FirstCampaign = 3_001;

    private static readonly string[] CampaignStatuses = ["IN_PROGRESS", "PAUSED", "FINISHED", "DRAFT"];
    private static readonly string[] TagNames = ["VIP", "Nurture", "Follow up", "Événement"];

    private readonly PeopleInvention _people = new(words, random);
    private readonly ThreadInvention _threads = new(words, random);

    public void Populate(HeyReachWorld world)
    {
        InventTags();
        InventSenders(world.Senders);
        InventLists(world.Lists);
        InventCampaigns(world.Campaigns);
        List<Conversation> threads = new(world.People);
        string[] tags = [.. workspace.Tags.Keys];
        for (int index = 0; index < world.People; index++) InventPerson(world, tags, threads);
        workspace.Inbox.AddRange(threads);
    }

    private void InventPerson(HeyReachWorld world, string[] tags, List<Conversation> threads)
    {
        Lead lead = _people.Invent(workspace.Leads.All.Count + 1, world, tags);
        workspace.Leads.Add(lead);
        HeyReachSender sender = random.Pick(workspace.Senders);
        Conversation thread = _threads.Invent(lead, sender, Enroll(lead, sender, world), world, now);
        threads.Add(thread);
        if (workspace.Senders.Count > 1 && random.Hits(world.TwoSenders))
        {
            threads.Add(_threads.Invent(lead, Other(sender), campaignId: null, world, now));
        }
        Follow(lead, thread);
    }

    // Every lead came from a list; four in five were put in a campaign.
    private int? Enroll(Lead lead, HeyReachSender sender, HeyReachWorld world)
    {
        if (workspace.Lists.Count > 0) random.Pick(workspace.Lists).Leads.Add(lead);
        if (workspace.Campaigns.Count == 0 || random.Hits(0.2)) return null;
        int first = random.Next(workspace.Campaigns.Count);
        bool second = workspace.Campaigns.Count > 1 && random.Hits(world.TwoCampaigns);
        lead.Campaigns = [.. Enumerable.Range(0, second ? 2 : 1).Select(step => Row(lead, sender, step, workspace.Campaigns[(first + step) % workspace.Campaigns.Count]))];
        return workspace.Campaigns[first].Id;
    }

    /// <summary>The id of a lead's way through its first campaign, step 0, or its second.</summary>
    public static int RowId(Lead lead, int step) => 900_000 + (lead.Number * 2) + step;

    private CampaignLead Row(Lead lead, HeyReachSender sender, int step, Campaign campaign) =>
        new(RowId(lead, step), lead, campaign, sender, now, null, false);

    // The queue rows are dated by the thread, which is invented after them.
    private static void Follow(Lead lead, Conversation thread)
    {
        lead.Campaigns = Array.ConvertAll(lead.Campaigns, row => row with
        {
            CreatedAt = thread.Messages[0].CreatedAt.AddHours(-6).AddMicroseconds(lead.Number % 1_000_000),
            LastActionAt = thread.LastMessageAt.AddMicroseconds(lead.Number % 1000),
            Replied = thread.Messages.Any(m => m.Sender == HeyReachSide.Correspondent),
        });
        foreach (CampaignLead row in lead.Campaigns) row.Campaign.Leads.Add(row);
    }

    private HeyReachSender Other(HeyReachSender than)
    {
        int index = workspace.Senders.IndexOf(than);
        return workspace.Senders[(index + 1) % workspace.Senders.Count];
    }

    private void InventTags()
    {
        string[] colors = ["Blue", "Green", "Purple", "Orange"];
        for (int index = 0; index < TagNames.Length; index++) workspace.Tags.TryAdd(TagNames[index], colors[index]);
    }

    // Sixteen in 177 senders had a member URN for a slug, and names of our own accounts may be missing as well.
    private void InventSenders(int count)
    {
        for (int index = workspace.Senders.Count; index < count; index++)
        {
            NamePart first = random.Pick(words.FirstNames), last = random.Pick(words.LastNames);
            string slug = index % 4 == 3 ? Lead.MemberUrnOf(-1 - index) : $"{first.Slug}-{last.Slug}";
            workspace.Senders.Add(new(40_001 + (index * 13), $"sender{index + 1}@example.com", first.Name, last.Name, "https://www.linkedin.com/in/" + slug));
        }
    }

    private void InventLists(int count)
    {
        for (int index = workspace.Lists.Count; index < count; index++)
        {
            workspace.Lists.Add(new(7_001 + index, $"{random.Pick(words.Positions)} list", now.AddDays(-200 + index).AddTicks(1_234_567 + index)));
        }
    }

    private void InventCampaigns(int count)
    {
        for (int index = workspace.Campaigns.Count; index < count; index++)
        {
            LeadList? list = workspace.Lists.Count > 0 ? random.Pick(workspace.Lists) : null;
            string name = $"{random.Pick(words.Companies)} outreach";
            int[] senders = [.. workspace.Senders.Where((_, i) => (i + index) % 2 == 0).Select(s => s.Id)];
            string status = CampaignStatuses[index % CampaignStatuses.Length];
            DateTimeOffset created = now.AddDays(-190 + index).AddMicroseconds(123_456 + index);
            Campaign campaign = new(FirstCampaign + index, name, status, created, senders, list?.Id ?? 0);
            list?.CampaignIds.Add(campaign.Id);
            workspace.Campaigns.Add(campaign);
        }
    }
}
