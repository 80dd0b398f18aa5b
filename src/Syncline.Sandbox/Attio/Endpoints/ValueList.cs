using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>The values of one attribute of a record or entry, with those of the past if asked for, oldest first.</summary>
internal static class ValueList
{
    public static Answer Of(AttioWorkspace workspace, Call call, Row row, AttioAttribute attribute)
    {
        bool historic = call.Flag("show_historic");
        int limit = call.Number("limit", int.MaxValue, 1, int.MaxValue), offset = call.Number("offset", 0, 0, int.MaxValue);
        if (historic && (attribute.Type == AttributeTypes.Interaction || attribute is { IsWritable: false, Origin: Origin.Stored }))
        {
            throw Refuse.Bad("validation_type", "show_historic is not supported for this attribute.");
        }
        IEnumerable<ClosedValue> past = historic ? row.Closed.Where(c => c.Value.Attribute == attribute) : [];
        IEnumerable<(HeldValue Value, DateTime? Until)> all =
            [.. past.Select(c => (c.Value, (DateTime?)c.Until)), .. row.Current(attribute).Select(v => (v, (DateTime?)null))];
        if (historic) all = all.OrderBy(v => v.Value.From);
        return Answer.DataArray(all.Skip(offset).Take(limit), (writer, v) => RowJson.WriteValue(writer, workspace, v.Value, v.Until));
    }
}
