namespace EcuAgent.Core.Standby;

/// <summary>
/// Decides which service of a domain leads. Each one says several times per lease what it does; who hears no leader for a lease leads. A leader
/// acts only as long as its own last sign of life is younger than <see cref="StandbyOptions.OwnLease"/>, which ends before anybody else begins.
/// All members may be called from any thread.
/// </summary>
/// <remarks>
/// As long as every sign of life arrives within an eighth of the lease, at most one of two services acts; of three, two may act for as long. Where the services do not hear each other, both
/// lead; when they do again, the weaker one follows at once.
/// </remarks>
public sealed class StandbyRole
{
    private const int MostPeers = 8;

    private readonly StandbyOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint> _newest = new(StringComparer.Ordinal);
    private StandbyState _state;
    private bool _isStarted;
    private long? _heldUpAt;
    private long _joinedAt;
    private TimeSpan _joinFor;
    private long _signAt;

    /// <summary>Makes a role that has not begun to listen; the first <see cref="Tick"/> does.</summary>
    public StandbyRole(StandbyOptions options, string instanceId, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        InstanceId = instanceId;
    }

    /// <summary>Id of this start of the service.</summary>
    public string InstanceId { get; }

    /// <summary>Strength of this service.</summary>
    public int Strength => _options.ResolvedStrength;

    /// <summary>What this service does.</summary>
    public StandbyState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether this service may command and speak at this instant.</summary>
    public bool MayAct
    {
        get
        {
            lock (_gate)
            {
                return _state == StandbyState.Leading && _time.GetElapsedTime(_signAt) < _options.OwnLease;
            }
        }
    }

    /// <summary>Whether a service of the same strength was heard within the last lease.</summary>
    public bool HasEqual
    {
        get
        {
            lock (_gate)
            {
                var now = _time.GetTimestamp();
                return _peers.Values.Any(p => p.Strength == Strength && IsFresh_NeedsLock(p, now));
            }
        }
    }

    /// <summary>Instance that leads as far as is known here: this one, another one, or null for none.</summary>
    public string? Leader
    {
        get
        {
            lock (_gate)
            {
                return _state == StandbyState.Leading ? InstanceId : FindLeader_NeedsLock(_time.GetTimestamp())?.InstanceId;
            }
        }
    }

    /// <summary>When <see cref="Tick"/> is due next; zero when it is now.</summary>
    public TimeSpan UntilNextTick
    {
        get
        {
            lock (_gate)
            {
                if (!_isStarted)
                {
                    return TimeSpan.Zero;
                }

                var now = _time.GetTimestamp();
                var wait = _options.BeatPeriod - _time.GetElapsedTime(_signAt, now);
                wait = SoonerIfAhead(wait, _joinFor - _time.GetElapsedTime(_joinedAt, now));
                if (_heldUpAt is { } held)
                {
                    wait = SoonerIfAhead(wait, _options.TakeOverAfter - _time.GetElapsedTime(held, now));
                }

                foreach (var peer in _peers.Values)
                {
                    wait = Sooner(wait, _options.TakeOverAfter - _time.GetElapsedTime(peer.HeardAt, now));
                }

                return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Takes in what another service says of itself. True when a tick is due at once because of it.</summary>
    public bool Heard(in StandbyBeat beat)
    {
        lock (_gate)
        {
            if (beat.InstanceId == InstanceId || !IsNewest_NeedsLock(beat))
            {
                return false;
            }

            if (beat.State == StandbyState.Left)
            {
                return _peers.Remove(beat.InstanceId);
            }

            var now = _time.GetTimestamp();
            if (!_peers.TryGetValue(beat.InstanceId, out var peer))
            {
                if (_peers.Count >= MostPeers)
                {
                    _peers.Remove(_peers.MinBy(p => p.Value.HeardAt).Key);
                }

                peer = new Peer(beat.InstanceId);
                _peers.Add(beat.InstanceId, peer);
            }

            var isNews = peer.State != beat.State || peer.Strength != beat.Strength;
            if (!(beat.IsWell && peer.IsWell && beat.State == StandbyState.Following && IsFresh_NeedsLock(peer, now)) || isNews)
            {
                peer.WellSince = now;
            }

            (peer.State, peer.Strength, peer.IsWell, peer.HeardAt) = (beat.State, beat.Strength, beat.IsWell, now);
            return isNews;
        }
    }

    /// <summary>
    /// Gives a sign of life and decides anew. The caller publishes <see cref="State"/> right afterwards: what was given here is what the others will
    /// hear of.
    /// </summary>
    /// <param name="isQuiet">Whether nothing is going on that a change of the leader would break.</param>
    public StandbyState Tick(bool isQuiet)
    {
        lock (_gate)
        {
            if (_state == StandbyState.Left)
            {
                return _state;
            }

            var now = _time.GetTimestamp();
            if (!_isStarted)
            {
                _isStarted = true;
                Join_NeedsLock(now, _options.JoinFor);
            }
            else if (_time.GetElapsedTime(_signAt, now) >= _options.OwnLease)
            {
                // Held up for so long that another one may lead by now: what was said meanwhile still comes in, old words first.
                _heldUpAt = now;
                Join_NeedsLock(now, _state == StandbyState.Joining ? _joinFor : _options.TakeOverAfter);
            }

            _signAt = now;
            _state = Decide_NeedsLock(now, isQuiet);
            foreach (var gone in _peers.Values.Where(p => !IsFresh_NeedsLock(p, now)).ToList())
            {
                _peers.Remove(gone.InstanceId);
            }

            return _state;
        }
    }

    /// <summary>Stops acting, for good.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _state = StandbyState.Left;
        }
    }

    // A bus that has lost a service and finds it again brings its last word once more: that is no sign of life.
    private bool IsNewest_NeedsLock(in StandbyBeat beat)
    {
        if (_newest.TryGetValue(beat.InstanceId, out var newest) && unchecked((int)(beat.Number - newest)) <= 0)
        {
            return false;
        }

        if (_newest.Count > 2 * MostPeers)
        {
            _newest.Remove(_newest.Keys.First(id => !_peers.ContainsKey(id)));
        }

        _newest[beat.InstanceId] = beat.Number;
        return true;
    }

    private static TimeSpan SoonerIfAhead(TimeSpan a, TimeSpan b) => b > TimeSpan.Zero ? Sooner(a, b) : a;

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b) => b < a ? b : a;

    private void Join_NeedsLock(long now, TimeSpan listenFor) => (_state, _joinedAt, _joinFor) = (StandbyState.Joining, now, listenFor);

    private StandbyState Decide_NeedsLock(long now, bool isQuiet)
    {
        switch (_state)
        {
            case StandbyState.Joining:
                if (FindLeader_NeedsLock(now) is not null)
                {
                    return StandbyState.Following;
                }

                // Of two that start at once the stronger one leads: the weaker one waits for it. One that follows is about to lead.
                return _time.GetElapsedTime(_joinedAt, now) >= _joinFor
                    && !_peers.Values.Any(p => IsFresh_NeedsLock(p, now) && (Outranks(p) || p.State == StandbyState.Following))
                    ? StandbyState.Leading
                    : StandbyState.Joining;
            case StandbyState.Following:
                // One that is only joining does not lead yet, and must not keep the others from it.
                return !(_heldUpAt is { } held && _time.GetElapsedTime(held, now) < _options.TakeOverAfter)
                    && FindLeader_NeedsLock(now) is null
                    && !_peers.Values.Any(p => IsFresh_NeedsLock(p, now) && Outranks(p) && p.State == StandbyState.Following)
                        ? StandbyState.Leading
                        : StandbyState.Following;
            default:
                var mayHandBack = isQuiet && _peers.Values.Any(p => IsFresh_NeedsLock(p, now) && Outranks(p) && p.State == StandbyState.Following
                    && p.IsWell && _time.GetElapsedTime(p.WellSince, now) >= _options.TakeBackAfter);
                return mayHandBack || FindLeader_NeedsLock(now) is { } other && Outranks(other) ? StandbyState.Following : StandbyState.Leading;
        }
    }

    private Peer? FindLeader_NeedsLock(long now) => _peers.Values
        .Where(p => p.State == StandbyState.Leading && IsFresh_NeedsLock(p, now))
        .OrderByDescending(p => p.Strength)
        .ThenBy(p => p.InstanceId, StringComparer.Ordinal)
        .FirstOrDefault();

    private bool IsFresh_NeedsLock(Peer peer, long now) => _time.GetElapsedTime(peer.HeardAt, now) < _options.TakeOverAfter;

    private bool Outranks(Peer peer) =>
        peer.Strength > Strength || (peer.Strength == Strength && string.CompareOrdinal(peer.InstanceId, InstanceId) < 0);

    private sealed class Peer(string instanceId)
    {
        public string InstanceId { get; } = instanceId;

        public StandbyState State { get; set; }

        public int Strength { get; set; }

        public bool IsWell { get; set; }

        public long HeardAt { get; set; }

        public long WellSince { get; set; }
    }
}
