using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Makes ids and times of the commands of one call.</summary>
internal readonly record struct CommandStamp(string UtteranceId, DateTimeOffset Issued, TimeSpan Life)
{
    public DateTimeOffset Expires => Issued + Life;

    public string NewId() => Guid.CreateVersion7(Issued).ToString();

    public NavigationCommand Navigation(NavigationAction action) =>
        new() { CommandId = NewId(), UtteranceId = UtteranceId, Issued = Issued, Expires = Expires, Action = action };
}
