namespace EcuAgent.E2E;

/// <summary>What the check of one message found. Only <see cref="Ok"/> and <see cref="OkSomeLost"/> let its data be used.</summary>
public enum E2eCheckStatus
{
    /// <summary>No message came since the last check.</summary>
    NoNewData = 0,

    /// <summary>Intact, and the first one: its order cannot be judged yet.</summary>
    Initial = 1,

    /// <summary>Intact and the next one.</summary>
    Ok = 2,

    /// <summary>Intact and newer; some in between are lost, no more than allowed.</summary>
    OkSomeLost = 3,

    /// <summary>Intact and in order, but order was only just found again; not trusted yet.</summary>
    Sync = 4,

    /// <summary>Intact, with the counter of the last accepted message.</summary>
    Repeated = 5,

    /// <summary>Intact, but its counter is too far ahead, behind, or one that the profile does not have.</summary>
    WrongSequence = 6,

    /// <summary>The checksum does not fit the bytes and the data id.</summary>
    CrcError = 7,

    /// <summary>Intact, but another data id stands in it.</summary>
    WrongDataId = 8,

    /// <summary>Too short, too long, or not as long as it says. Nothing else was looked at.</summary>
    WrongLength = 9,
}
