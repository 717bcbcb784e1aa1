using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Registry;

/// <summary>The words of the registry file.</summary>
internal static class RegistryWords
{
    internal const string Format = "ecuagent-merchants/1";

    internal static readonly (string Word, MerchantProtocol Value)[] Protocols =
        [("acp", MerchantProtocol.Acp), ("mcp", MerchantProtocol.Mcp), ("ucp", MerchantProtocol.Ucp)];

    internal static readonly (string Word, MerchantNeed Value)[] Needs =
    [
        ("food", MerchantNeed.Food), ("hotel", MerchantNeed.Hotel), ("ticket", MerchantNeed.Ticket), ("table", MerchantNeed.Table),
        ("payment", MerchantNeed.Payment), ("parcel", MerchantNeed.Parcel),
    ];

    internal static readonly (string Word, DayOfWeek Value)[] Days =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    internal static readonly string[] FundingTypes = ["credit", "debit", "prepaid"];
}
