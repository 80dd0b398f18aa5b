using Syncline.Cli.Commands;
using Syncline.Cli.Composition;

return await CommandTree.InvokeAsync(Surroundings.OfProcess(), args, CancellationToken.None);
