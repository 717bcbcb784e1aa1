namespace EcuAgent.Fuzz;

/// <summary>The targets by name, with the assemblies whose branches are watched while they run.</summary>
internal static class FuzzTargets
{
    internal static IReadOnlyList<string> Names { get; } = ["wire", "payload", "planted"];

    internal static IReadOnlyList<string> Watched { get; } = ["EcuAgent.SomeIp.dll", "EcuAgent.SomeIp.TypeSupport.dll", "EcuAgent.Idl.dll", "EcuAgent.Fuzz.Planted.dll"];

    internal static IFuzzTarget Create(string name) => name switch
    {
        "wire" => new FreshWireTarget(),
        "payload" => new PayloadTarget(),
        "planted" => new PlantedTarget(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such target"),
    };
}
