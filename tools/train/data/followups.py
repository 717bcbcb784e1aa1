"""Second requests that only the first explains: corrections ("no, the passenger's"), additions ("and the rear too"), references ("cancel that").

`make` takes a call as it was given first and draws the words and the calls of a second request. The texts are our own; `{zone}`, `{value}` and
`{name}` stand for what is drawn.
"""

import re

import slots

_SWAP = {"warmer": "cooler", "cooler": "warmer", "up": "down", "down": "up"}
_WORDS = {
    "en": {
        "no_zone": "no, {zone}|no {zone}|i meant {zone}|sorry, {zone}|not that one, {zone}|{zone}, not that one|no i mean {zone}|wrong side, {zone}|make that {zone}|actually {zone}|oh wait, {zone}",
        "and_zone": "and {zone}|and {zone} too|same for {zone}|do that for {zone} as well|{zone} too please|{zone} as well|and the same for {zone}|now {zone}|what about {zone}",
        "value": "make it {value}|no, {value}|actually {value}|{value} instead|i meant {value}|sorry, {value}|better {value}|no make that {value}|hmm, {value}|let's say {value}|rather {value}|change that to {value}",
        "more": "more|a bit more|still not enough|even more|again|more please|a little more|once more|keep going|some more|that's not enough",
        "opposite": "no, the other way|the other way around|that's too much|too much|a bit less|no, the opposite|not that much",
        "warmer": "still too cold|warmer than that|a bit warmer still|no, warmer|even warmer|i'm still cold|that's still not warm enough",
        "cooler": "still too hot|cooler than that|a bit cooler still|no, cooler|even cooler|i'm still hot|that's still not cool enough",
        "off": "turn it off again|off again please|switch it back off|no, off|no, turn it off|stop that|actually turn it off|okay that's enough, off|never mind, turn that off",
        "on": "turn it back on|on again please|switch it on again|no, on|no, turn it on|actually turn it on|back on please",
        "name": "no, {name}|no {name}|i meant {name}|sorry, {name}|actually {name}|make that {name}|not there, {name}|no, i mean {name}|{name}, not that one|i said {name}|wrong one, {name}|let's make it {name} instead|change that to {name}",
        "home": "no, home|actually take me home|home instead|no, just home|forget it, home",
        "work": "no, to work|actually the office|to the office instead|no, work|i meant the office",
        "arrival": "how long will that take|when will we be there|how long does it take|what time do we arrive|and when do i get there",
        "distance": "how far is it|how far is that|how many miles is it|and how far",
        "via": "with a stop at {name}|and stop at {name} on the way|and {name} on the way|but first {name}|via {name}|stop by {name} first",
        "cancel": "cancel that|cancel it|no, cancel it|never mind, cancel it|forget it, cancel that|actually cancel that|stop, cancel it again|undo that",
        "what_about": "what about {cat}s|and {cat}s|how about a {cat}|or a {cat}|no, a {cat}|i meant a {cat}|and a {cat}|a {cat} then|make it a {cat}",
        "open": "only open ones|one that's open now|that are still open|which of them is open|is any of them open|it has to be open now",
        "route": "on the way|along the route please|no, on our way|one that's on the way|somewhere on the way|only on my route",
        "destination": "near my destination|no, at the destination|where we're going|close to our destination|near where we arrive",
        "diet": "{diet} ones|a {diet} one|with {diet} options|only {diet}|no, {diet}|it should be {diet}|make it {diet}|but {diet}",
        "pick": "the first one>first|the second one>second|the third>third|the last one>last|the other one>other|another one>other|the cheapest>cheapest|the nearest one>nearest|the closest>nearest|the best rated one>best_rated|number two>second|the one with the best reviews>best_rated|let's take the first>first|show me another>other",
        "count": "make it {value}|no, {value}|{value} of them|{value} please|actually {value}|i need {value}|{value}, not one|i meant {value}",
        "people": "make it {value}|no, for {value}|for {value} people|we are {value}|actually for {value}|there will be {value} of us|table for {value}",
        "nights": "for {value}|make it {value}|no, {value}|{value} please|actually {value}|we'll stay {value}",
        "in_town": "in {name}|no, in {name}|i meant in {name}|actually in {name}|what about {name}|and in {name}",
        "from": "from {name}|from {name} please|at {name}|no, from {name}|get it from {name}|the one from {name}",
        "deliver_home": "so it's there when i get home|have it there when i'm home|to arrive when i get home|for when i get home",
        "add_item": "and {name}|and {name} too|{name} too|plus {name}|also {name}|and one {name}",
        "book_it": "book it|book that|book that one|okay, book it|reserve it|yes, book it please|sounds good, book it",
        "amount": "make it {value}|no, {value}|i meant {value}|actually {value}|{value}, not that|sorry, {value}",
        "payee": "no, to {name}|i meant {name}|not them, {name}|to {name}, not that one|sorry, to {name}",
        "again": "and again|once more|do that again|a bit more|no, the other one|the other one too|undo that|close it again|that's enough|open it again|a little further|back again|now the other one",
        "joke": "another one|one more|tell me another|that was bad, another one|again",
        "windows": "and the rear>rear|the rear one too>rear|no, the front>front|no, all of them>all|the back window too>rear|i meant the windshield>front|all windows>all",
        "vents": "no, my feet>feet|to the windshield>windshield|no, the face>face|face and feet>face_feet|feet instead>feet|and at my feet instead>feet",
        "vehicle": "and the fuel>fuel|what about the battery>battery|and the tyres>tyre_pressure|and the range>range|how about the tire pressure>tyre_pressure|and how fast are we going>speed|any warnings>warnings|and the next service>maintenance",
        "climate": "and outside>outside_temperature|and inside>inside_temperature|what about the fan>fan|and what is it set to>target_temperature|how about outdoors>outside_temperature",
        "side": "and on the left>left|and on the right>right|and the one on the other side, left>left|what about ahead of us>ahead|and in front>ahead|and behind us>behind|no, on the right>right|no, the left side>left",
    },
    "zh": {
        "no_zone": "不对，{zone}|不是，是{zone}|我说的是{zone}|说错了，{zone}|不是那个，是{zone}|错了，{zone}|应该是{zone}|我是说{zone}|不，{zone}",
        "and_zone": "{zone}也要|{zone}也是|{zone}也一样|还有{zone}|{zone}也来一下|{zone}同样|再给{zone}也弄上|{zone}呢|那{zone}呢",
        "value": "改成{value}|不，{value}|还是{value}吧|{value}好了|不对，{value}|我说的是{value}|换成{value}|算了，{value}吧|错了，是{value}|应该是{value}",
        "more": "再来点|还不够|再多点|继续|再来一次|还要|再加点|不够|还差点",
        "opposite": "反了|弄反了|太过了|过头了|不对，反过来|太多了|少一点",
        "warmer": "还是冷|再热点|再暖和一点|还不够热|不对，要热一点|再高点",
        "cooler": "还是热|再凉点|再冷一点|还不够凉|不对，要凉一点|再低点",
        "off": "再关掉|还是关了吧|关掉吧|算了，关掉|不要了，关掉|好了，关了吧|不对，是关",
        "on": "再打开|还是开着吧|重新打开|算了，打开吧|不对，是开|又想开了，打开",
        "name": "不对，{name}|不是，是{name}|我说的是{name}|说错了，{name}|错了，去{name}|不去那了，去{name}|改成{name}|换成{name}|还是{name}吧|应该是{name}|我是说{name}",
        "home": "不去了，回家|还是回家吧|算了，回家|不对，回家|改成回家",
        "work": "不对，去公司|还是去公司吧|算了，去公司|改成去公司|我说的是公司",
        "arrival": "要多久|多久能到|几点能到|大概什么时候到|那得开多久",
        "distance": "有多远|还有多远|多少公里|远不远",
        "via": "中途去一下{name}|顺路去{name}|先去{name}|路过{name}停一下|再加个{name}",
        "cancel": "取消吧|算了，取消|不要了，取消掉|取消刚才那个|还是取消吧|把刚才的取消了|不弄了，取消",
        "what_about": "{cat}呢|那{cat}呢|换成{cat}|不对，是{cat}|我说的是{cat}|还有{cat}吗|{cat}也行|还是找{cat}吧",
        "open": "要现在开着的|只要营业的|哪家还开着|现在营业的有吗|要开门的",
        "route": "要顺路的|沿途的|路上的有吗|找顺路的|不对，沿途的",
        "destination": "目的地附近的|要目的地旁边的|不对，目的地附近|终点附近有吗",
        "diet": "要{diet}|{diet}的有吗|只要{diet}|得是{diet}|换成{diet}|有没有{diet}",
        "pick": "第一个>first|第二个>second|第三个>third|最后一个>last|另一个>other|换一个>other|最便宜的>cheapest|最近的那个>nearest|评分最高的>best_rated|就第一家>first|去第二家>second|别的呢>other|要评价最好的>best_rated|近的那个>nearest",
        "count": "改成{value}份|不，{value}份|{value}份吧|要{value}份|还是{value}份|说错了，{value}份",
        "tickets": "改成{value}张|不，{value}张|{value}张吧|要{value}张|还是{value}张|我们{value}个人，{value}张",
        "people": "改成{value}个人|不，{value}个人|我们{value}位|{value}个人的|应该是{value}位|还是{value}个人吧",
        "nights": "住{value}晚|改成{value}晚|不，{value}晚|{value}晚吧|还是{value}晚",
        "in_town": "{name}的|不对，{name}的|我说的是{name}的|换成{name}的|{name}的呢",
        "from": "{name}的|要{name}家的|从{name}点|不对，{name}的|换成{name}家",
        "deliver_home": "我到家的时候送到|等我到家再送到|要正好我到家时到|到家就能吃的那种",
        "add_item": "再加{name}|还有{name}|{name}也要|再来个{name}|外加{name}",
        "book_it": "就订这个|订吧|订这家|好，订了|行，预订吧|那就订它",
        "amount": "改成{value}|不，{value}|说错了，{value}|是{value}|应该是{value}|不对，{value}",
        "payee": "不对，给{name}|我说的是{name}|转给{name}|不是他，是{name}|错了，给{name}",
        "again": "再来一次|再开大点|另一个也要|不对，另一边|再关上|再打开|够了|停|还有另一个|再来点|另一侧也是",
        "joke": "再来一个|再讲一个|换一个|不好笑，再来|还有吗",
        "windows": "后面的也要>rear|后窗也是>rear|不对，前面的>front|不对，全部>all|所有的都要>all|我说的是前挡>front",
        "vents": "不对，吹脚>feet|改成吹脸>face|还是吹玻璃吧>windshield|脸和脚一起吹>face_feet|换成吹脚>feet",
        "vehicle": "那油量呢>fuel|电量呢>battery|胎压呢>tyre_pressure|续航呢>range|车速呢>speed|有没有故障>warnings|那保养呢>maintenance|还剩多少油>fuel",
        "climate": "外面呢>outside_temperature|车里呢>inside_temperature|那风量呢>fan|设的是多少>target_temperature|室外呢>outside_temperature",
        "side": "左边呢>left|右边呢>right|那左边的呢>left|前面呢>ahead|后面那个呢>behind|不对，右边的>right|我说的是左边>left|右边那个呢>right",
    },
}
# Said without a preposition after "no, ...".
_SEAT_TAIL = {"en": [" one", "", "", " side", " seat"], "zh": ["的", "", "", "那边"]}


class FollowUps:
    def __init__(self, catalogue, lang, r):
        self.catalogue, self.lang, self.r = catalogue, lang, r

    def make(self, call, text):
        """(second utterance, its calls) after `text` was answered with `call`; None where nothing fits."""
        name, a = call["name"], call["arguments"]
        options = [rule for tools, rule in RULES if name in tools]
        if not options:
            return None
        got = self.r.choice(options)(self, name, dict(a), text)
        if got is None:
            return None
        said, tool, arguments = got
        if "near" in arguments and "place" in arguments:
            del arguments["near" if call["arguments"].get("near") else "place"]
        if self.lang == "en":
            said = said[0].upper() + said[1:] + self.r.choice([".", "", "!"]) if self.r.random() < .3 and not any(
                isinstance(v, str) and said.startswith(v) for v in arguments.values()) else said
        elif self.r.random() < .2:
            said += "。"
        return said, [self.catalogue.ordered(tool, arguments)]

    def words(self, key, **given):
        text = self.r.choice(_WORDS[self.lang][key].split("|"))
        return text.format(**given)

    def pick(self, key):
        text, _, value = self.r.choice(_WORDS[self.lang][key].split("|")).partition(">")
        return text, value

    def slot(self, kind):
        text, value = slots.make(self.lang, kind, self.r)
        return (text.lower() if self.lang == "en" and self.r.random() < .6 else text), value


def _zone(key):
    def rule(f, name, a, text):
        said, zone = f.slot(f.r.choice(["zone", "seat"]))
        if zone in ("@speaker", a.get("zone")):
            return None
        if f.lang == "en" and not re.match("the |every|all |up |my ", said):
            said = f.r.choice(["the ", "the ", ""]) + said + ("" if said.endswith("'s") else f.r.choice(_SEAT_TAIL["en"]))
        elif f.lang == "zh":
            said += f.r.choice(_SEAT_TAIL["zh"])
        a["zone"] = zone
        return f.words(key, zone=said), name, a
    return rule


def _number(prop, kind, key="value"):
    def rule(f, name, a, text):
        said, value = f.slot(kind)
        if value == a.get(prop):
            return None
        if prop == "degrees":
            said += f.r.choice(["", "", " degrees"]) if f.lang == "en" else f.r.choice(["度", "度", ""])
        if prop == "level" and kind == "level7" and f.lang == "zh":
            said += f.r.choice(["档", "级", "挡"])
        a[prop] = value
        return f.words(key, value=said), name, a
    return rule


def _copied(prop, kind, key="name", tool=None, keep=()):
    def rule(f, name, a, text):
        said, value = f.slot(kind)
        if value is not None:
            return None
        if tool is None:
            a[prop] = said
            return f.words(key, name=said), name, a
        return f.words(key, name=said), tool, {prop: said, **{k: a[k] for k in keep if k in a}}
    return rule


def _fixed(prop, value, key, tool=None, needs=None):
    def rule(f, name, a, text):
        if a.get(prop) == value or (needs and needs not in a):
            return None
        if tool:
            return f.words(key), tool, {prop: value} if prop else {}
        a[prop] = value
        return f.words(key), name, a
    return rule


def _more(f, name, a, text):
    a.pop("degrees", None)
    key = a["direction"] if a["direction"] in ("warmer", "cooler") and f.r.random() < .5 else "more"
    return f.words(key), name, a


def _opposite(f, name, a, text):
    a.pop("degrees", None)
    a["direction"] = _SWAP[a["direction"]]
    key = a["direction"] if a["direction"] in ("warmer", "cooler") and f.r.random() < .5 else "opposite"
    return f.words(key), name, a


def _after_set(f, name, a, text):
    direction = f.r.choice(["warmer", "cooler"])
    return f.words(direction), "adjust_temperature", {"direction": direction, "zone": a.get("zone")}


def _switch(f, name, a, text):
    a["on"] = not a["on"]
    return f.words("on" if a["on"] else "off"), name, a


def _level_off(f, name, a, text):
    if a["level"] == 0:
        return None
    a["level"] = 0
    return f.words("off"), name, a


def _category(f, name, a, text):
    said, cat = f.slot("cat")
    if cat == a.get("category"):
        return None
    said = said.lower()
    if cat == "hotel":
        if a.get("near"):
            return f.words("what_about", cat=said), "search_hotels", {"near": a["near"]}
        return None
    return f.words("what_about", cat=said), name, {k: v for k, v in dict(a, category=cat).items() if k in ("category", "near", "open_now")}


def _diet(f, name, a, text):
    said, diet = f.slot("diet")
    if a.get("diet") == diet or name == "search_places" and a.get("category") not in ("restaurant", "cafe"):
        return None
    a["diet"] = diet
    return f.words("diet", diet=said), name, a


def _picked(key, prop, tool=None):
    def rule(f, name, a, text):
        said, value = f.pick(key)
        if a.get(prop) == value:
            return None
        if tool:
            return said, tool, {prop: value}
        a[prop] = value
        return said, name, a
    return rule


def _book(tool):
    def rule(f, name, a, text):
        return f.words("book_it"), tool, a
    return rule


def _same(key):
    def rule(f, name, a, text):
        return f.words(key), name, a
    return rule


def _tickets(f, name, a, text):
    said, value = f.slot("qty")
    if value == a.get("quantity"):
        return None
    a["quantity"] = value
    return f.words("tickets" if f.lang == "zh" else "count", value=said), "book_ticket", a


def _joke(f, name, a, text):
    return (f.words("joke"), name, a) if a["topic"] == "joke" else None


_ZONED = ("set_temperature", "adjust_temperature", "set_seat_heating", "set_seat_ventilation")
_SEARCH = ("search_places",)
_CANCELLED = {"book_hotel": "hotel", "book_ticket": "ticket", "order_food": "food", "book_table": "table"}
# (tools, rule): a rule is listed as often as it should be drawn.
RULES = [
    (_ZONED, _zone("no_zone")), (_ZONED, _zone("no_zone")), (_ZONED, _zone("and_zone")),
    (("set_temperature",), _number("degrees", "deg")), (("set_temperature",), _number("degrees", "deg")), (("set_temperature",), _after_set),
    (("adjust_temperature",), _more), (("adjust_temperature",), _opposite),
    (("adjust_fan",), _more), (("adjust_fan",), _opposite),
    (("set_seat_heating", "set_seat_ventilation"), _number("level", "level3")), (("set_seat_heating", "set_seat_ventilation"), _level_off),
    (("set_fan",), _number("level", "level7")), (("set_fan",), _number("level", "level7")),
    (("set_climate", "set_defrost", "set_recirculation", "set_steering_wheel_heating"), _switch),
    (("set_defrost",), _picked("windows", "window")), (("set_airflow",), _picked("vents", "direction")),
    (("get_climate_status",), _picked("climate", "about")), (("get_vehicle_status",), _picked("vehicle", "about")),
    (("identify_place",), _picked("side", "side")),
    (("navigate_to", "add_stop"), _copied("destination", "place")), (("navigate_to", "add_stop"), _copied("destination", "address")),
    (("navigate_to", "add_stop"), _copied("destination", "landmark")), (("navigate_to_saved",), _copied("destination", "place", tool="navigate_to")),
    (("navigate_to",), _fixed("place", "home", "home", "navigate_to_saved")), (("navigate_to",), _fixed("place", "work", "work", "navigate_to_saved")),
    (("navigate_to", "navigate_to_saved"), _fixed("about", "arrival", "arrival", "get_route_info")),
    (("navigate_to", "navigate_to_saved"), _fixed("about", "distance", "distance", "get_route_info")),
    (("navigate_to", "navigate_to_saved"), _copied("destination", "place", "via", "add_stop")),
    (("navigate_to", "navigate_to_saved", "add_stop"), _fixed(None, None, "cancel", "cancel_navigation")),
    (_SEARCH, _category), (_SEARCH, _category), (_SEARCH, _fixed("open_now", True, "open")), (_SEARCH, _fixed("near", "route", "route")),
    (_SEARCH, _fixed("near", "destination", "destination")), (_SEARCH, _diet), (_SEARCH, _picked("pick", "which", "choose_option")),
    (("search_food", "search_hotels", "search_tickets"), _picked("pick", "which", "choose_option")),
    (("search_food", "order_food"), _diet), (("order_food",), _number("quantity", "qty", "count")), (("order_food",), _copied("item", "dish")),
    (("order_food", "add_to_cart"), _copied("merchant", "restaurant", "from")), (("order_food",), _fixed("arrive", "home", "deliver_home")),
    (("add_to_cart",), _copied("item", "dish", "add_item", "add_to_cart", ("merchant",))), (("order_food",), _copied("item", "drink", "add_item", "order_food", ("merchant",))),
    (("search_hotels", "book_hotel"), _number("nights", "nights", "nights")), (("search_hotels", "book_hotel"), _copied("place", "town", "in_town")),
    (("search_hotels",), _book("book_hotel")), (("search_hotels",), _fixed("near", "route", "route")),
    (("search_tickets", "book_ticket"), _tickets), (("book_table",), _number("people", "people", "people")),
    (("book_table",), _copied("restaurant", "restaurant")),
    (("pay",), _number("amount", "amount", "amount")), (("pay",), lambda f, n, a, t: _copied("payee", "person", "payee")(f, n, a, t) if a["kind"] == "transfer" else None),
    (("other_vehicle_function",), _same("again")), (("chat",), _joke),
    *(((tool,), _fixed("kind", kind, "cancel", "cancel_order")) for tool, kind in _CANCELLED.items()),
]
