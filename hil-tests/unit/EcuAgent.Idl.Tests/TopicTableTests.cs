using System.Text.Json;
using EcuAgent.Idl.Tests.Oracle;
using Xunit;

namespace EcuAgent.Idl.Tests;

public sealed class TopicTableTests
{
    [Fact]
    public void TopicTable_Types_AreExactlyTheTopicsOfTheIdl()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(Checkout.Full("idl/topics.json")));
        var listed = table.RootElement.GetProperty("topics").EnumerateArray().Select(static x => x.GetProperty("type").GetString()!);
        var generated = typeof(V1.VehicleSpeed).Assembly.GetExportedTypes().Select(OurFacts.Descriptor).OfType<Dds.TypeSupport.DdsTypeDescriptor>();
        Assert.Equal(generated.Select(static x => x.TypeName).Order(StringComparer.Ordinal), listed.Distinct().Order(StringComparer.Ordinal));
    }
}
