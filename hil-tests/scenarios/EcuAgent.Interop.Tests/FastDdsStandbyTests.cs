namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsStandbyTests : StandbyTests
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();
}
