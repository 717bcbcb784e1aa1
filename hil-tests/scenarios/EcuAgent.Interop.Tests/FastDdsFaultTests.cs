namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsFaultTests(PeerRig rig) : FaultTests(rig), IClassFixture<PeerRig>
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();
}
