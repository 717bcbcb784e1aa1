namespace EcuAgent.Core.Ports;

/// <summary>Asks the ECU that owns the map. <see cref="PlaceRequestTable"/> keeps the open questions for an implementation.</summary>
public interface IPlacePort
{
    /// <summary>
    /// Asks and waits for the answer until <see cref="PlaceQuery.Expires"/>. No answer in time is
    /// <see cref="PlaceStatus.TimedOut"/>, not an exception; the agent also ends the wait itself at the expiry.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<PlaceAnswer> QueryAsync(PlaceQuery query, CancellationToken cancellationToken);
}
