namespace EcuAgent.Commerce.Registry;

/// <summary>Collects what is wrong in one file, so that a person sees everything at once.</summary>
/// <param name="file">The file, as messages name it.</param>
/// <param name="areValuesHidden">True where the values are personal.</param>
internal sealed class FaultList(string file, bool areValuesHidden = false)
{
    private const int ShownLength = 60;

    private readonly List<RegistryFault> _faults = [];

    internal IReadOnlyList<RegistryFault> Faults => _faults;

    internal void Add(string path, string value, string problem)
    {
        var text = value.ReplaceLineEndings(" ");
        var shown = areValuesHidden ? "(not shown)" : text.Length <= ShownLength ? text : text[..ShownLength] + "...";
        _faults.Add(new RegistryFault(file, path, shown, problem));
    }
}
