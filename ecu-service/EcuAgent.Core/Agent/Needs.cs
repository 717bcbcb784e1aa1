using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Which kind of merchant a tool or a word is about.</summary>
internal static class Needs
{
    public static MerchantNeed OfTool(string tool) => tool switch
    {
        ToolNames.SearchFood or ToolNames.AddToCart or ToolNames.OrderFood => MerchantNeed.Food,
        ToolNames.SearchHotels or ToolNames.BookHotel => MerchantNeed.Hotel,
        ToolNames.SearchTickets or ToolNames.BookTicket => MerchantNeed.Ticket,
        ToolNames.BookTable => MerchantNeed.Table,
        ToolNames.TrackParcel => MerchantNeed.Parcel,
        _ => MerchantNeed.Payment,
    };

    /// <summary>What <c>cancel_order</c> is about, or null when the person did not say.</summary>
    public static MerchantNeed? OfKind(string? kind) => kind switch
    {
        "food" => MerchantNeed.Food,
        "hotel" => MerchantNeed.Hotel,
        "ticket" => MerchantNeed.Ticket,
        "table" => MerchantNeed.Table,
        "parcel" => MerchantNeed.Parcel,
        _ => null,
    };
}
