namespace EcuAgent.Signals;

internal static class OptionChecks
{
    internal static void Within(this List<OptionFault> faults, string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
        {
            faults.Add(new OptionFault(name, value.ToString("c"), $"{min:c} .. {max:c}"));
        }
    }

    internal static void Within(this List<OptionFault> faults, string name, double value, double min, double max)
    {
        // Written so that NaN is a fault.
        if (!(value >= min && value <= max))
        {
            faults.Add(new OptionFault(name, Text(value), $"{Text(min)} .. {Text(max)}"));
        }
    }

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
