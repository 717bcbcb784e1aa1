namespace EcuAgent.Bench.Qwen;

/// <summary>Requests of our own, short and long, one call and several, English and Chinese.</summary>
internal static class Utterances
{
    public static readonly string[] All =
    [
        "set the temperature to 22 degrees",
        "make it a bit warmer for the passenger please",
        "take me home",
        "navigate to the Golden Dragon on Castle Street",
        "find a charging station along the route that is open now",
        "turn off the seat heating and take me to the main station",
        "order two pepperoni pizzas from Luigi's and set the fan to three",
        "what is my tyre pressure",
        "book a table for four at the Old Mill",
        "tell me a joke",
        "把温度调到二十三度",
        "导航到人民广场附近的咖啡馆",
        "打开后窗除雾然后回家",
        "帮我查一下明天去上海的火车票",
    ];
}
