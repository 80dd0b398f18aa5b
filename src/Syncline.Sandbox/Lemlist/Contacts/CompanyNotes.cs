using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>Notes at companies: activities of the type annotated.</summary>
internal static class CompanyNotes
{
    public static Activity Make(LemlistTeam team, Company company, string note, LemlistUser user) =>
        new(team.Ids.Next("act"), "annotated", team.Now) { Company = company, Note = note, UserId = user.Id };
}
