namespace EcuAgent.Gateway;

/// <summary>What was carried and what was not. Thread-safe.</summary>
internal sealed class GatewayCounters
{
    private long _toDds;
    private long _toSomeIp;
    private long _expired;
    private long _repeated;
    private long _untrusted;
    private long _failed;

    /// <summary>Samples carried to DDS.</summary>
    public long ToDds => Interlocked.Read(ref _toDds);

    /// <summary>Samples carried to SOME/IP.</summary>
    public long ToSomeIp => Interlocked.Read(ref _toSomeIp);

    /// <summary>Requests that came after their expiry.</summary>
    public long Expired => Interlocked.Read(ref _expired);

    /// <summary>Requests that had been carried before.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Messages whose end-to-end check failed, so that nothing in them can be relied on.</summary>
    public long Untrusted => Interlocked.Read(ref _untrusted);

    /// <summary>Samples that the other bus did not take.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void CountToDds(bool taken) => Interlocked.Increment(ref taken ? ref _toDds : ref _failed);

    public void CountToSomeIp(bool taken) => Interlocked.Increment(ref taken ? ref _toSomeIp : ref _failed);

    public void CountExpired() => Interlocked.Increment(ref _expired);

    public void CountRepeated() => Interlocked.Increment(ref _repeated);

    public void CountUntrusted() => Interlocked.Increment(ref _untrusted);

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"to DDS {ToDds}, to SOME/IP {ToSomeIp}, expired {Expired}, repeated {Repeated}, untrusted {Untrusted}, failed {Failed}");
}
