using System.Globalization;

namespace Syncline.Sandbox.Tests.Hosting;

/// <summary>An invented provider of parcels: answers what it was asked, so that tests see what arrived.</summary>
internal sealed class ParcelSimulator : ISimulator
{
    private readonly List<string> _parcels = [];
    private int _perSecond = 25;
    private bool _strict = true;

    public List<SandboxRequest> Seen { get; } = [];

    public Func<SandboxRequest, SandboxResponse>? Answers { get; set; }

    /// <summary>Called while the simulator is at work, whatever it was called for.</summary>
    public Action AtWork { get; set; } = () => { };

    public string Provider => "parcels";

    public IReadOnlyList<Knob> Knobs =>
    [
        new("limit", "Requests a second.", () => _perSecond.ToString(CultureInfo.InvariantCulture), SetLimit),
        new("strict", "Whether <b>unknown</b> fields are refused.", () => _strict ? "true" : "false", text => _strict = bool.Parse(text)),
    ];

    public IReadOnlyList<Happening> Happenings =>
    [
        new("arrive", "A parcel arrives; the argument is its label.", Arrive),
        new("lose", "A parcel is lost.", _ => throw new InvalidOperationException("There is no parcel to lose.")),
    ];

    public SandboxResponse Handle(SandboxRequest request)
    {
        AtWork();
        Seen.Add(request);
        return Answers?.Invoke(request) ?? new(200, $$"""{"method":"{{request.Method}}","path":"{{request.Path}}"}""");
    }

    public IReadOnlyList<HeldTable> Holds(int rows) =>
        [new("Parcels", ["No.", "Label"], [.. _parcels.Select((label, at) => (IReadOnlyList<string>)[$"{at + 1}", label]).Reverse().Take(rows)], _parcels.Count)];

    private void SetLimit(string text)
    {
        AtWork();
        _perSecond = int.Parse(text, CultureInfo.InvariantCulture);
    }

    private void Arrive(string? label)
    {
        AtWork();
        _parcels.Add(label ?? "unlabelled");
    }
}
