namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsStandbyTests : StandbyTests
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();

    private protected override bool LetsGoOfASilentOwner => false;
}
