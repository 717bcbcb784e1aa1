namespace EcuAgent.Core.Catalogue;

/// <summary>A tool catalogue that cannot be used. Every fault that was found is listed, not only the first.</summary>
public sealed class CatalogueException : Exception
{
    /// <summary>Makes the exception for the faults found in one source.</summary>
    /// <param name="source">File path or resource name.</param>
    /// <param name="faults">At least one fault.</param>
    public CatalogueException(string source, IReadOnlyList<CatalogueFault> faults)
        : base($"Tool catalogue '{source}' is not usable: {string.Join("; ", faults)}")
    {
        CatalogueSource = source;
        Faults = faults;
    }

    /// <summary>Where the catalogue came from.</summary>
    public string CatalogueSource { get; }

    /// <summary>All faults, in the order of the file.</summary>
    public IReadOnlyList<CatalogueFault> Faults { get; }
}
