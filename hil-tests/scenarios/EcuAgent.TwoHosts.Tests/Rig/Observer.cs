using System.Globalization;
using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.ToolBus;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// This program once more, as another process on the cockpit's host: prints what the service says there, which nobody in the car hears while the wire is
/// cut. Reads no command topic: the service must not take it for an ECU.
/// </summary>
internal static class Observer
{
    public const string Verb = "observe";

    public static ChildProcess Start(HostLink link, int domain, string networkInterface, string peer) =>
        link.StartOnCockpit(typeof(Observer).Assembly.Location, Verb, $"{domain}", networkInterface, peer);

    public static async Task<int> RunAsync(string[] args)
    {
        using var participant = ToolParticipant.Join(int.Parse(args[0], CultureInfo.InvariantCulture), args[1], "observer", peers: [args[2]]);
        using var observer = new BusObserver(participant, TimeProvider.System);
        observer.Observe<V1.GateStatus>();
        observer.Observe<V1.Decision>();
        observer.Observe<V1.AssistantReply>();
        var last = "";
        await foreach (var e in observer.Events.ReadAllAsync())
        {
            var line = e switch
            {
                BusSample<V1.GateStatus> { IsGone: false, Sample: var s } => $"state {s.DrivingState} {s.Reasons}",
                BusSample<V1.Decision> { IsGone: false, Sample: var s } when s.CommandId.ToString().Length > 0 => $"command {s.UtteranceId}",
                BusSample<V1.AssistantReply> { IsGone: false, Sample: var s } => $"reply {s.UtteranceId} {s.Text}",
                _ => last,
            };
            if (line != last)
            {
                Console.WriteLine(last = line);
            }
        }

        return 0;
    }
}
