namespace EcuAgent.Idl.Tests;

/// <summary>The checkout that this test was built from, and the contracts in it.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Each IDL file that C# is generated from, with folder and namespace of that C#; paths relative to the root.</summary>
    public static IReadOnlyList<Contract> Contracts { get; } =
    [
        new("idl/ecu_v1.idl", "idl/EcuAgent.Idl/Generated", "EcuAgent.Idl", typeof(V1.VehicleSpeed).Assembly, 32),
        Construct("Primitives", 16), Construct("Strings", 16), Construct("Enums", 8), Construct("Nested", 8), Construct("Keys", null), Construct("Names", 32),
    ];

    public static string Full(string path) => Path.Combine(Root, path);

    private static Contract Construct(string name, int? someIpBits) => new(
        $"hil-tests/unit/EcuAgent.Idl.Tests/Constructs/{name.ToLowerInvariant()}.idl", $"hil-tests/unit/EcuAgent.Idl.Tests/Generated/{name}",
        $"EcuAgent.Idl.Tests.Generated.{name}", typeof(Checkout).Assembly, someIpBits);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "idl", "ecu_v1.idl")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No idl/ecu_v1.idl above {AppContext.BaseDirectory}.");
    }
}
