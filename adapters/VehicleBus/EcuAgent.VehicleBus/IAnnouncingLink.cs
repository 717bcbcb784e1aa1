namespace EcuAgent.VehicleBus;

/// <summary>A bus that says when it has samples, so that it can stand beside another one that is waited for.</summary>
public interface IAnnouncingLink : IBusLink
{
    /// <summary>Called from a thread of the bus when samples wait and none waited before; set before <see cref="IBusLink.Start"/>.</summary>
    Action? Arrived { get; set; }
}
