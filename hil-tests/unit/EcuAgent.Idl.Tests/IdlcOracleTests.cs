using EcuAgent.Idl.Tests.Oracle;
using Xunit;

namespace EcuAgent.Idl.Tests;

/// <summary>What we generate against what Cyclone's own compiler generates, word by word.</summary>
public sealed class IdlcOracleTests
{
    public static TheoryData<string> Contracts => [.. Checkout.Contracts.Select(static x => x.Idl)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_AgainstIdlcAndTheCCompiler_EqualInEveryWord(string idl)
    {
        NativeTools.Require();
        var contract = Checkout.Contracts.Single(x => x.Idl == idl);
        var file = contract.Parse();
        var folder = Directory.CreateTempSubdirectory("idl-oracle-").FullName;
        try
        {
            var sources = Sources(contract);
            foreach (var source in sources)
            {
                NativeTools.Succeed("idlc", folder, "-l", "c", source);
            }

            // The included file's code comes first, as in the IDL.
            var program = CProgram.Write(file, sources.Select(static x => Path.GetFileNameWithoutExtension(x) + ".c"));
            File.WriteAllText(Path.Combine(folder, "facts_main.c"), program);
            NativeTools.Succeed("gcc", folder, "-std=c11", "-I", folder, "-o", "facts", "facts_main.c");
            var theirs = NativeTools.Succeed(Path.Combine(folder, "facts"), folder).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            Assert.NotEmpty(theirs);
            Assert.Equal(theirs, OurFacts.Of(contract, file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void EcuContract_Topics_AllHaveADescriptor()
    {
        var topics = typeof(V1.VehicleSpeed).Assembly.GetExportedTypes().Where(static x => OurFacts.Descriptor(x) is not null).Select(static x => x.Name);
        Assert.Equal(22, topics.Count());
        Assert.DoesNotContain("Place", topics);
        Assert.DoesNotContain("SeatOccupancy", topics);
    }

    private static IReadOnlyList<string> Sources(Contract contract)
    {
        var root = Checkout.Full(contract.Idl);
        var included = File.ReadLines(root).Where(static x => x.StartsWith("#include", StringComparison.Ordinal))
            .Select(x => Path.Combine(Path.GetDirectoryName(root)!, x.Split('"')[1])).Distinct();
        return [.. included, root];
    }
}
