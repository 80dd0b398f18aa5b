using System.CommandLine;
using Syncline.Composition.Telling;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline completion</c>.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _syncline() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(syncline "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _syncline syncline
        """;

    private const string Zsh = """
        #compdef syncline
        _syncline() {
            local -a found
            found=(${(f)"$(syncline "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)"})
            compadd -a found
            _files
        }
        compdef _syncline syncline
        """;

    private const string Fish = """
        complete -c syncline -a '(syncline "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName syncline -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            syncline "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    public static Command Create(CommandHost host)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        ExampledCommand command = new(
            "completion", "Print a script that completes commands, options and the names of your syncs.",
            "source <(syncline completion bash)",
            "syncline completion zsh > ~/.zfunc/_syncline",
            "syncline completion fish > ~/.config/fish/completions/syncline.fish",
            "syncline completion pwsh | Out-String | Invoke-Expression") { shell };
        host.On(command, (session, _) =>
        {
            session.Terminal.Out.WriteLine(session.Parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell });
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
