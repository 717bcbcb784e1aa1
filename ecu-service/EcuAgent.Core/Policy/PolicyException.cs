namespace EcuAgent.Core.Policy;

/// <summary>A policy file that must not be used. Stops the start; the gate never opens because of it.</summary>
public sealed class PolicyException : Exception
{
    internal PolicyException(string source, IReadOnlyList<PolicyFault> faults, Exception? inner = null)
        : base(Describe(source, faults), inner)
    {
        PolicySource = source;
        Faults = faults;
    }

    /// <summary>The file, or the name of the bundled profile.</summary>
    public string PolicySource { get; }

    /// <summary>Everything found wrong, in file order where it has one; never empty.</summary>
    public IReadOnlyList<PolicyFault> Faults { get; }

    private static string Describe(string source, IReadOnlyList<PolicyFault> faults) =>
        $"policy {source} is not usable, {faults.Count} fault{(faults.Count == 1 ? "" : "s")}:{Environment.NewLine}  "
        + string.Join(Environment.NewLine + "  ", faults);
}
