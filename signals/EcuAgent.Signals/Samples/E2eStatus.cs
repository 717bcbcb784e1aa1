namespace EcuAgent.Signals;

/// <summary>Result of the end-to-end protection check of a sample.</summary>
public enum E2eStatus
{
    /// <summary>The sample is not protected.</summary>
    NotUsed = 0,

    /// <summary>Checked and intact.</summary>
    Ok = 1,

    /// <summary>Checked and damaged, or the check itself failed. The sample counts as missing data.</summary>
    Failed = 2,
}
