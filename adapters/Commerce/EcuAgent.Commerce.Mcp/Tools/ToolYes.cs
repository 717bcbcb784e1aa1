using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>
/// A person's yes to one call: to this tool at this server with these arguments. Good once, for <see cref="ConfirmationDesk.YesHolds"/>, and as
/// long as the driving state has not become stricter.
/// </summary>
public sealed class ToolYes
{
    private readonly GateRequest _terms;
    private readonly GateSituation _given;
    private readonly TimeProvider _time;
    private readonly long _givenAt;
    private int _taken;

    /// <summary>Takes the yes down.</summary>
    /// <param name="terms">What was read back: <see cref="ToolProposal.Request"/>.</param>
    /// <param name="situation">The car when it was given.</param>
    /// <param name="time">Clock.</param>
    public ToolYes(in GateRequest terms, in GateSituation situation, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _terms = terms;
        _given = situation;
        _time = time;
        _givenAt = time.GetTimestamp();
    }

    internal Consent Take(in GateSituation now)
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return default;
        }

        // A count that moved hides states that may have been stricter.
        var kind = now.TransitionCount != _given.TransitionCount ? ConsentKind.Revoked
            : _time.GetElapsedTime(_givenAt) > ConfirmationDesk.YesHolds ? ConsentKind.Expired
            : ConsentKind.Yes;
        return new Consent { Kind = kind, LoosestState = _given.State, Terms = _terms };
    }
}
