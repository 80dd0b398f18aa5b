namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>Invents the workspace's users and numbers.</summary>
internal sealed class OfficeInvention(QuoWorkspace workspace, QuoSandboxOptions options)
{
    private static readonly (string First, string Last)[] Names = [("Mara", "Quill"), ("Tobin", "Ashe"), ("Iris", "Vale"), ("Juno", "Reyes"), ("Pavel", "Brook")];
    private static readonly string[] Lines = ["Sales", "Support", "Front desk"];

    public void Furnish()
    {
        DateTimeOffset since = workspace.Now.AddYears(-1);
        for (int i = 0; i < Math.Max(1, options.Users); i++) workspace.Users.Add(User(i, since));
        for (int i = 0; i < options.Numbers; i++) workspace.Numbers.Add(Number(i, since));
    }

    private QuoUser User(int index, DateTimeOffset since)
    {
        (string first, string last) = Names[index % Names.Length];
        string role = index switch { 0 => "owner", 1 => "admin", _ => "member" };
        return new(workspace.Ids.Next("US"), $"{first.ToLowerInvariant()}.{index + 1}@example.com", first, last, role, since.AddDays(index));
    }

    // 555-01xx is kept free for invented numbers.
    private QuoNumber Number(int index, DateTimeOffset since) => new(
        workspace.Ids.Next("PN"), workspace.Ids.Next("GR"), $"+1415555{100 + index:0000}", Lines[index % Lines.Length], [.. workspace.Users.Where((_, i) => i == 0 || i % 2 == index % 2)], since);
}
