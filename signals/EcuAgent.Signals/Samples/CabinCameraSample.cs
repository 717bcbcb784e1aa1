namespace EcuAgent.Signals;

/// <summary>What the cabin camera sees. Personal data. The absence of a warning is no proof of attention.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="DrowsinessKss">Karolinska sleepiness scale 1 (alert) .. 9 (very sleepy); 0 when not measured.</param>
/// <param name="PhoneInUse">The driver handles a phone.</param>
/// <param name="AttentionProbability">0 .. 1; NaN when not measured.</param>
/// <param name="Confidence">The camera's confidence in all of this, 0 .. 1.</param>
/// <param name="Seats">The seats that the camera reports.</param>
public readonly record struct CabinCameraSample(
    SampleEnvelope Envelope, int DrowsinessKss, bool PhoneInUse, double AttentionProbability, double Confidence, SeatList Seats);
