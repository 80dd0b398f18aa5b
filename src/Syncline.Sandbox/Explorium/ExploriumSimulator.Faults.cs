using Syncline.Sandbox.Explorium.Wire;

namespace Syncline.Sandbox.Explorium;

/// <summary>What goes wrong on purpose.</summary>
public sealed partial class ExploriumSimulator
{
    private ExploriumFault FailOne()
    {
        Behaviour.FailNext--;
        return Behaviour.FailWith;
    }

    private ExploriumRefusalException ThrottleOne()
    {
        const int minute = 60;
        Behaviour.ThrottleNext--;
        return Refuse.Throttled(minute, Behaviour.ThrottleForm);
    }

    private void StrikeBefore(ExploriumFault fault)
    {
        switch (fault)
        {
            case ExploriumFault.ServerError: throw Refuse.Details(500, "Internal Server Error", CorrelationId());
            case ExploriumFault.Unavailable: throw Refuse.Details(503, "Service Unavailable", CorrelationId());
            case ExploriumFault.OneOff422: throw Refuse.Invalid([new([], "value could not be processed", "value_error")]);
            default: break;
        }
    }

    private SandboxResponse StruckAfter(string body, ExploriumFault? fault) => fault switch
    {
        ExploriumFault.ServerErrorAfterCharge => throw Refuse.Details(500, "Internal Server Error", CorrelationId()),
        ExploriumFault.MalformedJson => new(200, body.Replace(':', '=')),
        ExploriumFault.TruncatedBody => new(200, body[..(body.Length / 2)]),
        _ => new(200, body),
    };
}
