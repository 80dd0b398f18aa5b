using Syncline.Sandbox;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>Notes each contact whose removal is asked for, as it is at that moment; lets life go on before each request; then comes the fault, if any.</summary>
internal sealed class Witness(QuoSimulator quo, History history, IFaultPlan faults, Action<string, SandboxRequest> meanwhile) : IFaultPlan
{
    public Fault? Next(string provider, SandboxRequest request)
    {
        meanwhile(provider, request);
        if (provider == "quo" && request.Method == "DELETE" && Meant(request) is { } contact) history.Contacts.Removals.Add(new(history.Moment(), contact, history.Contacts.KnownAtStart));
        return faults.Next(provider, request);
    }

    private QuoContactView? Meant(SandboxRequest request)
    {
        string id = request.Path.Split('/')[^1];
        return quo.Contacts.FirstOrDefault(c => c.Id == id);
    }
}
