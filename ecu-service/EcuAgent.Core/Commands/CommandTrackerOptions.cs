namespace EcuAgent.Core.Commands;

/// <summary>Bounds of the command table.</summary>
public sealed record CommandTrackerOptions
{
    /// <summary>Most commands without a final outcome; 1 to 1024, default 64. One more is refused.</summary>
    public int MaxOpen { get; init; } = 64;

    /// <summary>How many finished commands are remembered to tell late outcomes from foreign ones; 0 to 4096, default 256. The oldest is forgotten first.</summary>
    public int RememberFinished { get; init; } = 256;

    internal void Validate()
    {
        if (MaxOpen is < 1 or > 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxOpen), MaxOpen, "Must be within 1 to 1024.");
        }

        if (RememberFinished is < 0 or > 4096)
        {
            throw new ArgumentOutOfRangeException(nameof(RememberFinished), RememberFinished, "Must be within 0 to 4096.");
        }
    }
}
