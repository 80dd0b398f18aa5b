using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>Replies, edits in the inbox, and people at their CRM.</summary>
internal sealed class LinkedInLife(World world, History history) : ILife
{
    private readonly Random _random = new(world.Scenario.Seed * 7);

    /// <summary>A few people were in Attio before us, their LinkedIn address written as people write it.</summary>
    public void Begin()
    {
        foreach (HeyReachLead lead in world.HeyReach.Leads.Where(l => l.ProfileUrl.Contains("/in/", StringComparison.Ordinal) && l.LinkedInId is { Length: > 0 }))
        {
            if (_random.Next(5) != 0) continue;
            string[] forms = [lead.ProfileUrl, lead.ProfileUrl + "/", lead.ProfileUrl.Replace("https://www.", "https://", StringComparison.Ordinal), lead.ProfileUrl.Split('/')[^1]];
            string id = world.Attio.CreateByPerson("people", new JsonObject { ["name"] = "Known, Already", ["linkedin"] = forms[_random.Next(forms.Length)] });
            history.MadeByPeople.Add(id);
            history.Edits.Add((id, "name", "Already Known"));
            history.Log.Add($"{lead.LinkedInId} was in Attio as {id}");
        }
    }

    /// <summary>Between two pages of a scan.</summary>
    public void BetweenPages()
    {
        if (_random.Next(4) == 0) world.HeyReach.ReplyArrives(null, null);
    }

    /// <summary>Between two runs.</summary>
    public void Between()
    {
        for (int i = _random.Next(4); i > 0; i--) AtHeyReach();
        if (_random.Next(2) == 0) AtAttio();
    }

    private void AtHeyReach()
    {
        HeyReachSimulator heyreach = world.HeyReach;
        if (heyreach.ConversationCount == 0) return;
        switch (_random.Next(10))
        {
            case 0: heyreach.ReplyArrives(null, null); break;
            case 1: heyreach.BurstOfReplies(null, 3); break;
            case 2: heyreach.BackDatedInsert(Hidden(), null); break;
            case 3: heyreach.EditBody(Hidden(), null, null); break;
            case 4: heyreach.NewConversation(); break;
            case 5 or 6 when heyreach.Leads.All(l => l.LinkedInId is null): heyreach.NewConversation(); break;
            case 5: heyreach.SameLeadFromAnotherSender(null); break;
            case 6: ChangeJob(); break;
            case 7: heyreach.TwoMessagesClose(null); break;
            case 8: heyreach.SameInstantFromBothSides(null); break;
            default: heyreach.SameInstantFromOneSide(null); break;
        }
    }

    private void ChangeJob()
    {
        HeyReachLead lead = world.HeyReach.LeadChangesJob(null, $"Position {_random.Next(1000)}", null);
        // Where Attio is read as well, the later news counts; and when LinkedIn's was made, nobody can tell.
        if (world.Scenario.Flow.Syncs.Any(s => s.From.Contains("attio"))) history.ContestedLeads.Add(lead.LinkedInId is { Length: > 0 } id ? id : LinkedInJudge.SlugOf(lead.ProfileUrl));
    }

    /// <summary>A thread whose change no listing shows.</summary>
    private string Hidden()
    {
        IReadOnlyList<HeyReachConversation> all = [.. world.HeyReach.Conversations];
        string id = all[_random.Next(all.Count)].Id;
        history.SeenByFullRunsOnly.Add(id);
        return id;
    }

    private void AtAttio()
    {
        AttioRecordView[] people = [.. world.Attio.Records("people").Where(p => p.Text("heyreach_lead_id") is not null)];
        if (people.Length == 0) return;
        AttioRecordView person = people[_random.Next(people.Length)];
        if (_random.Next(6) == 0)
        {
            history.DeletedLeads.Add(person.Text("heyreach_lead_id")!);
            world.Attio.DeleteByPerson("people", person.Id);
            return;
        }
        string value = $"Edited by hand {_random.Next(1000)}";
        history.Edits.RemoveAll(e => e.Record == person.Id && e.Slug == "job_title");
        history.Edits.Add((person.Id, "job_title", value));
        world.Attio.EditByPerson("people", person.Id, "job_title", value);
    }
}
