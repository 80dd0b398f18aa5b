using System.Net;
using System.Net.Http;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Bugs;

/// <summary>A call whose answer was lost is simply sent again.</summary>
internal sealed class BlindRetry : IPlantedBug
{
    public string Name => "blind-retry";

    public IDestination Wrap(IDestination destination) => new Again(destination);

    private sealed class Again(IDestination inner) : PassThroughDestination(inner)
    {
        public override async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
        {
            IReadOnlyList<WriteOutcome> first = await base.WriteAsync(stream, batch, cancellationToken);
            return first.Any(o => o is WriteOutcome.Unknown) ? await base.WriteAsync(stream, batch, cancellationToken) : first;
        }
    }
}

/// <summary>Nothing is looked up before it is created.</summary>
internal sealed class NoDedupe : IPlantedBug
{
    public string Name => "no-dedupe";

    public IDestination Wrap(IDestination destination) => new Blind(destination);

    private sealed class Blind(IDestination inner) : PassThroughDestination(inner)
    {
        public override Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Found>>([]);
    }
}

/// <summary>Every message is tied to the first person that was seen.</summary>
internal sealed class WrongPerson : IPlantedBug
{
    public string Name => "wrong-person";

    public IDestination Wrap(IDestination destination) => new FirstCome(destination);

    private sealed class FirstCome(IDestination inner) : PassThroughDestination(inner)
    {
        private FieldValue? _first;

        public override Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
            base.WriteAsync(stream, stream.Kind == RecordKind.Message ? [.. batch.Select(Redirect)] : batch, cancellationToken);

        private Operation Redirect(Operation operation)
        {
            if (operation.Fields["person"] is not { } person) return operation;
            _first ??= person;
            return operation with { Fields = operation.Fields.With("person", _first) };
        }
    }
}

/// <summary>A replaced note is not removed.</summary>
internal sealed class NoteRepeated : IPlantedBug
{
    public string Name => "note-repeated";

    public IDestination Wrap(IDestination destination) => new Hoarder(destination);

    private sealed class Hoarder(IDestination inner) : PassThroughDestination(inner)
    {
        public override Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
            batch.All(o => o.Verb == Verb.Delete) ? Task.FromResult<IReadOnlyList<WriteOutcome>>([.. batch.Select(_ => new WriteOutcome.Deleted())]) : base.WriteAsync(stream, batch, cancellationToken);
    }
}

/// <summary>A call whose answer was lost is taken for done.</summary>
internal sealed class UnknownTakenForDone : IPlantedBug
{
    public string Name => "unknown-taken-for-done";

    public IDestination Wrap(IDestination destination) => new Optimist(destination);

    private sealed class Optimist(IDestination inner) : PassThroughDestination(inner)
    {
        public override async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
        {
            IReadOnlyList<WriteOutcome> outcomes = await base.WriteAsync(stream, batch, cancellationToken);
            return [.. outcomes.Zip(batch, (outcome, operation) => outcome is WriteOutcome.Unknown ? Done(operation) : outcome)];
        }

        private static WriteOutcome.Written Done(Operation operation) => new(new(operation.Stream.Key(operation.RemoteId ?? $"lost-{operation.Id}"), operation.Kind, operation.Desired));
    }
}

/// <summary>The limit is taken for half as much again as it is.</summary>
internal sealed class LimiterTooLoose : IPlantedBug
{
    public string Name => "limiter-too-loose";

    public IReadOnlyList<RateBudget>? BudgetsOf(string provider) => provider == "attio" ? [new("reads", 100, TimeSpan.FromSeconds(1)), new("writes", 38, TimeSpan.FromSeconds(1))] : null;
}

/// <summary>What people changed at the destination is overwritten.</summary>
internal sealed class PeopleOverruled : IPlantedBug
{
    public string Name => "people-overruled";

    public IReadOnlyList<FieldMap> Wrap(IReadOnlyList<FieldMap> maps) => [.. maps.Select(m => m with { Rules = [.. m.Rules.Select(r => r with { Policy = FieldPolicy.HubWins })] })];
}

/// <summary>A refusal for the rate is taken for a passing fault: nobody else on the budget is held back.</summary>
internal sealed class RetryAfterIgnored : IPlantedBug
{
    public string Name => "retry-after-ignored";

    public HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => new Deaf(network);

    private sealed class Deaf(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            while (true)
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode != HttpStatusCode.TooManyRequests) return response;
            }
        }
    }
}
