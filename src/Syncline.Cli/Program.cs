using Syncline.Cli.Commands;
using Syncline.Composition.Workspaces;

return await CommandTree.InvokeAsync(Surroundings.OfProcess(), args, CancellationToken.None);
