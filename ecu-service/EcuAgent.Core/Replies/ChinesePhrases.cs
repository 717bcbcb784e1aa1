using System.Globalization;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;
using EcuAgent.Signals;

namespace EcuAgent.Core.Replies;

/// <summary>What the assistant says in Chinese.</summary>
internal sealed class ChinesePhrases : Phrases
{
    private static readonly string[] Ordinals = ["一", "二", "三", "四", "五", "六", "七", "八"];

    private static readonly string[] RelativeSectors = ["正前方", "右前方", "右侧", "右后方", "后方", "左后方", "左侧", "左前方"];

    private static readonly string[] CompassSectors = ["北边", "东北方向", "东边", "东南方向", "南边", "西南方向", "西边", "西北方向"];

    private ChinesePhrases()
    {
    }

    public static ChinesePhrases Instance { get; } = new();

    public override string Language => "zh";

    public override string Joint => "；";

    public override string Gap => "";

    public override string Interrupted => "刚才中断了一下，请看看是否已经完成，或者再说一遍";

    public override string OneMoment => "请稍等，我还在处理刚才的请求";

    public override string SayAgain => "我没有听清，可以再说一遍吗";

    public override string NotUnderstood => "我没有理解，可以换一种说法吗";

    public override string TooManyRequests => "一次的请求太多了，最后几个请再说一遍";

    public override string ModelUnavailable => "我现在处理不了这个请求，什么都没有改变";

    public override string TooManyCommands => "还有太多指令没有完成，这个指令没有发出";

    public override string QuestionOpen => "请先回答刚才的问题";

    public override string NotRecorded => "现在无法安全记录，所以没有下单也没有付款";

    public override string NoPlaces => "没有找到这样的地点";

    public override string PlacesUnavailable => "导航没有回应，没能查找地点";

    public override string NothingChosen => "路线保持不变";

    public override string NothingToChoose => "刚才没有给出可选的选项，您要找什么";

    public override string HeadingUnknown => "现在不知道车头的朝向，无法判断旁边是什么";

    public override string NotCanceled => "商家没能取消，一切照旧";

    public override string NothingToCancel => "没有可以取消的订单或预订";

    public override string WhichOrder => "您要取消哪个订单或预订";

    public override string ToolAmbiguous => "这句话可能有几种意思，请说得更明确一些";

    public override string ToolTooLong => "内容太长，无法复述，所以没有执行";

    public override string WhichDay => "具体是哪一天";

    public override string OnlyToday => "餐食只能订今天的，所以没有下单";

    public override string HowMuch => "具体要付多少钱";

    public override string NoRoute => "现在没有导航路线";

    public override string MerchantsUnavailable => "商家现在没有回应，没有下单也没有付款";

    public override string NothingOffered => "没有找到合适的商品";

    public override string NotAYes => "我没有把它当作同意，要继续吗";

    public override string Sentence(string clause) => clause + (clause.Length > 0 && clause[^1] is '。' or '！' or '？' ? "" : "。");

    public override string Question(string clause) => clause + (clause.EndsWith('？') ? "" : "？");

    public override string DidYouMean(string first, string second) => $"您说的是“{Spoken.Name(first)}”还是“{Spoken.Name(second)}”";

    public override string Done(VehicleCommand command, double? value) => command switch
    {
        HvacCommand hvac => Done(hvac, value),
        NavigationCommand { Action: NavigationAction.SetDestination } set => $"已设置去{Spoken.Name(set.DestinationName)}的路线",
        NavigationCommand { Action: NavigationAction.AddStop } stop => $"已添加途经点{Spoken.Name(stop.DestinationName)}",
        NavigationCommand { Action: NavigationAction.Cancel } => "导航已结束",
        NavigationCommand { Action: NavigationAction.SetAvoidance } route => route.Avoidance switch
        {
            RouteAvoidance.Tolls => "路线已避开收费路段",
            RouteAvoidance.Highways => "路线已避开高速",
            RouteAvoidance.Ferries => "路线已避开轮渡",
            RouteAvoidance.Traffic => "路线已避开拥堵",
            _ => "路线不再避开任何路段",
        },
        _ => "已完成",
    };

    public override string Limited(HvacCommand command, double asked, double applied) =>
        $"{Done(command, applied)}，而不是{Spoken.Number(asked)}，因为超出了允许的范围";

    public override string NotShown(VehicleCommand command, double? value) => $"{Unit(command)}报告{Done(command, value)}，但它的状态没有显示出来";

    public override string Contradicted(VehicleCommand command, double? observed) => observed is { } value && command is HvacCommand hvac && HasNumber(hvac)
        ? $"{Unit(command)}报告已完成，但{Subject(command)}的状态显示为{Spoken.Number(value)}"
        : $"{Unit(command)}报告已完成，但{Subject(command)}的状态不一致";

    public override string NotDone(VehicleCommand command, CommandState state, string reason) => state switch
    {
        CommandState.Rejected => $"{Subject(command)}没有改变，{Unit(command)}拒绝了{Why(reason)}",
        CommandState.Expired => $"{Unit(command)}没有及时回应，{Subject(command)}可能没有改变",
        _ => reason switch
        {
            CommandReasons.NoPeer => $"{Subject(command)}没有改变，联系不上{Unit(command)}",
            CommandReasons.NotSent => $"{Subject(command)}没有改变，指令没能发出",
            _ => $"{Subject(command)}没有改变，{Unit(command)}执行失败{Why(reason)}",
        },
    };

    public override string Denied(GateReason reason) => reason switch
    {
        GateReason.NotWhileMoving => "行驶中不能这样做",
        GateReason.NotWhileIdling => "停车入P挡后才可以",
        GateReason.NotWhileStateUnknown => "我无法确认车辆是否停好，现在不能这样做",
        GateReason.VoiceOnly => "现在只能用语音操作",
        GateReason.SpeakerIsChild or GateReason.SpeakerSeatEmpty or GateReason.SpeakerUnknown or GateReason.SpeakerNotPermitted =>
            "这需要由座位上的成年人提出",
        GateReason.AsrConfidenceLow => "我没有听得足够清楚，不能这样做",
        GateReason.AmountOverOrderCap or GateReason.AmountOverTripCap => "金额超出了途中的消费上限",
        GateReason.ConsentRevoked => "车辆不再是停车状态，所以没有继续",
        GateReason.ConsentExpired => "确认来得太晚，所以没有继续",
        _ => "现在不允许这样做",
    };

    public override string PlaceNotFound(string name) => $"没有找到{Spoken.Name(name)}";

    public override string SavedPlaceMissing(bool home) => home ? "还没有保存家的地址" : "还没有保存公司的地址";

    public override string WhichPlace(IReadOnlyList<string> options) => $"您要去哪一个：{Numbered(options)}";

    public override string PlaceList(IReadOnlyList<string> options) =>
        options.Count == 1 ? $"找到{options[0]}" : $"找到{options.Count.ToString(CultureInfo.InvariantCulture)}个：{Numbered(options)}";

    public override string Option(string name, double distanceM, double bearingDeg, double? headingDeg)
    {
        var where = double.IsFinite(bearingDeg)
            ? headingDeg is { } heading ? RelativeSectors[Spoken.Sector(bearingDeg, heading)] : CompassSectors[Spoken.Sector(bearingDeg, 0)]
            : "";
        var far = double.IsFinite(distanceM) ? Distance(distanceM) : "";
        return where.Length + far.Length > 0 ? $"{Spoken.Name(name)}，{where}{far}" : Spoken.Name(name);
    }

    public override string NotKnownOfOptions(string which, IReadOnlyList<string> options) =>
        $"我不知道它们的{(which == "cheapest" ? "价格" : "评分")}，{WhichPlace(options)}";

    public override string AlreadyAStop(string name) => $"{Spoken.Name(name)}已经是途经点";

    public override string StopStays(string name) => $"{Spoken.Name(name)}仍是途经点，我无法单独取消一个途经点";

    public override string PlaceBeside(string side, string name, double distanceM) => $"{Side(side)}是{Spoken.Name(name)}，距离{Distance(distanceM)}";

    public override string NothingBeside(string side, double withinM) => $"{Side(side)}{Distance(withinM)}内没有我知道的地点";

    public override string Canceled(string summary) => $"商家已确认{summary}";

    public override string Deferred(string summary) => $"{summary}需要等一等，停好车后我再问您";

    public override string DeferralFull(string summary) => $"等待的请求已满，{summary}请停好车后再说";

    public override string DeferralExpired(string summary) => $"{summary}等得太久，已取消";

    public override string Resume(IReadOnlyList<string> summaries) => summaries is [var only]
        ? $"车已停好，要继续{only}吗"
        : $"车已停好，您要{string.Join("、", summaries.SkipLast(1))}和{summaries[^1]}，要继续吗";

    public override string NoMerchant(MerchantNeed need) => need switch
    {
        MerchantNeed.Food => "没有设置餐饮商家，无法查询或下单",
        MerchantNeed.Hotel => "没有设置酒店商家，无法查询或预订",
        MerchantNeed.Ticket => "没有设置票务商家，无法查询或预订",
        MerchantNeed.Table => "没有设置订座服务，无法预订",
        MerchantNeed.Parcel => "没有设置快递服务，无法查询",
        _ => "没有设置支付服务，无法办理",
    };

    public override string Offers(IReadOnlyList<string> options) => PlaceList(options);

    public override string Offer(RankedOffer offer) =>
        (offer.IsSponsored ? "广告：" : "") + Spoken.Name(offer.Candidate.Merchant.Name) + "的" + Spoken.Name(offer.Candidate.Offer.Title)
        + (offer.Candidate.Offer.Price is { } price ? $"，{Spoken.Amount(price)}" : "") + Because(offer);

    public override string NothingKeeps(IReadOnlyList<string> diets) => $"没有找到{string.Join("、", diets.Select(Diet))}的选项";

    public override string NothingInBudget(string reason, Money budget, MerchantNeed need) => reason == LeftOutReasons.OverBudget
        ? $"没有找到在您{Budget(budget, need)}预算之内的选项"
        : $"没有找到能和您{Budget(budget, need)}预算相比的价格";

    protected override string NotCarriedOut(string summary) => $"，{summary}没有执行";

    protected override string Beyond(RankedOffer best) => $"指名的话仍可以订{Offer(best)}";

    public override string Prepared(PurchaseRecord quote) =>
        $"{Spoken.Name(quote.MerchantName)}的{Lines(quote.Order.Lines)}已放入购物车，{Spoken.Amount(quote.Total!.Value)}，还没有下单";

    public override string ReadBack(
        string summary, PurchaseRecord quote, CheckoutSession session, RankedOffer? offer, DateTimeOffset now, ReadBackNotes notes) =>
        (notes.IsChanged ? "价格或条件有变化，" : "")
        + (notes.IsRepeated ? "刚才已经订过一样的，" : "")
        + $"{summary}：{(offer?.IsSponsored == true ? "广告，" : "")}{Spoken.Name(quote.MerchantName)}的{string.Concat(StandingDiets(offer).Select(Diet))}{Lines(quote.Order.Lines)}，{Spoken.Amount(quote.Total!.Value)}"
        + (notes.OverBudget is { } budget ? $"，超过您{Budget(budget, quote.Order.Need)}的预算" : "")
        + (quote.Order.Day is { } day ? On(day, now, quote.Order.Need) : "")
        + When(session.Delivery, quote.Order.ArriveAt, now)
        + (notes.Aboard is { } people ? For(people, quote.Order.Need) : "") + "，要继续吗";

    public override string Placed(PurchaseRecord record, DateTimeOffset now) =>
        $"{Spoken.Name(record.MerchantName)}已确认{record.Summary}"
        + (record.Charged is { } charged ? $"，{Spoken.Amount(charged)}" : "")
        + (record.OrderNumber.Length > 0 ? $"，单号{Spoken.Name(record.OrderNumber)}" : "")
        + (record.ReadyAt is { } ready ? $"，{Clock(ready, now)}" : "");

    public override string NotChanged(string reason) => reason switch
    {
        CommerceReasons.OutOfStock => "没有那么多或者已经售完，订单没有改",
        CommerceReasons.DeliveryNotOffered => "商家不提供这种取送方式，订单没有改",
        _ => "商家没能更改，订单还是原来的",
    };

    public override string AmountDiffers(PurchaseRecord quote) =>
        $"{Spoken.Name(quote.MerchantName)}要收{Spoken.Amount(quote.Total!.Value)}，和您说的不一样，没有付款";

    public override string OutcomeLost(PurchaseRecord record) =>
        $"查不到{Spoken.Name(record.MerchantName)}有没有收到{record.Summary}，再下单之前请先问一下商家";

    public override string NothingToTrack => "没有查到在途的相关订单";

    public override string TakenBack(string summary) => $"商家已撤回{summary}";

    public override string MerchantSilent(string summary) => $"商家没有回应，不知道{summary}的结果";

    public override string Declined(string summary) => $"{summary}已取消";

    public override string Revoked(string summary) => $"车辆不再是停车状态，{summary}没有执行";

    public override string QuestionExpired(string summary) => $"没有得到回答，{summary}没有执行";

    public override string ToolSummary(ToolWords words) =>
        $"{words.Server}的“{ToolWords.Plain(words.Tool)}”"
        + (words.Arguments.Count == 0 ? "" : $"（{string.Join("，", words.Arguments.Select(pair => $"{ToolWords.Plain(pair.Name)}：{pair.Value}"))}）")
        + words.Amount switch { null => "", { MinorUnits: 0 } => "，免费", { } amount => $"，{Spoken.Amount(amount)}" };

    public override string ToolReadBack(string summary, bool isChanged) =>
        $"{(isChanged ? "这个工具已经不是当初允许的那一个；" : "")}{summary}，要继续吗";

    public override string ToolTold(ToolWords words, ToolAnswer answer, bool acts, string quote)
    {
        var (server, tool) = (words.Server, $"“{ToolWords.Plain(words.Tool)}”");
        var says = quote.Length > 0 ? $"，并说：“{quote}”" : "";
        return answer switch
        {
            { Outcome: CommerceOutcome.Done } when acts => $"{server}报告{tool}已完成{says}",
            { Outcome: CommerceOutcome.Done } => quote.Length > 0 ? $"{server}说：“{quote}”" : $"{server}有回答，但没有可以读出来的内容",
            { Outcome: CommerceOutcome.NotSent } => $"联系不上{server}，{tool}没有发出",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.ToolFailed } => $"{server}报告{tool}失败{says}",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.NotOffered } => $"{server}现在不提供{tool}，没有发出任何内容",
            { Outcome: CommerceOutcome.Refused, Reason: ToolReasons.ArgumentsInvalid } => $"{server}的{tool}不接受这些内容，没有发出",
            { Outcome: CommerceOutcome.Refused } => $"{server}拒绝了{tool}，没有执行",
            { Reason: ToolReasons.ToolFailed } => $"{server}报告{tool}失败，我不知道是否执行了一部分{says}",
            _ when acts => $"{server}没有正常回答，我不知道{tool}是否已执行",
            _ => $"{server}没有正常回答，所以我不知道",
        };
    }

    public override string Summary(string tool, ToolArguments arguments)
    {
        var count = arguments.Integer("quantity") is { } quantity and > 1 ? quantity.ToString(CultureInfo.InvariantCulture) + "份" : "";
        return tool switch
        {
            ToolNames.OrderFood or ToolNames.AddToCart => $"{Arrive(arguments.Text("arrive"))}订购{Part(arguments.Text("merchant"), "的")}{count}{Diet(arguments.Text("diet"))}{Or(arguments.Text("item"), "餐")}",
            ToolNames.BookHotel => $"预订{Near(arguments.Text("near"))}{Part(arguments.Text("place"), "的")}酒店{(arguments.Integer("nights") is { } nights ? $"{nights}晚" : "")}",
            ToolNames.BookTicket => $"预订{Near(arguments.Text("near"))}{Part(arguments.Text("what"), "的")}{(count.Length > 0 ? arguments.Integer("quantity") + "张" : "")}{TicketKind(arguments.Text("kind"))}",
            ToolNames.BookTable => $"预订{Part(arguments.Text("restaurant"), "的")}座位{(arguments.Integer("people") is { } people ? $"（{people}人）" : "")}",
            ToolNames.Pay => $"{PaymentKind(arguments.Text("kind"))}{Part(arguments.Text("payee"), "")}{(arguments.Number("amount") is { } amount ? $"{Spoken.Number(amount)}元" : "")}",
            ToolNames.CancelOrder => arguments.Text("kind") switch
            {
                "food" => "取消餐饮订单",
                "hotel" => "取消酒店预订",
                "ticket" => "退票",
                "table" => "取消订座",
                "parcel" => "取消快递订单",
                _ => "取消订单",
            },
            ToolNames.AddStop => $"在{Or(arguments.Text("destination"), "那里")}停靠",
            ToolNames.TrackParcel => "取快递",
            _ => "这个请求",
        };
    }

    public override string NotKnown(string tool, string about) => (tool, about) switch
    {
        (ToolNames.GetClimateStatus, "inside_temperature") => "现在不知道车内温度",
        (ToolNames.GetClimateStatus, "outside_temperature") => "现在不知道车外温度",
        (ToolNames.GetClimateStatus, _) => "现在不知道空调的设置",
        (ToolNames.GetRouteInfo, "position") => "现在不知道车辆的位置",
        (ToolNames.GetRouteInfo, "traffic") => "我收不到路况信息",
        (ToolNames.GetRouteInfo, _) => "导航现在没有路线信息",
        (ToolNames.GetVehicleStatus, "fuel") => "现在不知道油量",
        (ToolNames.GetVehicleStatus, "battery") => "现在不知道电量",
        (ToolNames.GetVehicleStatus, "range") => "现在不知道续航里程",
        (ToolNames.GetVehicleStatus, "speed") => "现在不知道车速",
        (ToolNames.GetVehicleStatus, "tyre_pressure") => "这辆车不提供胎压信息",
        (ToolNames.GetVehicleStatus, "maintenance") => "这辆车不提供保养信息",
        (ToolNames.GetVehicleStatus, "warnings") => "这辆车不提供故障信息",
        (ToolNames.GetPaymentInfo, _) => "没有设置支付服务，无法查询",
        _ => "现在不知道",
    };

    public override string Temperature(string about, double degreesCelsius) => about switch
    {
        "inside_temperature" => $"车内{Spoken.Number(degreesCelsius)}度",
        "outside_temperature" => $"车外{Spoken.Number(degreesCelsius)}度",
        _ => $"温度设置为{Spoken.Number(degreesCelsius)}度",
    };

    public override string FanLevel(int level) => level == 0 ? "风扇已关闭" : $"风量是{level.ToString(CultureInfo.InvariantCulture)}挡";

    public override string ClimateSettings(bool on, double targetCelsius, int fanLevel) =>
        on ? $"空调开着，温度{Spoken.Number(targetCelsius)}度，{FanLevel(fanLevel)}" : "空调关着";

    public override string Arrival(TimeSpan remaining, string destination) => $"到{Spoken.Name(destination)}大约还要{Minutes(remaining)}";

    public override string Remaining(double distanceM, string destination) => $"到{Spoken.Name(destination)}还有{Distance(distanceM)}";

    public override string Position(double latitudeDeg, double longitudeDeg) => string.Create(
        CultureInfo.InvariantCulture,
        $"车辆在{(latitudeDeg < 0 ? "南纬" : "北纬")}{Math.Abs(latitudeDeg):0.000}度，{(longitudeDeg < 0 ? "西经" : "东经")}{Math.Abs(longitudeDeg):0.000}度");

    public override string TowardsPlace(string option) => option;

    public override string Level(string about, double percent) =>
        $"{(about == "fuel" ? "油量" : "电量")}是百分之{Math.Round(percent).ToString(CultureInfo.InvariantCulture)}";

    public override string Range(double rangeM) => $"续航里程大约{Distance(rangeM)}";

    public override string Speed(double speedMps) =>
        $"车速是每小时{Math.Round(Units.MetersPerSecondToKilometersPerHour(Math.Abs(speedMps))).ToString(CultureInfo.InvariantCulture)}公里";

    public override string OtherFunction(string function) => function switch
    {
        "window" => "我不能操作车窗",
        "seat" => "我不能调节座椅",
        "light" => "我不能操作车灯",
        "wiper" => "我不能操作雨刮",
        "door" => "我不能操作车门",
        "mirror" => "我不能调节后视镜",
        "media" => "我不能播放媒体",
        "volume" => "我不能调节音量",
        "phone" => "我不能使用电话",
        "display" => "我不能调节屏幕",
        "driver_assistance" => "我不能更改驾驶辅助",
        _ => "车辆的这个功能不由我操作",
    };

    public override string Chat(string topic) => topic switch
    {
        "greeting" => "您好，我能为您做什么",
        "thanks" => "不客气",
        "goodbye" => "再见",
        "joke" => "我认识一条从不绕路的路，可惜它哪儿也不去",
        "how_are_you" => "我很好，谢谢",
        "about_me" => "我是这辆车的语音助手，负责空调、导航和查找",
        "compliment" => "谢谢夸奖",
        _ => "我更擅长空调、路线和附近的地点",
    };

    public override string Clarify(string about) => about switch
    {
        "hvac" => "您想怎样调节空调",
        "navigation" => "您具体要去哪里",
        "poi" => "您要找什么样的地点",
        "food" => "您想吃点或喝点什么",
        "hotel" => "您说的是哪个酒店或城市",
        "ticket" => "您说的是什么票",
        "payment" => "具体要付什么",
        _ => "我不确定您的意思，可以换一种说法吗",
    };

    public override string Refuse(string reason) => reason == "unsafe" ? "这不安全，我不能这样做" : "这件事我在车里做不到";

    public override string Setup(string what) => what switch
    {
        "payment_method" => "付款方式要在您的支付服务商那里添加，再把它的编号填到车辆设置里，我不接收卡号",
        "limit" => "消费限额要在车辆设置里修改，不能用语音修改",
        _ => "商家账户要在车辆设置里关联，不能用语音设置",
    };

    public override string PaymentSetup(PaymentFacts facts) =>
        "付款由您的支付服务商按编号完成，车里不保存卡号；"
        + $"限额是每单{Spoken.Amount(facts.PerOrder)}，每次行程{Spoken.Amount(facts.PerTrip)}，每天{Spoken.Amount(facts.PerDay)}；今天已用{Spoken.Amount(facts.SpentToday)}";

    public override string LastCharge(PurchaseRecord? paid) => paid is null
        ? "最近没有付过款"
        : $"最近一次付款是{Spoken.Name(paid.MerchantName)}的{Spoken.Amount((paid.Charged ?? paid.Total)!.Value)}，{paid.Summary}";

    public override string LastDecline(PurchaseRecord? declined) => declined is null
        ? "没有被拒绝的付款"
        : $"{Spoken.Name(declined.MerchantName)}的付款被拒绝了（{declined.Summary}），原因请问您的支付服务商";

    public override string LastRefund(PurchaseRecord? refunded) => refunded is null
        ? "没有退款"
        : $"{Spoken.Name(refunded.MerchantName)}已撤回{refunded.Summary}，{Spoken.Amount(refunded.Charged!.Value)}由您的支付服务商退回";

    public override string BalanceUnknown(Money spentToday) => $"余额只有您的支付服务商知道，今天已用{Spoken.Amount(spentToday)}";

    protected override IReadOnlyDictionary<string, string> NotOrderedTexts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [CommerceReasons.NothingFound] = "没有找到{0}的选项",
        [CommerceReasons.Closed] = "商家那时不营业，{0}没有执行",
        [CommerceReasons.OutOfStock] = "已经售完，{0}没有执行",
        [CommerceReasons.PaymentDeclined] = "付款被拒绝，{0}没有执行",
        [CommerceReasons.NoInstrument] = "没有设置付款方式，{0}没有执行",
        [CommerceReasons.NeedsScreen] = "{0}需要您在屏幕上操作，没有下单也没有付款",
        [CommerceReasons.OverOrderCap] = "{0}超过单笔限额，没有下单也没有付款",
        [CommerceReasons.OverTripCap] = "{0}超过本次行程的限额，没有下单也没有付款",
        [CommerceReasons.OverDayCap] = "{0}超过一天的限额，没有下单也没有付款",
        [CommerceReasons.TermsChanged] = "价格或条件有变化，{0}没有执行",
        [CommerceReasons.SessionClosed] = "商家的报价已过期，{0}没有执行",
        [LeftOutReasons.AnotherMerchant] = "不认识这家商家，{0}没有执行",
        ["interrupted"] = "{0}被中断，没有下单也没有付款",
        [CommerceReasons.DeliveryNotOffered] = "商家不提供这种取送方式，{0}没有执行",
        [AgentReasons.DayOver] = "{0}的日子已经过了，没有下单也没有付款",
        [CommerceReasons.ItemsDiffer] = "商家给的商品或数量不一样，{0}没有执行",
    };

    protected override string NotOrderedOtherwise => "商家没能完成，{0}没有执行，也没有付款";

    protected override IReadOnlyDictionary<OrderProgress, string> ProgressTexts { get; } = new Dictionary<OrderProgress, string>
    {
        [OrderProgress.Placed] = "已下单",
        [OrderProgress.Preparing] = "正在准备",
        [OrderProgress.OnTheWay] = "正在路上",
        [OrderProgress.Ready] = "可以取了",
        [OrderProgress.Fulfilled] = "已送达",
        [OrderProgress.Canceled] = "已取消",
        [OrderProgress.Failed] = "没能送达",
        [OrderProgress.Unknown] = "已下单，其他情况不清楚",
    };

    protected override string Progress(PurchaseRecord record, string state, string carrier, DateTimeOffset? expected, DateTimeOffset now) =>
        $"{Spoken.Name(record.MerchantName)}的{Lines(record.Order.Lines)}{state}"
        + (carrier.Length > 0 ? $"，{Spoken.Name(carrier)}配送" : "")
        + (expected is { } at ? $"，预计{Clock(at, now)}" : "");

    public override string Plan(SpokenPlan plan, DateTimeOffset now) =>
        (plan.IsChanged ? "计划改为" : "计划是")
        + string.Join("，然后", plan.Items.Select(item => $"{Clock(item.At, now)}{(item.IsBrought ? $"{Spoken.Name(item.Name)}送到" : $"到{Spoken.Name(item.Name)}")}{(item.IsSponsored ? "（广告）" : "")}"))
        + (plan.More > 0 ? string.Create(CultureInfo.InvariantCulture, $"，还有{plan.More}件") : "")
        + $"，{Clock(plan.ArriveAt, now)}到达"
        + (plan.Extra is { TotalSeconds: >= 30 } extra ? $"，多用{Minutes(extra)}" : "")
        + (plan.IsRangeUnknown ? "；不知道续航够不够" : "");

    public override string NoPlan(string reason) => reason switch
    {
        AgentReasons.DestinationUnknown => "不知道要去哪里，我一件一件来办",
        AgentReasons.PositionUnknown => "不知道车在哪里，我一件一件来办",
        ErrandReasons.OutOfRange => "续航不够走完全程，没有安排停靠，我一件一件来办",
        _ => "没有能全部办完的路线，我一件一件来办",
    };

    public override string TooManyErrands(string summary) => $"事情太多了，{summary}请稍后再说";

    public override string AlreadyPlanned(string summary) => $"{summary}已经在计划里了";

    public override string PlanDropped => "计划的其余部分已取消";

    public override string PlanExpired => "计划的其余部分等得太久，已取消";

    protected override IReadOnlyDictionary<string, string> LeftOutTexts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ErrandReasons.Closed] = "{0}没有排进去，那时已经关门",
        [ErrandReasons.NotReady] = "{0}没有排进去，来不及准备好",
        [ErrandReasons.OutOfRange] = "{0}没有排进去，续航不够",
        [ErrandReasons.NoWay] = "{0}没有排进去，没有路可到",
        [ErrandReasons.ArrivalTooLate] = "{0}没有排进去，到达会太晚",
    };

    protected override string LeftOutOtherwise => "{0}没有排进去，不知道在哪里";

    private static string Done(HvacCommand command, double? value) => command.Action switch
    {
        HvacAction.SetTemperature => $"{Zone(command.Zone)}温度已设为{Spoken.Number(value ?? command.TemperatureCelsius)}度",
        HvacAction.AdjustTemperature =>
            $"{Zone(command.Zone)}温度已调{(command.TemperatureCelsius > 0 ? "高" : "低")}{(value is { } degrees ? $"到{Spoken.Number(degrees)}度" : "")}",
        HvacAction.SetFan => Level("风量", value ?? command.Level, ""),
        HvacAction.AdjustFan => $"风量已调{(command.Level > 0 ? "大" : "小")}{(value is { } level ? $"到{Spoken.Number(level)}挡" : "")}",
        HvacAction.SetRecirculation => command.On ? "已切换到内循环" : "已切换到外循环",
        HvacAction.SetAirflow => command.Airflow switch
        {
            AirflowDirection.Face => "出风已吹向面部",
            AirflowDirection.Feet => "出风已吹向脚部",
            AirflowDirection.Windshield => "出风已吹向前挡风玻璃",
            _ => "出风已吹向面部和脚部",
        },
        HvacAction.SetSeatHeating => Level("座椅加热", value ?? command.Level, Zone(command.Zone)),
        HvacAction.SetSeatVentilation => Level("座椅通风", value ?? command.Level, Zone(command.Zone)),
        _ => $"{Subject(command)}已{(command.On ? "打开" : "关闭")}",
    };

    private static string Subject(VehicleCommand command) => command is not HvacCommand hvac ? "路线" : hvac.Action switch
    {
        HvacAction.SetTemperature or HvacAction.AdjustTemperature => "温度",
        HvacAction.SetFan or HvacAction.AdjustFan => "风量",
        HvacAction.SetClimate => "空调系统",
        HvacAction.SetAirConditioning => "空调制冷",
        HvacAction.SetHeater => "暖风",
        HvacAction.SetAutomatic => "自动空调",
        HvacAction.SetRecirculation => "内循环",
        HvacAction.SetFrontDefrost => "前窗除霜",
        HvacAction.SetRearDefrost => "后窗除霜",
        HvacAction.SetAirflow => "出风方向",
        HvacAction.SetSeatHeating => "座椅加热",
        HvacAction.SetSeatVentilation => "座椅通风",
        HvacAction.SetSteeringWheelHeating => "方向盘加热",
        _ => "空调",
    };

    private static string Unit(VehicleCommand command) => command.Target == CommandTarget.Hvac ? "空调控制器" : "导航";

    private static bool HasNumber(HvacCommand command) => command.Action is HvacAction.SetTemperature or HvacAction.AdjustTemperature
        or HvacAction.SetFan or HvacAction.AdjustFan or HvacAction.SetSeatHeating or HvacAction.SetSeatVentilation;

    private static string Why(string reason) => reason switch
    {
        "out_of_range" => "，因为数值超出范围",
        "not_available" or "unavailable" => "，因为现在不可用",
        "power_off" => "，因为它是关闭的",
        "no_route" => "，因为没有路线",
        "unknown_place" => "，因为它不认识这个地点",
        "busy" => "，因为它正忙",
        "fault" => "，因为出现故障",
        "expired" => "，因为指令来得太晚",
        _ => "",
    };

    private static string Level(string subject, double level, string zone) =>
        level == 0 ? $"{zone}{subject}已关闭" : $"{zone}{subject}已设为{Spoken.Number(level)}挡";

    private static string Zone(CabinZone zone) => zone switch
    {
        CabinZone.Driver => "主驾",
        CabinZone.Passenger => "副驾",
        CabinZone.RearLeft => "左后座",
        CabinZone.RearRight => "右后座",
        CabinZone.Front => "前排",
        CabinZone.Rear => "后排",
        _ => "",
    };

    private static string Numbered(IReadOnlyList<string> options) => string.Join("；", options.Select((option, i) => $"第{Ordinals[i]}，{option}"));

    private static string Distance(double metres)
    {
        var (value, kilometres) = Spoken.Distance(metres);
        return kilometres ? $"{Spoken.Number(value)}公里" : $"{Spoken.Number(value)}米";
    }

    private static string Minutes(TimeSpan time)
    {
        var minutes = (int)Math.Max(1, Math.Round(time.TotalMinutes));
        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes}分钟")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}小时{minutes % 60}分钟");
    }

    private static string Lines(IReadOnlyList<OrderLine> lines) =>
        string.Join("和", lines.Select(line => Spoken.Name(line.Title) + (line.Quantity > 1 ? line.Quantity.ToString(CultureInfo.InvariantCulture) + "份" : "")));

    private static string On(DateOnly day, DateTimeOffset now, MerchantNeed need)
    {
        var text = (day.DayNumber - DateOnly.FromDateTime(now.DateTime).DayNumber) switch
        {
            0 => "今天",
            1 => "明天",
            _ => day.ToString(day.Year == now.Year ? "M月d日" : "yyyy年M月d日", CultureInfo.InvariantCulture) + "星期" + "日一二三四五六"[(int)day.DayOfWeek],
        };
        return "，" + text + (need == MerchantNeed.Hotel ? "入住" : "");
    }

    // Where the merchant does not say when it comes, the time that it was told.
    private static string When(CheckoutDelivery? delivery, DateTimeOffset? arriveAt, DateTimeOffset now) => delivery switch
    {
        { Kind: DeliveryKind.Pickup, From: { } ready } => $"，{Clock(ready, now)}可取",
        { Until: { } until } => $"，{Clock(until, now)}送到",
        { From: { } from } => $"，{Clock(from, now)}",
        _ => arriveAt is { } at ? $"，{Clock(at, now)}到达" : "",
    };

    private static string Clock(DateTimeOffset time, DateTimeOffset now)
    {
        var local = time.ToOffset(now.Offset);
        var days = (local.Date - now.Date).Days;
        var day = days switch
        {
            0 => "",
            1 => "明天",
            _ => local.ToString("M月d日", CultureInfo.InvariantCulture),
        };
        return day + local.ToString("H:mm", CultureInfo.InvariantCulture);
    }

    // What speaks for an offer most, where that is more than its price, which is told anyway.
    private static string Because(RankedOffer offer) => offer.Strongest switch
    {
        { Code: WhyCodes.DistanceM, Value: var metres } => $"，离您{Distance(double.Parse(metres, CultureInfo.InvariantCulture))}",
        { Code: WhyCodes.DestinationDistanceM, Value: var metres } => $"，离目的地{Distance(double.Parse(metres, CultureInfo.InvariantCulture))}",
        { Code: WhyCodes.AroundDistanceM, Value: var metres } => $"，离那里{Distance(double.Parse(metres, CultureInfo.InvariantCulture))}",
        { Code: WhyCodes.Rating, Value: var rating } => $"，评分{rating}",
        { Code: WhyCodes.UsedBefore } => "，您以前买过",
        _ => "",
    };

    private static string Or(string? text, string other) => text is { Length: > 0 } ? Spoken.Name(text) : other;

    private static string Part(string? text, string after) => text is { Length: > 0 } ? Spoken.Name(text) + after : "";

    private static string Side(string side) => side switch
    {
        "left" => "左侧",
        "right" => "右侧",
        "behind" => "后方",
        _ => "前方",
    };

    private static string Budget(Money budget, MerchantNeed need) => need switch
    {
        MerchantNeed.Food => "每人",
        MerchantNeed.Hotel => "每晚",
        _ => "每张票",
    } + Spoken.Amount(budget);

    private static string For(int people, MerchantNeed need) => (need, people) switch
    {
        (MerchantNeed.Table, 1) => "，车里只有您一位，按1位订",
        (MerchantNeed.Table, _) => $"，车里有{people}位，按{people}位订",
        (MerchantNeed.Hotel, _) => $"，车里有{people}位，只订1间",
        _ => $"，车里有{people}位，只订1份",
    };

    private static string Diet(string? diet) => diet switch
    {
        null => "",
        "vegetarian" => "素食",
        "vegan" => "纯素",
        "halal" => "清真",
        "kosher" => "犹太洁食",
        _ => "无麸质",
    };

    private static string Arrive(string? place) => place switch
    {
        null => "",
        "home" => "到家时",
        "work" => "到公司时",
        _ => "到达时",
    };

    private static string Near(string? place) => place switch
    {
        null => "",
        "route" => "沿途",
        _ => "目的地附近",
    };

    private static string TicketKind(string? kind) => kind switch
    {
        "movie" => "电影票",
        "train" => "火车票",
        "flight" => "机票",
        "bus" => "汽车票",
        "event" => "演出票",
        _ => "门票",
    };

    private static string PaymentKind(string? kind) => kind switch
    {
        "bill" => "缴费",
        "transfer" => "转账",
        "parking" => "停车费",
        "fuel" => "加油费",
        _ => "过路费",
    };
}
