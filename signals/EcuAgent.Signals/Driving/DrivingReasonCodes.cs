namespace EcuAgent.Signals;

/// <summary>Stable texts of <see cref="DrivingReasons"/>, for topics and audit.</summary>
public static class DrivingReasonCodes
{
    /// <summary>Longest text, as in <c>ecu::v1::GateStatus</c>.</summary>
    public const int MaxLength = 128;

    // Bit order. What bars a looser state comes first, so that a cut text keeps it.
    private static readonly string[] Codes =
    [
        "speed_missing", "speed_stale", "speed_invalid", "gear_missing", "gear_stale", "gear_invalid", "brake_missing",
        "brake_stale", "brake_invalid", "source_table_full", "input_unprotected", "above_standstill", "not_in_park", "brake_released",
        "gear_park", "brake_engaged", "contradiction", "sources_disagree", "loosening_dwell", "source_silent",
    ];

    /// <summary>The codes, comma separated, in a fixed order; codes that do not fit into <see cref="MaxLength"/> are left out whole.</summary>
    public static string ToCodes(DrivingReasons reasons)
    {
        var text = new System.Text.StringBuilder(MaxLength);
        for (var i = 0; i < Codes.Length; i++)
        {
            if (((int)reasons & (1 << i)) != 0 && text.Length + 1 + Codes[i].Length <= MaxLength)
            {
                text.Append(text.Length == 0 ? string.Empty : ",").Append(Codes[i]);
            }
        }

        return text.ToString();
    }
}
