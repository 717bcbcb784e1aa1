namespace EcuAgent.Core.Standby;

/// <summary>Which of the two services this one is.</summary>
public enum StandbyPlace
{
    /// <summary>The only one on its domain.</summary>
    Off,

    /// <summary>The one that leads when both are well; strength 200 unless set.</summary>
    Primary,

    /// <summary>The one that takes over; strength 100 unless set.</summary>
    Backup,
}
