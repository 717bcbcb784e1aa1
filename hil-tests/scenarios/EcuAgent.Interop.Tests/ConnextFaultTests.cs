namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class ConnextFaultTests(PeerRig rig) : FaultTests(rig), IClassFixture<PeerRig>
{
    private protected override PeerStack Stack { get; } = new ConnextStack();
}
