namespace EcuAgent.Commerce.Registry;

/// <summary>The registry of merchants is not usable. Holds every fault, not only the first; never a secret and nothing of the buyer's profile.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>Makes one for a list of faults.</summary>
    public RegistryException(IReadOnlyList<RegistryFault> faults, Exception? innerException = null)
        : base(string.Join(Environment.NewLine, faults), innerException) => Faults = faults;

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<RegistryFault> Faults { get; }
}
