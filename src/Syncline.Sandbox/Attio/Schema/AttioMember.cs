using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>A person of the workspace. All three are invented; their ids never change, so that a configuration can name them.</summary>
internal sealed record AttioMember(Guid Id, string FirstName, string LastName, string Email, string Level)
{
    public AttioActor Actor { get; } = new("workspace-member", Id);

    public static IReadOnlyList<AttioMember> All { get; } =
    [
        new(new("5a1d0001-0000-4000-8000-000000000001"), "Mara", "Lindqvist", "mara@example.com", "admin"),
        new(new("5a1d0001-0000-4000-8000-000000000002"), "Tomas", "Okafor", "tomas@example.com", "member"),
        new(new("5a1d0001-0000-4000-8000-000000000003"), "Ines", "Varga", "ines@example.com", "suspended"),
    ];
}
