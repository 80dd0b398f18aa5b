using System.Globalization;
using Syncline.Cli.Commands;
using Syncline.Composition.Workspaces;

// What commands print is for scripts as much as for people: the same on every machine. The server's pages set the reader's culture themselves.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
return await CommandTree.InvokeAsync(Surroundings.OfProcess(), args, CancellationToken.None);
