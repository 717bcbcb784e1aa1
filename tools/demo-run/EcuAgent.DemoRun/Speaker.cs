using System.Globalization;

namespace EcuAgent.DemoRun;

/// <summary>Plays the occupants: one request at a time, each after the reply to the one before, and checks what it led to.</summary>
internal sealed class Speaker(BusView bus, Timeline timeline, Promises promises)
{
    private static readonly TimeSpan TriggerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReplyWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(3);

    /// <summary>How many utterances were said.</summary>
    public int Said { get; private set; }

    public async Task SayAsync(IEnumerable<Request> requests, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            await SayAsync(request, cancellationToken);
        }
    }

    public async Task SayAsync(Request request, CancellationToken cancellationToken)
    {
        if (!await bus.WaitAsync(request.When.Holds, TriggerWithin, cancellationToken))
        {
            promises.Note(false, $"'{request.Text}' is said {request.When.Text}: that did not come about in {TriggerWithin.TotalSeconds:0} s");
            return;
        }

        var source = request.OpenSetId.Length > 0 ? $"   [open set {request.OpenSetId}]" : "";
        var confidence = request.Confidence < 0.7 ? string.Create(CultureInfo.InvariantCulture, $"   [recognizer's confidence {request.Confidence:0.0#}]") : "";
        timeline.Print(EventKind.Says, $"{Wording.Name(request.Zone)}: \"{request.Text}\"{confidence}{source}");
        var exchange = bus.Say(request.Text, request.Zone, request.Confidence);
        Said++;

        // The reply comes last of what the service does; the ECUs' states may arrive a little after it.
        await bus.WaitAsync(_ => exchange.Replies.Count > 0, ReplyWithin, cancellationToken);
        await bus.WaitAsync(seen => request.Expected.All(e => e.Holds(seen, exchange)), RestWithin, cancellationToken);
        foreach (var expected in request.Expected)
        {
            promises.Note(bus.Read(seen => expected.Holds(seen, exchange)), $"'{request.Text}': {expected.Text}");
        }
    }
}
