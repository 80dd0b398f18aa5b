using System.Text.Json;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>The token's own introspection and the workspace's members.</summary>
internal sealed class WorkspaceEndpoints(AttioWorkspace workspace)
{
    public const string SelfPath = "/v2/self";

    public IEnumerable<Route> Routes() =>
    [
        new("GET", "/v2/workspace_members", Load.Read, _ => Scopes.Members, _ => Answer.DataArray(AttioMember.All, WriteMember)),
        new("GET", "/v2/workspace_members/{member}", Load.Read, _ => Scopes.Members, Member),
    ];

    /// <summary>Never a 401: a token of the right length that nobody knows is answered 200 and inactive.</summary>
    public Answer Self(SandboxRequest request)
    {
        string? sent = AttioTokens.Sent(request);
        if (sent is not { Length: AttioTokens.Length }) throw Refuse.Bad("missing_value", "Token was not recognised. Please send a valid access token.");
        return workspace.Tokens.Find(sent) is { } token ? new(200, Answer.Json(writer => WriteActive(writer, token))) : new(200, """{"active":false}""");
    }

    private Answer Member(Call call)
    {
        AttioMember member = AttioMember.All.FirstOrDefault(m => m.Id == WireId.Read(call[0]))
            ?? throw Refuse.NotFound($"Workspace member with ID \"{call[0]}\" not found.");
        return Answer.Data(writer => WriteMember(writer, member));
    }

    private void WriteActive(Utf8JsonWriter writer, AttioToken token)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("active", true);
        writer.WriteString("scope", token.ScopeText);
        writer.WriteString("client_id", token.Id);
        writer.WriteString("token_type", "Bearer");
        writer.WriteNull("exp");
        writer.WriteNumber("iat", new DateTimeOffset(token.IssuedAt).ToUnixTimeSeconds());
        writer.WriteString("sub", workspace.Id);
        writer.WriteString("aud", token.Id);
        writer.WriteString("iss", "attio.com");
        writer.WriteString("authorized_by_workspace_member_id", AttioMember.All[0].Id);
        writer.WriteString("workspace_id", workspace.Id);
        writer.WriteString("workspace_name", workspace.Options.WorkspaceName);
        writer.WriteString("workspace_slug", workspace.Options.WorkspaceSlug);
        writer.WriteNull("workspace_logo_url");
        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, AttioMember member)
    {
        writer.WriteStartObject();
        writer.WriteId(workspace.Id, ("workspace_member_id", member.Id));
        writer.WriteString("first_name", member.FirstName);
        writer.WriteString("last_name", member.LastName);
        writer.WriteNull("avatar_url");
        writer.WriteString("email_address", member.Email);
        writer.WriteTime("created_at", workspace.CreatedAt);
        writer.WriteString("access_level", member.Level);
        writer.WriteEndObject();
    }
}
