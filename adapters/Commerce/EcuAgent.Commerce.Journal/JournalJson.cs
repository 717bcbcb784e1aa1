using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Journal;

/// <summary>How rows are written: camel case, names of enum values, Chinese as Chinese. Reached through <see cref="Rows"/>.</summary>
[JsonSerializable(typeof(CheckoutOrder))]
[JsonSerializable(typeof(PurchaseDetails))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>
    /// Properties that this program does not know are passed over, those that it needs must be there. Enum values are read by name only: their
    /// numbers are not promised. The texts go to a file, never into HTML.
    /// </summary>
    internal static JournalJson Rows { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<MerchantNeed>(allowIntegerValues: false),
            new JsonStringEnumConverter<DeliveryKind>(allowIntegerValues: false),
            new JsonStringEnumConverter<DeliveryPlace>(allowIntegerValues: false),
        },
    });
}
