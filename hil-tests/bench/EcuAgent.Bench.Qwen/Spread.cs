namespace EcuAgent.Bench.Qwen;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Spread
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => Round(_values.Count == 0 ? double.NaN : (At((_values.Count - 1) / 2) + At(_values.Count / 2)) / 2);

    public void Add(double value) => _values.Add(value);

    /// <summary>Median, least and greatest, as JSON has them.</summary>
    public object? Json() => _values.Count == 0 ? null : new { median = Median, min = Round(_values.Min()), max = Round(_values.Max()), runs = _values.Count };

    public override string ToString() => _values.Count == 0 ? "-" : FormattableString.Invariant($"{Median} ({Round(_values.Min())} to {Round(_values.Max())})");

    private static double Round(double value) => Math.Abs(value) < 10 ? Math.Round(value, 3) : Math.Round(value, 1);

    private double At(int index) => _values.Order().ElementAt(index);
}
