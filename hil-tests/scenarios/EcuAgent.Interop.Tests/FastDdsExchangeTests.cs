namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsExchangeTests(PeerRig rig) : ExchangeTests(rig), IClassFixture<PeerRig>
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();
}
