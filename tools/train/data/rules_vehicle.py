"""Keyword rules for the cabin: climate and other functions of the car, English and Chinese."""

import re

from text import numbers


def has(rx, u):
    return re.search(rx, u, re.I) is not None


def en_zone(u, speaker):
    left, right = r"\bleft\b", r"\bright\b"
    back, front = r"\b(back|rear)\b", r"\bfront\b"
    if has(back, u) and has(left, u):
        return "rear_left"
    if has(back, u) and has(right, u):
        return "rear_right"
    if has(r"\bdriver'?s?\b", u) or (has(front, u) and has(left, u)):
        return "driver"
    if has(r"\bpassenger'?s?\b", u) or (has(front, u) and has(right, u)):
        return "passenger"
    if has(back, u) and has(front, u) or has(r"\b(all (the )?(zones|seats|passengers|over)|every ?where|everyone|whole car|all round|both zones)\b", u):
        return "all"
    if has(back, u):
        return "rear"
    if has(front, u):
        return "front"
    if has(r"\b(my|on my) (seat|side|zone|area|spot)\b|\bmy (heated|ventilated) seat\b", u) and speaker != "unknown":
        return speaker
    return None


def zh_zone(u, speaker):
    if has("主副驾|主驾(驶)?(和|跟|与)副驾|前排|前座|第一排|一排", u):
        return "front"
    if has("左后|后排左|后左", u):
        return "rear_left"
    if has("右后|后排右|后右", u):
        return "rear_right"
    if has("副驾|乘客", u):
        return "passenger"
    if has("主驾|驾驶员|驾驶位|司机", u):
        return "driver"
    if has("后排|后座|二排|第二排|最后一排|三排|后面", u):
        return "rear"
    if has("全车|所有|全部|整车|每个|\\ball\\b", u):
        return "all"
    if has("我的|我这|我坐|我座", u) and speaker != "unknown":
        return speaker
    return None


_OFF_EN = r"\b(off|disable|deactivate|stop|kill|cut|shut|close|end|cancel|no|don'?t|without|put out|not|quit)\b"
_UP_EN = r"\b(up|increase|increment|rise|higher|high|raise|more|stronger|boost|crank|faster|strong|louder|max|stronger)\b"
_DOWN_EN = r"\b(down|decrease|decrement|lower|low|reduce|less|weaker|slower|drop|minimi[sz]e|weak)\b"


def en_on(u):
    return not has(_OFF_EN, u)


def en_fan_level(u):
    nums = [v for _, _, v in numbers(u, "en") if isinstance(v, int) and 0 <= v <= 7]
    if nums:
        return nums[-1]
    for rx, v in ((r"\b(max(imum|imal)?|full|highest|all the way up|top|strongest)\b", 7), (r"\b(min(imum|imal)?|lowest)\b", 1),
                  (r"\bmedium|middle|mid\b", 4), (r"\bto high\b|\bon high\b|\bhigh$", 6), (r"\bto low\b|\bon low\b|\blow$", 1)):
        if has(rx, u):
            return v
    return None


def en_hvac(u, speaker):
    """Calls for one English climate command, or None when no rule is sure."""
    z = en_zone(u, speaker)
    on = en_on(u)
    if has(r"defrost|demist|defog|de-?ic", u):
        w = "rear" if has(r"\b(rear|back)\b", u) else "front" if has(r"front|wind(shield|screen|scr)|\bmax", u) else "all"
        return [("set_defrost", {"window": w, "on": on})]
    if has(r"circulat|fresh air|outside air", u):
        fresh = has(r"fresh air|outside air", u)
        return [("set_recirculation", {"on": on != fresh})]
    if has(r"steering", u) and has(r"heat|warm", u):
        return [("set_steering_wheel_heating", {"on": on})]
    if has(r"\bseats?\b", u) and has(r"heat|warm|cool|ventil|vent\b", u):
        nums = [v for _, _, v in numbers(u, "en") if v in (0, 1, 2, 3)]
        lvl = 0 if not on else nums[-1] if nums else 3 if has(r"\b(max|high|full)", u) else 1 if has(r"\blow", u) else 2
        return [("set_seat_ventilation" if has(r"cool|vent", u) else "set_seat_heating", {"level": lvl, "zone": z})]
    temp = has(r"\btemp|degree|celsius|fahrenheit|°", u)
    if not temp and has(r"\b(face|feet|foot|floor|legs|windshield|windscreen|body|bi-?level)\b", u) and has(r"air|vent|blow|flow|fan|mode|direct|aim|point", u):
        feet, face = has(r"feet|foot|floor|legs", u), has(r"face|body|chest", u)
        d = "face_feet" if feet and face or has("bi-?level", u) else "feet" if feet else "face" if face else "windshield"
        return [("set_airflow", {"direction": d})]
    if has(r"\bfan|blower|air ?flow|\bair speed|blowing|ventilation", u) and not temp:
        if not on and not has(r"don'?t|\bno\b|\bnot\b", u):
            return [("set_fan", {"level": 0})]
        lvl = en_fan_level(u)
        if lvl is not None:
            return [("set_fan", {"level": lvl})]
        if has(_DOWN_EN, u):
            return [("adjust_fan", {"direction": "down"})]
        if has(_UP_EN, u):
            return [("adjust_fan", {"direction": "up"})]
        return [("set_fan", {"level": 3})] if has(r"\b(on|start|activate|enable|open)\b", u) else None
    nums = [v for _, _, v in numbers(u, "en")]
    if has(r"\bauto(matic|mated|mat)?\b", u):
        return [("set_climate", {"device": "automatic", "on": on})]
    heat = has(r"\bheat(er|ing|ers)?\b|warm|hott?er", u)
    cool = has(r"\bcool(er|ing)?\b|cold|chill", u)
    if nums:
        v = nums[-1]
        by = has(r"\bby\b", u) or (has(_UP_EN, u) or has(_DOWN_EN, u)) and v <= 10 and not has(r"\bto\b|\bat\b", u)
        if by and 0.5 <= v <= 10:
            down = has(_DOWN_EN, u) and not has(r"\bheat.* off", u) or cool and not heat
            return [("adjust_temperature", {"direction": "cooler" if down else "warmer", "degrees": v, "zone": z})]
        if 10 <= v <= 99 and not v % 0.5:
            return [("set_temperature", {"degrees": v, "zone": z})]
        return None
    if temp:
        if has(r"\b(warmer|hotter|warm)\b", u) or has(_UP_EN, u):
            return [("adjust_temperature", {"direction": "warmer", "zone": z})]
        if has(_DOWN_EN, u) or cool:
            return [("adjust_temperature", {"direction": "cooler", "zone": z})]
        return None
    if has(r"\b(ac|a\.?c|a/c|air ?con|air ?conditioning|air ?conditioner|air con\w*)\b", u):
        if has(r"\bcooler|colder", u):
            return [("adjust_temperature", {"direction": "cooler", "zone": z})]
        if has(r"\b(off|shut|disable|kill|stop|deactivate)\b", u):
            return [("set_climate", {"device": "air_conditioning", "on": False})]
        if has(_DOWN_EN, u):
            return [("adjust_fan", {"direction": "down"})]
        if has(_UP_EN, u):
            return [("adjust_fan", {"direction": "up"})]
        return [("set_climate", {"device": "air_conditioning", "on": on})]
    if has(r"\b(warmer|hotter|warm it|warm up|heat up|heat it|toast)", u):
        return [("adjust_temperature", {"direction": "warmer", "zone": z})]
    if has(r"\b(cooler|colder|cool it|cool down|chill)", u):
        return [("adjust_temperature", {"direction": "cooler", "zone": z})]
    if heat:
        if not on:
            return [("set_climate", {"device": "heater", "on": False})]
        if has(_DOWN_EN, u):
            return [("adjust_temperature", {"direction": "cooler", "zone": z})]
        if has(_UP_EN, u):
            return [("adjust_temperature", {"direction": "warmer", "zone": z})]
        return [("set_climate", {"device": "heater", "on": True})]
    if cool:
        return [("set_climate", {"device": "air_conditioning", "on": on})]
    if has(r"climate", u):
        return [("set_climate", {"device": "climate", "on": on})]
    if has(r"\bair\b|vent", u):
        if has(r"\b(off|shut|disable|stop|kill)\b", u):
            return [("set_fan", {"level": 0})]
        if has(_DOWN_EN, u):
            return [("adjust_fan", {"direction": "down"})]
        if has(_UP_EN, u):
            return [("adjust_fan", {"direction": "up"})]
    return None


_COLD = r"cold|chill|freez|froz|frigid|cool|icy|\bice\b|nippy|arctic|shiver|frost|antarctic|freezer|snow"
_HOT = r"hot|warm|heat|boil|sweat|roast|stuff|burn|toast|melt|oven|sauna|scorch|bak(e|ing)|steam|humid|muggy|sultry"


def en_feeling(u, speaker):
    """ "it's cold in here" and the like."""
    if has(r"fog|mist|frost", u) and has(r"window|wind|glass", u):
        return [("set_defrost", {"window": "all", "on": True})]
    z = en_zone(u, speaker)
    cold, hot = has(_COLD, u), has(_HOT, u)
    low, high = has(r"\blow", u), has(r"\bhigh", u)
    if has(r"\b(fan|blow|wind)", u) and not (cold or hot):
        return [("adjust_fan", {"direction": "down"})]
    neg = has(r"not .*enough|isn'?t .*enough|not (very|that|so|really)? ?(hot|warm|cold|cool)|isn'?t (very |that |so )?(hot|warm|cold|cool)|never (gets )?(warm|hot|cool|cold)", u)
    if cold == hot and low == high:
        return None
    cold = cold or (not hot and low)
    warmer = cold != neg
    return [("adjust_temperature", {"direction": "warmer" if warmer else "cooler", "zone": z})]


def en_climate_question(u):
    if has(r"outside|outdoor|exterior|out there|weather", u):
        a = "outside_temperature"
    elif has(r"fan|blower|air ?flow", u):
        a = "fan"
    elif has(r"\btemp|degree|how (hot|cold|warm|cool)", u):
        a = "target_temperature" if has(r"\bset\b|setting|adjusted|turned|\bat \d|changed|is .*\bon\b.*\d", u) or numbers(u, "en") else "inside_temperature"
    else:
        a = "settings"
    return [("get_climate_status", {"about": a})]


_ZH_OFF = "关|停|不用|不要|不再|取消|断|别"


def zh_level(u, top):
    """Level named in a Chinese phrase: a number of steps, or the largest, middle, smallest."""
    m = re.search(r"([零一二两三四五六七\d])\s*(档|挡|级|格|$)", u)
    if m:
        v = numbers(m.group(1), "zh")[0][2]
        return v if v <= top else None
    if has("最大|最高|最强|max", u):
        return top
    if has("最小|最低|最弱|min", u):
        return 1
    if has("中挡|中档|平衡|中等|mid", u):
        return (top + 1) // 2
    return None


def zh_hvac(u, speaker):
    """Calls for one Chinese climate command; `u` may also be the joined slot values of a frame."""
    z = zh_zone(u, speaker)
    on = not has(_ZH_OFF, u)
    if has("除霜|除雾|起雾|去雾|化霜", u):
        w = "rear" if has("后除|后窗|后挡|后风挡|后玻璃|^使用后|使用 ?后|后 ?除", u) else "front" if has("前除|前窗|前挡|前风挡|挡风", u) else "all"
        return [("set_defrost", {"window": w, "on": on})]
    if has("内循环|外循环", u):
        return [("set_recirculation", {"on": on == has("内循环", u)})]
    if has("方向盘", u):
        return [("set_steering_wheel_heating", {"on": on})] if has("加热|热", u) else [("other_vehicle_function", {"function": "other"})]
    seat = has("座椅|座位|坐垫|椅", u)
    if has("按摩", u):
        return [("other_vehicle_function", {"function": "seat"})]
    if has("加热", u) and (seat or z):
        return [("set_seat_heating", {"level": (zh_level(u, 3) or 2) if on else 0, "zone": z})]
    if has("通风", u) and (seat or z):
        return [("set_seat_ventilation", {"level": (zh_level(u, 3) or 2) if on else 0, "zone": z})]
    if has("禁止", u):
        return None
    blow = [d for rx, d in (("脸|面", "face"), ("脚", "feet"), ("窗|挡风|玻璃", "windshield")) if has("(吹|对着|向|朝|往)[^风]{0,3}(" + rx + ")", u)]
    if blow and on:
        d = "face_feet" if "face" in blow and "feet" in blow else blow[0]
        return [("set_airflow", {"direction": d})]
    if has("扫风|香氛|清洁|驻车|净化", u):
        return [("other_vehicle_function", {"function": "other"})]
    temp = has("温度|度|热一|冷一|暖", u) and not has("风速|风量|风力|风", u.replace("暖风", ""))
    if not temp and has("风速|风量|风力|风(太|调|开|再|小|大)|最大风|大风|小风|风 |风$|风扇", u) and not has("自然风|暖风", u):
        if has("太大|有点大", u):
            return [("adjust_fan", {"direction": "down"})]
        if has("太小|有点小", u):
            return [("adjust_fan", {"direction": "up"})]
        if has("低一|小一|小点|低点|弱|降|调小|调低|减", u):
            return [("adjust_fan", {"direction": "down"})]
        if has("高一|大一|大点|高点|强一|升|调大|调高|增|加大", u):
            return [("adjust_fan", {"direction": "up"})]
        v = zh_level(u, 7)
        if v is not None:
            return [("set_fan", {"level": v})]
        return [("set_fan", {"level": 0})] if not on else None
    if has("温度|度|空调", u) and not has("自动", u):
        by = has("(调高|升高|提高|高|调低|降低|降|低|加|减|热|冷)了?([零一二两三四五六七八九十半\\d点.]+)度", u)
        nums = [v for _, _, v in numbers(re.sub("一点|一下|一些", "", u), "zh")]
        if by and nums and nums[0] <= 10:
            return [("adjust_temperature", {"direction": "cooler" if has("低|降|减|冷", u) else "warmer", "degrees": nums[0], "zone": z})]
        good = [v for v in nums if 10 <= v <= 99 and not v % 0.5]
        if good and not has("挡|档|%", u):
            return [("set_temperature", {"degrees": good[0], "zone": z})]
        if nums and not has("太|一点", u) and has("温度", u):
            return None
    if has("最低", u) and has("温度", u):
        return [("set_temperature", {"degrees": 16, "zone": z})]
    if has("最高", u) and has("温度", u):
        return [("set_temperature", {"degrees": 32, "zone": z})]
    if has("太低|太冷|有点冷|冷死|好冷|暖和|热一|高一|升高|调高|高点|调热|加温|升温|热点", u) and has("温|冷|热|暖|空调", u):
        return [("adjust_temperature", {"direction": "warmer", "zone": z})]
    if has("太高|太热|有点热|好热|凉快|凉一|冷一|低一|降低|调低|低点|降温|调小|冷点", u) and has("温|热|冷|凉|空调|暖风", u):
        return [("adjust_temperature", {"direction": "cooler", "zone": z})]
    if has("自动", u) and has("空调|模式|风", u):
        return [("set_climate", {"device": "automatic", "on": on})]
    if has("暖风|制热|暖气|热风", u):
        return [("set_climate", {"device": "heater", "on": on})]
    if has("AC|制冷|冷气", u):
        return [("set_climate", {"device": "air_conditioning", "on": on})]
    if has("自然风", u):
        return [("set_climate", {"device": "air_conditioning", "on": not on})]
    if has("空调", u) and has("开|关|启动|停", u):
        return [("set_climate", {"device": "climate", "on": on})]
    return None


_FUNCTION = (
    ("wiper", r"wiper|雨刮|雨刷"),
    ("mirror", r"\bmirror|后视镜"),
    ("window", r"\bwindow|sun ?roof|sunshade|moonroof|车窗|天窗|窗户|窗|遮阳帘"),
    ("driver_assistance", r"lane|cruise|brak|pedestrian|blind ?spot|cross ?traffic|collision|drowsi|park(ing)? assist|alert|warning|assist|steer|"
                          r"traction|辅助|泊车|巡航|变道|车道|驾驶模式|智能驾驶|驾驶|三六零|360|警示|碰撞|盲区|自动驾驶|能量回收|底盘|悬架|悬挂"),
    ("phone", r"\b(call|dial|phone|text|ring|contact|message|telephone)\b|电话|拨打|呼叫|通话|联系人|蓝牙耳机|打给|短信"),
    ("volume", r"volume|loud|quiet|mute|sound|silent|speak up|shut up|equali[sz]er|treble|bass\b|noise|unmute|音量|声音|静音|大声|小声|音效"),
    ("display", r"\bscreen|display|hud\b|dashboard|brightness|屏|仪表|亮度|对比度|HUD|页面|主页|首页|桌面|壁纸|界面|华氏|单位|主题"),
    ("seat", r"\bseat|massage|lumbar|座椅|按摩|座位|靠背|腿托|腰"),
    ("light", r"light|lamp|beam|high beams|灯"),
    ("door", r"\bdoor|trunk|\block|hood|bonnet|tailgate|boot\b|车门|后备箱|尾门|锁|引擎盖|门把|充电口|油箱盖"),
    ("media", r"play|music|song|radio|podcast|album|artist|playlist|audio ?book|episode|track|tune|listen|station|spotify|pandora|\bfm\b|\bam\b|"
              r"shuffle|skip|next|previous|book|read|jazz|rock|歌|音乐|播放|收藏|电台|收音机|影|视频|集|听|曲|专辑|下一首|上一首|片|剧|放"),
)


def function_of(u, default="other"):
    for name, rx in _FUNCTION:
        if has(rx, u):
            return name
    return default
