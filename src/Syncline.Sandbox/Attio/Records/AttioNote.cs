using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

internal sealed record AttioNote(
    Guid Id, AttioTable ParentObject, Guid ParentRecord, string Title, string Plain, string Markdown, Guid? Meeting, AttioActor By, DateTime CreatedAt);
