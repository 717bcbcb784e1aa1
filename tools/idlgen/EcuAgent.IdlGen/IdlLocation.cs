using System.Globalization;

namespace EcuAgent.IdlGen;

/// <summary>A place in an input file; line and column count from 1.</summary>
internal readonly record struct IdlLocation(string File, int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})");
}
