using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Makes ids and times of the commands of one call.</summary>
internal readonly record struct CommandStamp(Utterance Utterance, DateTimeOffset Issued, DateTimeOffset Expires, CommandNames Names)
{
    public string UtteranceId => Utterance.UtteranceId;

    public string NewId() => Names.Next(Utterance, Issued);

    public NavigationCommand Navigation(NavigationAction action) =>
        new() { CommandId = NewId(), UtteranceId = UtteranceId, Issued = Issued, Expires = Expires, Action = action };
}
