using System.Text.Json.Nodes;

namespace Syncline.Connectors.Tests.Lemlist;

internal sealed partial class FakeLemlist
{
    private (int, string) Write(LemlistCall call) => (405, "Method not allowed");
}
