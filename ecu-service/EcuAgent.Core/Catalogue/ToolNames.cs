namespace EcuAgent.Core.Catalogue;

/// <summary>Names of the tools that the agent knows how to carry out. A catalogue that names another tool is refused.</summary>
public static class ToolNames
{
    public const string SetTemperature = "set_temperature";
    public const string AdjustTemperature = "adjust_temperature";
    public const string SetFan = "set_fan";
    public const string AdjustFan = "adjust_fan";
    public const string SetClimate = "set_climate";
    public const string SetDefrost = "set_defrost";
    public const string SetRecirculation = "set_recirculation";
    public const string SetAirflow = "set_airflow";
    public const string SetSeatHeating = "set_seat_heating";
    public const string SetSeatVentilation = "set_seat_ventilation";
    public const string SetSteeringWheelHeating = "set_steering_wheel_heating";
    public const string GetClimateStatus = "get_climate_status";
    public const string NavigateTo = "navigate_to";
    public const string NavigateToSaved = "navigate_to_saved";
    public const string AddStop = "add_stop";
    public const string CancelNavigation = "cancel_navigation";
    public const string SetRouteAvoidance = "set_route_avoidance";
    public const string GetRouteInfo = "get_route_info";
    public const string SearchPlaces = "search_places";
    public const string IdentifyPlace = "identify_place";
    public const string BookTable = "book_table";
    public const string SearchFood = "search_food";
    public const string AddToCart = "add_to_cart";
    public const string OrderFood = "order_food";
    public const string SearchHotels = "search_hotels";
    public const string BookHotel = "book_hotel";
    public const string SearchTickets = "search_tickets";
    public const string BookTicket = "book_ticket";
    public const string TrackParcel = "track_parcel";
    public const string Pay = "pay";
    public const string CancelOrder = "cancel_order";
    public const string GetPaymentInfo = "get_payment_info";
    public const string SetupAccount = "setup_account";
    public const string GetVehicleStatus = "get_vehicle_status";
    public const string OtherVehicleFunction = "other_vehicle_function";
    public const string Chat = "chat";
    public const string Clarify = "clarify";
    public const string ChooseOption = "choose_option";
    public const string Refuse = "refuse";

    /// <summary>Every name above.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        SetTemperature, AdjustTemperature, SetFan, AdjustFan, SetClimate, SetDefrost, SetRecirculation, SetAirflow,
        SetSeatHeating, SetSeatVentilation, SetSteeringWheelHeating, GetClimateStatus, NavigateTo, NavigateToSaved,
        AddStop, CancelNavigation, SetRouteAvoidance, GetRouteInfo, SearchPlaces, BookTable, SearchFood, AddToCart,
        OrderFood, SearchHotels, BookHotel, SearchTickets, BookTicket, TrackParcel, Pay, GetPaymentInfo, SetupAccount,
        GetVehicleStatus, OtherVehicleFunction, Chat, Clarify, Refuse, IdentifyPlace, CancelOrder, ChooseOption,
    };
}
