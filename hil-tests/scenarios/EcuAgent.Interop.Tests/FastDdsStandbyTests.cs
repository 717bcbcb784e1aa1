namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsStandbyTests(ITestOutputHelper output) : StandbyTests(output)
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();
}
