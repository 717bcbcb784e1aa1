namespace EcuAgent.Interop.Tests.Peers;

/// <summary>A DDS implementation of another vendor, as a program that speaks the line protocol of <c>hil-tests/interop</c>.</summary>
internal abstract class PeerStack
{
    /// <summary>Whether the program tells of missed deadlines, liveliness and incompatible QoS on its own side.</summary>
    public abstract bool ReportsStatus { get; }

    /// <summary>Whether the stack lets a program write a number that the enum does not have.</summary>
    public abstract bool CanSendUnknownEnums { get; }

    /// <summary>Starts the program, or skips the running test where it was not asked for.</summary>
    /// <param name="domain">DDS domain.</param>
    /// <param name="leaseMs">After how long without a sign of life the others give it up, in ms.</param>
    public abstract Task<ChildProcess> StartAsync(int domain, int leaseMs);
}
