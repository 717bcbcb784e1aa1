using System.Globalization;

namespace EcuAgent.E2E;

internal static class OptionChecks
{
    internal static void Within(this List<E2eOptionFault> faults, string name, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            faults.Add(new E2eOptionFault(name, Text(value), $"{Text(min)} to {Text(max)}"));
        }
    }

    internal static void Defined<T>(this List<E2eOptionFault> faults, string name, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add(new E2eOptionFault(name, value.ToString(), string.Join(", ", Enum.GetNames<T>())));
        }
    }

    /// <summary>Throws an exception that names each fault.</summary>
    internal static void ThrowIfAny(IReadOnlyList<E2eOptionFault> faults, string parameter)
    {
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), parameter);
        }
    }

    internal static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
