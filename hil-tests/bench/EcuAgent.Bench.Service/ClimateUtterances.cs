namespace EcuAgent.Bench.Service;

/// <summary>Climate requests of our own, each with one command or more behind it.</summary>
internal static class ClimateUtterances
{
    internal static readonly string[] WarmUp = ["turn on the heater", "打开空调"];

    internal static readonly string[] All =
    [
        "set the temperature to 22 degrees", "make it 19 degrees on the passenger side", "I am cold", "it is too hot in here",
        "turn the fan up", "set the fan to three", "fan to level five please", "turn the fan down a bit",
        "turn on the air conditioning", "switch off the AC", "defrost the windshield", "turn on the rear defroster",
        "turn off the rear window heating", "heat my seat", "set the seat heating to two", "turn off the seat heating",
        "cool my seat", "seat ventilation to level three", "warm up the steering wheel", "turn off the steering wheel heating",
        "recirculate the air", "let some fresh air in", "blow the air at my feet", "air to the windshield",
        "把温度调到二十三度", "把温度调到22度", "太冷了", "有点热", "风量调大一点", "风速调到三档", "把风调小",
        "打开空调制冷", "关闭空调", "打开前挡风除雾", "打开后窗除雾", "关闭后窗加热", "打开座椅加热", "座椅加热调到二档",
        "关闭座椅加热", "打开座椅通风", "打开方向盘加热", "关闭方向盘加热", "打开内循环", "切换到外循环", "吹脚", "副驾驶温度调到二十度",
        "把空调打开然后把座椅加热打开", "turn on the AC and heat my seat",
    ];
}
