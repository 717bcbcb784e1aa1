namespace EcuAgent.Core.Gate;

/// <summary>Who sits on a seat, as far as fresh evidence of the cabin camera says.</summary>
public enum SeatOccupant
{
    /// <summary>No fresh evidence.</summary>
    Unknown,

    /// <summary>Seen to be empty.</summary>
    Empty,

    /// <summary>A child.</summary>
    Child,

    /// <summary>A grown-up.</summary>
    Adult,
}
