using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>A gate that can change its mind.</summary>
internal sealed class TestPermit : ICommitPermit
{
    internal string? Denial { get; set; }

    internal bool Holds { get; set; } = true;

    internal int Asked { get; private set; }

    /// <summary>Called when the yes is redeemed.</summary>
    internal Action OnRedeem { get; set; } = () => { };

    public Task<string?> RedeemAsync()
    {
        Asked++;
        OnRedeem();
        return Task.FromResult(Denial);
    }

    public bool StillHolds() => Holds;
}
