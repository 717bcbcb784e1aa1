"""Maps the sources' own intents and slots to calls of the catalogue. A line that no rule maps surely is left out."""

import re

from rules_places import (category_of, clean_name, cuisine_query, keyword_search, name_after, near_of, open_now_of)
from rules_vehicle import (en_climate_question, en_feeling, en_hvac, function_of, has, zh_hvac)
from text import en_value, joined_span, numbers, span

EXCLUDED_BFCL = ("Hotels_", "Events_", "Movies_", "Travel_", "Restaurants_", "Payment_")


def excluded(line):
    """Lines under a share-alike licence, or reworked from such lines, are not used."""
    return line["license"] == "CC-BY-SA-4.0" or line["expected"]["intent"].startswith(EXCLUDED_BFCL)


def _slot(slots, *names):
    for n in names:
        v = slots.get(n)
        if isinstance(v, str) and v:
            return v
    return ""


def _count(u, top=20):
    vals = [v for _, _, v in numbers(u, "en") if isinstance(v, int) and 1 <= v <= top]
    return vals[0] if vals else None


# ---- climate and other functions of the car ----

def hvac(u, lang, intent, slots, speaker):
    if lang == "zh":
        if intent == "HassClimateGetTemperature":
            return [("get_climate_status", {"about": "inside_temperature"})]
        return zh_hvac(u, speaker)
    if intent == "VEHICLE_SETTINGS_DECLARATIVE":
        return en_feeling(u, speaker)
    if intent in ("VEHICLE_SETTINGS_CHECK", "HassClimateGetTemperature"):
        return en_climate_question(u)
    return en_hvac(u, speaker)


_STATUS = {"gas": "fuel", "gas_type": "fuel", "mpg": "fuel", "last_maintenance": "maintenance", "oil_change_when": "maintenance",
           "schedule_maintenance": "maintenance", "tire_pressure": "tyre_pressure", "check_tire_pressure": "tyre_pressure"}
_BY_INTENT = {"next_song": "media", "play_music": "media", "play_audiobook": "media", "play_podcasts": "media", "play_radio": "media", "PlayMusic": "media",
              "AddToPlaylist": "media", "change_volume": "volume", "audio_volume_up": "volume", "audio_volume_down": "volume", "audio_volume_mute": "volume",
              "make_call": "phone", "phone": "phone", "Phone-en/OutgoingCall": "phone", "Music-en/AdjustVolume": "volume", "Music-zh/AdjustVolume": "volume",
              "set_volume": "media", "play_spotify_song": "media", "lockDoors": "door"}


def other_vehicle(u, lang, intent, slots, speaker):
    if intent in _STATUS:
        return [("get_vehicle_status", {"about": _STATUS[intent]})]
    if has(r"tire pressure|tyre pressure|pressure.*\btires?\b|tires?.*pressure|胎压", u):
        return [("get_vehicle_status", {"about": "tyre_pressure"})]
    if intent == "displayCarStatus":
        return [("get_vehicle_status", {"about": "fuel" if has("fuel|gas", u) else "battery" if has("battery", u) else "warnings"})]
    f = _BY_INTENT.get(intent) or {"影视": "media", "音乐": "media", "收音机": "media", "打电话": "phone"}.get(intent.split("/")[0]) or function_of(u)
    return [("other_vehicle_function", {"function": f})]


# ---- navigation ----

def _direct(u):
    return name_after(u, r"\b(?:go|going|take me|drive|navigate|get|head|guide me|directions?|route|way) (?:me |us )?(?:back )?(?:to|towards?|for) (.+)$")


def navigation(u, lang, intent, slots, speaker):
    if intent.startswith("地图/"):
        return _map_zh(u, intent, slots)
    if intent == "GetDirections":
        d = _slot(slots, "Keyword", "Address")
        s = joined_span(u, d, r"(?:,? ?(?:and|at|in|of)? ?)") if d else None
        if not s:
            return None
        calls = [("navigate_to", {"destination": s})]
        if has(r"toll", u):
            calls.append(("set_route_avoidance", {"avoid": "tolls"}))
        elif has(r"(avoid|without|no|least|less) .*traffic", u):
            calls.append(("set_route_avoidance", {"avoid": "traffic"}))
        elif has(r"(avoid|without|no) .*highway", u):
            calls.append(("set_route_avoidance", {"avoid": "highways"}))
        return calls
    if intent == "current_location":
        return [("get_route_info", {"about": "position"})]
    if intent == "set_navigation":
        return None
    if intent in ("traffic", "transport_traffic") and has(r"\beta\b|arriv", u) and not has("traffic", u):
        return [("get_route_info", {"about": "arrival", "place": span(u, _slot(slots, "place_name").split("|")[0]) if slots.get("place_name") else None})]
    if intent in ("traffic", "transport_traffic"):
        p = span(u, _slot(slots, "place_name").split("|")[0]) if slots.get("place_name") else name_after(
            u, r"(?:traffic|delays?|congestion|accidents?).*\b(?:in|on|to|around|near|for|at) (?:my way to |the way to |route to )?(.+)$", r"way to (.+)$")
        return [("get_route_info", {"about": "traffic", "place": p})]
    if intent == "distance":
        about = "distance" if has(r"how far|miles|distance|how many", u) and not has(r"how long|time|minutes|hours", u) else "arrival"
        p = name_after(u, r"\b(?:get to|drive to|go to|to reach|reach|arrive at|travel to|getting to|way to|from here to|to get from .* to|distance to|to) (.+)$")
        return [("get_route_info", {"about": about, "place": p})]
    if intent in ("directions", "transport_query"):
        p = name_after(u, r"\b(?:directions?|route|way|get|go|drive|take me|travel|getting|navigate|head) (?:to|for|towards?) (.+)$", r"\bto (.+)$")
        if not p:
            return None
        if has(r"how far|how long", u):
            return [("get_route_info", {"about": "distance" if has("far", u) else "arrival", "place": p})]
        if has(r"how (do|can|would|to|should)|best way|by (bus|train|foot)|what('s| is)|tell me", u):
            return [("get_route_info", {"about": "directions", "place": p})]
        return [("navigate_to", {"destination": p})]
    if intent == "traffic_update":
        if has(r"avoid|alternat|other (route|way)|faster", u):
            return [("set_route_avoidance", {"avoid": "traffic"})]
        if has(r"eta|arriv|how (much )?long|time|when|there yet|minutes|how soon", u) and not has(r"traffic|jam|how far|distance", u):
            return [("get_route_info", {"about": "arrival"})]
        if has(r"far|distance|miles", u):
            return [("get_route_info", {"about": "distance"})]
        if has(r"where (are|am)", u):
            return [("get_route_info", {"about": "position"})]
        return [("get_route_info", {"about": "traffic", "place": name_after(u, r"(?:traffic|accidents?|jams?).*\b(?:on|in) (.+)$")})]
    if intent in ("navigation", "locate_amenity"):
        if has(r"\bhome\b", u):
            return [("navigate_to_saved", {"place": "home"})]
        if has(r"\b(to work|my office)\b", u):
            return [("navigate_to_saved", {"place": "work"})]
        if has(r"how far|how long", u):
            return [("get_route_info", {"about": "arrival" if has("long", u) else "distance"})]
        d = _direct(u)
        if not d:
            return [("get_route_info", {"about": "directions"})] if has("direction|route|how do i get", u) else None
        return [("navigate_to", {"destination": re.sub(r"^(the|a|an) ", "", d) if span(u, re.sub(r"^(the|a|an) ", "", d)) else d})]
    return None


def _map_zh(u, intent, slots):
    if intent == "地图/增加途经点":
        s = span(u, _slot(slots, "途经点名称"))
        return [("add_stop", {"destination": s})] if s and "和" not in s else None
    if intent in ("地图/导航", "地图/导航到常用地址"):
        stop, dest = _slot(slots, "途经点名称"), _slot(slots, "终点名称", "终点类型", "目标")
        calls = []
        if "路过" in u and not dest:
            dest, stop = stop, ""
        if dest == "家" or "回家" in u:
            calls.append(("navigate_to_saved", {"place": "home"}))
        elif dest == "公司":
            calls.append(("navigate_to_saved", {"place": "work"}))
        elif s := span(u, dest):
            calls.append(("navigate_to", {"destination": s}))
        for part in re.split("和|、|,", stop):
            if part and (s := span(u, part)):
                calls.append(("add_stop", {"destination": s}))
        if "加一下油" in u or "加油" in _slot(slots, "途经点类型"):
            calls.append(("search_places", {"category": "fuel", "near": "route"}))
        for rx, a in (("收费", "tolls"), ("高速", "highways"), ("堵|拥", "traffic")):
            if calls and has(rx, _slot(slots, "路线偏好")) and has("不|避", u):
                calls.append(("set_route_avoidance", {"avoid": a}))
        if calls and (t := span(u, _slot(slots, "途经点类型"))) and "加" not in t:
            calls.append(("search_places", {"category": category_of(t), "query": None if category_of(t) else t, "near": "route"}))
        return calls or None
    if intent == "地图/查询路程":
        return [("get_route_info", {"about": "arrival" if has("多久|时间|几点|用时", u) else "distance", "place": None if slots.get("poi名称") in ("目的地", "终点") else span(u, _slot(slots, "poi名称", "终点名称"))})]
    if intent == "地图/查询定位":
        return [("get_route_info", {"about": "position"})]
    if intent == "地图/查询路况":
        return [("get_route_info", {"about": "traffic", "place": span(u, _slot(slots, "poi名称", "终点名称", "道路名称", "目标道路", "路名"))})]
    if intent in ("地图/取消导航", "地图/退出导航", "地图/删除途经点"):
        return [("cancel_navigation", {})]
    if intent == "地图/导航路线规划":
        for rx, a in (("收费", "tolls"), ("高速", "highways"), ("轮渡|渡", "ferries"), ("堵|拥", "traffic")):
            if has(rx, u) and has("不走|避开|少|躲|不要|免", u):
                return [("set_route_avoidance", {"avoid": a})]
    if intent == "地图/地图操作" and has("路况", u) and has("打开|看", u):
        return [("get_route_info", {"about": "traffic"})]
    return None


# ---- places ----

def poi(u, lang, intent, slots, speaker):
    near, now = near_of(u), open_now_of(u)
    extra = {"near": near, "open_now": now}
    if intent in ("restaurant_reservation", "Restaurant-en/Reservation", "BookRestaurant"):
        name = span(u, _slot(slots, "restaurant_name")) if intent == "BookRestaurant" else name_after(
            u, r"\b(?:table|reservations?|booking|seats?|spot).*? at (?!\d|noon|the name|a |\w+ (?:pm|am|o'clock|tonight|tomorrow))([a-z][a-z' ]+)", r"\bat (?!\d|noon|the name)([a-z][a-z' ]+)")
        if name and intent != "BookRestaurant" and (en_value(name.split()[0]) is not None or has(r"^(dinner|lunch|breakfast|me|tonight|tomorrow|my|us|party)\b", name)):
            name = None
        if intent == "Restaurant-en/Reservation" and not has(r"book|reserv|table", u):
            return [("search_places", {"category": "restaurant", "query": cuisine_query(u), **extra})]
        if intent == "restaurant_reservation" and not has(r"book|reserv|table|seat|spot", u):
            return None
        m = _slot(slots, "party_size_number", "attendees")
        people = en_value(m.split()[0]) if m else None
        if not m:
            found = re.findall(r"\b(?:for|of|party of|table for) (?:a )?(?:party of |group of )?([a-z0-9]+)\b(?! ?(?:am|pm|o'clock|:|th|st|thirty|fifteen|forty))", u, re.I)
            people = next((v for v in map(en_value, found) if v is not None), None)
        if not (isinstance(people, int) and 1 <= people <= 20):
            people = None
        return [("book_table", {"restaurant": name, "people": people})]
    if intent in ("restaurant_suggestion", "restaurant_reviews", "how_busy", "accept_reservations"):
        if intent == "restaurant_suggestion":
            q = cuisine_query(u)
        else:
            q = name_after(u, r"(?:reviews?|ratings?)(?: like| say)? (?:for|of|on|at|about|from) (.+)$", r"\bhow busy (?:is |does |will |would )?(?:the )?(.+?)(?: (?:be|get|gets|is|will|usually|on|at|right|around|currently|during)\b.*)?$", r"(?:does|do|if|is|are|can|how busy (?:is|does|will|would)|at|will|can i make (?:a )?reservations? at) (?:the )?"
                           r"(?!there|i\b|you|they|good|reservation)(.+?)(?: (?:will|would|take|accept|do|have|has|get|allow|usually|busy|good|any|currently|well|be|got|gets|takes|accepts|does|allows|rated|a )\b.*)?$")
        return [("search_places", {"category": "restaurant", "query": q, **extra})]
    if intent == "travel_suggestion":
        q = name_after(u, r"\b(?:visit in|partake in in|in|at|around|visiting|visit|near|trip to|traveling to|going to) ([a-z][a-z .]+)$")
        return [("search_places", {"category": "attraction", "query": q, **extra})]
    if intent.startswith("景点/") or intent.startswith("餐馆/"):
        q = span(u, _slot(slots, "名称", "推荐菜"))
        return [("search_places", {"category": "attraction" if intent[0] == "景" else "restaurant", "query": q, **extra})]
    if intent == "FindParking":
        q = span(u, _slot(slots, "Keyword", "Address").split("|")[0])
        return [("search_places", {"category": "parking", "query": q, **extra})]
    if intent == "FindPointOfInterest":
        kw = _slot(slots, "Keyword")
        if kw:
            a = keyword_search(u, kw.split("|")[0])
            return [("search_places", a)] if a else None
        q = span(u, _slot(slots, "Address").split("|")[0])
        return [("search_places", {"query": q, **extra})] if q else None
    if intent == "recommendation_locations":
        if (b := _slot(slots, "business_name")) and (s := span(u, b.split("|")[0])):
            return [("search_places", {"query": s, **extra})]
        cat = category_of(_slot(slots, "business_type", "food_type").replace("|", " ") or u) or category_of(u)
        q = span(u, _slot(slots, "food_type", "place_name").split("|")[0])
        bt = _slot(slots, "business_type")
        if not cat and not q and bt:
            q = span(u, bt.split("|")[0])
        return [("search_places", {"category": cat, "query": q, **extra})] if cat or q else None
    if intent == "locate_amenity":
        cat = category_of(u)
        q = None
        if cat == "restaurant":
            q = next((span(u, c) for c in ("italian", "chinese", "pizza", "tacos", "taco", "burgers", "burger", "seafood", "mexican", "sushi") if span(u, c)), None)
        return [("search_places", {"category": cat, "query": q, **extra})] if cat else None
    if intent.startswith("地图/") or "搜索" in intent or intent == "地图/提供地址":
        name = _slot(slots, "poi名称", "目标名称", "终点名称", "poi类型", "poi目标", "终点类型")
        a = keyword_search(u, name) if name else {"category": category_of(u), **extra}
        if a and not a.get("category") and has("吃", u):
            a["category"] = "restaurant"
        if a and "沿途" in intent:
            a["near"] = "route"
        return [("search_places", a)] if a and (a.get("category") or a.get("query")) else None
    return None


# ---- food ----

def make_food(menu):
    """`menu` is the set of drink names that the orders of the training lines name."""
    rx = re.compile(r"\b((?:" + "|".join(re.escape(m) for m in sorted(menu, key=len, reverse=True)) + r")s?)\b", re.I) if menu else None

    def food(u, lang, intent, slots, speaker):
        if intent == "takeaway_order":
            if has(r"^(search|find|where|what|show|look|is there|are there)", u) and not has(r"order", u):
                return [("search_food", _food_slots(u, slots))]
            a = _food_slots(u, slots)
            m = re.match(r"(\w+) (.+)", a.get("item") or "")
            if m and isinstance(en_value(m.group(1)), int) and 1 <= en_value(m.group(1)) <= 20:
                a["quantity"], a["item"] = en_value(m.group(1)), m.group(2)
            return [("order_food", a)]
        if intent == "takeaway_query":
            return [("search_food", _food_slots(u, slots))]
        if intent in ("add_order_item", "get_menu_items"):
            asks = has(r"\b(know|what|which|tell|do you|does|is there|are there|have any|got any|menu|kinds?|describe|explain|how|info|curious|wonder\w*|could you list|show)\b", u)
            order = intent == "add_order_item" or not asks
            hits = [(m.start(), m.group(1), m.end(1)) for m in rx.finditer(u)] if rx else []
            if not hits:
                s = span(u, _slot(slots, "query"))
                hits = [(u.find(s), s, 0)] if s else []
            if not hits:
                return [("order_food" if order else "search_food", {})]
            if not order:
                return [("search_food", {"item": hits[0][1]})]
            calls, seen = [], set()
            for start, s, _ in hits:
                if s.lower() in seen or len(calls) == 4 or not span(u, s):
                    continue
                seen.add(s.lower())
                q = [v for a, b, v in numbers(u[:start], "en") if isinstance(v, int) and 1 <= v <= 20 and len(u[b:start].split()) <= 2 and u[b:b + 1] == " "]
                calls.append(("order_food", {"item": s, "quantity": q[-1] if q else None}))
            return calls or None
        return None
    return food


def _food_slots(u, slots):
    item = span(u, _slot(slots, "food_type", "food_item").split("|")[0])
    m = _slot(slots, "business_name").split("|")[0]
    return {"item": item, "merchant": span(u, m) if m else None}


# ---- hotels, tickets ----

_NIGHTS = re.compile(r"\b(\w+)[ -]nights?\b", re.I)


def hotel(u, lang, intent, slots, speaker):
    if lang == "zh":
        book = has("预订|预定|订一|订个|订间", u)
        place = span(u, _slot(slots, "名称")) or name_span_zh(u)
        return [("book_hotel" if book else "search_hotels", {"place": place})]
    m = _NIGHTS.search(u)
    n = en_value(m.group(1)) if m else None
    n = n if isinstance(n, int) and 1 <= n <= 30 else None
    if intent == "Hospitality-en/GetReservationDetails":
        return [("search_hotels", {})]
    if intent.startswith("Hospitality-en/"):
        return [("book_hotel", {})]
    if intent == "book_hotel":
        p = name_after(u, r"\b(?:in|near|at|around) (?!the \d|\d|for|a |my |march|april|may|june|july|august)([a-z][a-z .']+?)(?: (?:from|for|on|that|starting|between|tonight|next|which|where|near|to|by|until|at|under|costing|and)\b.*)?$")
        search = has(r"\b(find|search|look|show|what|which|any|are there|recommend)\b", u) and not has(r"\b(book|reserve)\b", u)
        return [("search_hotels" if search else "book_hotel", {"place": p, "nights": n})]
    if "booking" in intent:
        question = has(r"^(what|when|why|how|is there|where)\b", u) and not has(r"cancel|change|book", u)
        return [("search_hotels" if question else "book_hotel", {"nights": n})]
    return [("search_hotels", {"nights": n})]


def name_span_zh(u):
    m = re.search("([\u4e00-\u9fff]{2,12}(?:大酒店|国际酒店|宾馆))", u)
    return None if not m or has("找|想|推荐|有|请|帮", m.group(1)) else m.group(1)


def ticket(u, lang, intent, slots, speaker):
    if intent.startswith("景点/"):
        return [("search_tickets", {"kind": "attraction", "what": span(u, _slot(slots, "名称"))})]
    if intent == "recommendation_events":
        return [("search_tickets", {"kind": "movie" if has("movie|film|cinema", u) else "event", "what": span(u, _slot(slots, "event_name").split("|")[0])})]
    search = has(r"\b(are there|is there|find|show|how much|what|which|search|look(ing)? (up|for|at)|cheapest|available|when|schedule|price)\b", u) and not has(r"\b(book|buy|purchase|reserve|order|get me)\b", u)
    tool = "search_tickets" if search else "book_ticket"
    if intent == "transport_ticket":
        t = _slot(slots, "transport_type") + " " + u
        kind = "flight" if has("flight|plane|fly", t) else "bus" if has(r"\bbus", t) else "train"
        what = joined_span(u, _slot(slots, "place_name"), r" (?:to|and) ") if slots.get("place_name") else None
        return [(tool, {"kind": kind, "what": what})]
    if intent == "book_flight":
        what = name_after(u, r"\b(?:from|out of) ([a-z][a-z' ]+? to [a-z][a-z']+(?: [a-z']+)?)(?: (?:on|for|that|in|leaving|under|with|departing|next|this|at|using|via|the|round|during|around|from|between)\b.*)?$",
                          r"\bto (?!book|fly|find|get|buy|go|reserve|see|travel|take|schedule|purchase|have|know|be)([a-z][a-z']+(?: [a-z']+)?)(?: (?:on|for|that|in|leaving|under|with|from|next|this|at)\b.*)?$")
        return [(tool, {"kind": "flight", "what": what})]
    return None


# ---- parcel, payment ----

def parcel(u, lang, intent, slots, speaker):
    item = name_after(u, r"status (?:of|on|for) (?:my |the )?(?:order (?:of|for) )?(.+)$", r"where(?:'s| is| are) (?:my |the )?(.+)$", r"track (?:my |the )?(.+)$",
                      r"\bmy (.+?) (?:order|package|delivery|shipment|arrive|here|come|get)\b", r"order (?:of|for) (.+)$")
    if item:
        item = re.sub(r"\b(order|package|delivery|shipment|parcel)s?\b.*", "", item, flags=re.I).strip()
        item = re.sub(r"^(my|the|a|that|last|latest|recent|most recent|online|amazon)\b ?", "", item, flags=re.I).strip()
    return [("track_parcel", {"item": span(u, item) if item and len(item) > 2 else None})]


_BANKING = {"Refund_not_showing_up": "refund", "request_refund": "refund", "card_payment_fee_charged": "charge", "card_payment_not_recognised": "payment",
            "pending_card_payment": "payment", "transaction_charged_twice": "charge", "declined_card_payment": "declined", "card_declined": "declined",
            "cancel_transfer": "transfer", "card_payment_wrong_exchange_rate": "charge", "reverted_card_payment?": "payment", "card_swallowed": "declined"}
_AMOUNT = re.compile(r"[$€£](\d[\d,]*(?:\.\d+)?)|\b(\d[\d,]*(?:\.\d+)?|[a-z]+(?:[ -][a-z]+)?) ?(?:dollars?|bucks?|euros?|pounds?|usd|\$|€|£)", re.I)


def amount_of(u):
    """A sum of money: digits or English words (hundreds and thousands too)."""
    for m in _AMOUNT.finditer(u):
        t = (m.group(1) or m.group(2)).replace(",", "")
        try:
            v = float(t)
        except ValueError:
            w = t.split()
            v = en_value(t) if en_value(t) is not None else en_value(w[-1])
            if w[-1] in ("hundred", "thousand"):
                v = {"hundred": 100, "thousand": 1000}[w[-1]] * (en_value(w[0]) or 1)
        if v and 0.01 <= v <= 99999:
            return int(v) if v == int(v) else v
    return None


def payment(u, lang, intent, slots, speaker):
    if intent in _BANKING:
        return [("get_payment_info", {"about": _BANKING[intent]})]
    if intent == "apple_pay_or_google_pay":
        return [("setup_account", {"what": "payment_method"})]
    if intent == "pay_bill":
        p = name_after(u, r"\bmy ([a-z&' ]+?) (?:bill|invoice|payment)s?\b", r"\b(?:bill|payment) (?:to|for|from) (?:my )?([a-z&' ]+)$", r"\bpay (?:my |the )?([a-z&' ]+?) bills?\b")
        if p and has(r"^(my|the|this|that|a|of|monthly|next|all|some|current|latest|other|due|overdue)\b", p):
            p = None
        return [("pay", {"kind": "bill", "payee": p, "amount": amount_of(u)})]
    if intent == "transfer":
        p = name_after(u, r"^.*\b(?:to|into) (?:my )?(?!transfer|move|send|make|another)((?!be )[a-z' ]+?)(?: (?:from|for|on|in the amount|of)\b.*)?$")
        return [("pay", {"kind": "transfer", "payee": p, "amount": amount_of(u)})]
    if "+" in intent or intent in ("transfer_payment_deposit", "refund"):
        parts = set(intent.split("+"))
        person = span(u, _slot(slots, "person_name")) if slots.get("person_name") else None
        if "refund" in parts:
            return [("get_payment_info", {"about": "refund"})]
        if "limits" in parts and "change" in parts:
            return [("setup_account", {"what": "limit"})]
        if "balance" in parts:
            return [("get_payment_info", {"about": "balance"})]
        if "fees_interests" in parts:
            return [("get_payment_info", {"about": "charge"})]
        asks = parts & {"why", "when", "how", "how_long", "how_much", "request_info", "wrong_notworking_notshowing", "arrival"}
        if "make_open_apply_setup_get_activate" in parts and not asks and has(r"transfer|send|pay|deposit|move|top up", u) or \
                not asks and has(r"^(please |can you |could you |i (want|need|would like|'d like) to )?(transfer|send|pay|make a (transfer|payment)|deposit|top up)\b", u):
            return [("pay", {"kind": "transfer", "payee": person, "amount": amount_of(u)})]
        return [("get_payment_info", {"about": "transfer" if has(r"transfer|sent|send|deposit|top", u) else "payment"})]
    return None


# ---- small talk, out of scope ----

_TOPIC = {"tell_joke": "joke", "general_joke": "joke", "thank_you": "thanks", "goodbye": "goodbye", "farewells": "goodbye", "fun_fact": "other", "meaning_of_life": "other",
          "are_you_a_bot": "about_me", "do_you_have_pets": "about_me", "how_old_are_you": "about_me", "what_are_your_hobbies": "about_me", "what_is_your_name": "about_me",
          "where_are_you_from": "about_me", "who_do_you_work_for": "about_me", "who_made_you": "about_me", "about_VA": "about_me", "improving_system": "about_me",
          "system_reliance": "about_me", "negative_reaction": "other", "what_can_i_ask_you": "about_me"}


def chitchat(u, lang, intent, slots, speaker):
    if intent.startswith("General/"):
        t = "thanks" if "thank" in intent else "goodbye" if "bye" in intent else "greeting"
    elif intent in ("greeting", "greetings"):
        t = "how_are_you" if has(r"how (are|is|r|have|do|'?s)|what('s| is) up|doing|going|been|everything|your day|feel", u) else "greeting"
    elif intent == "positive_reaction":
        t = "thanks" if has("thank", u) else "compliment"
    elif intent == "about_VA" and has("joke", u):
        t = "joke"
    else:
        t = _TOPIC.get(intent)
    return [("chat", {"topic": t})] if t else None


def out_of_scope(u, lang, intent, slots, speaker):
    return [("refuse", {"reason": "out_of_scope"})]


# ---- for all domains ----

_ORDERS = {"book_hotel": "hotel", "book_ticket": "ticket", "order_food": "food", "book_table": "table", "track_parcel": "parcel"}
_DIETS = ("vegetarian", r"vegetarian|veggie|素食"), ("vegan", r"vegan|纯素|全素"), ("halal", "halal|清真"), ("kosher", "kosher"), ("gluten_free", r"gluten[- ]free|无麸质")
_GENERIC_FOOD = re.compile(r"(food|restaurants?|places?|cuisine|spots?|joints?|options?|dish(es)?|meals?|餐厅|饭店|餐馆|菜|的)?", re.I)


def general(u, name, args):
    """Cancelling, diets, and what is near, which any source may name: (tool, arguments)."""
    if name in _ORDERS and has(r"\bcancel(?!lation)|取消|退掉|退订", u):
        named = name != "book_hotel" or has(r"hotel|room|\bstay|酒店|房|宾馆", u)
        return "cancel_order", {"kind": _ORDERS[name] if named else None}
    if name in ("search_hotels", "book_hotel") and not args.get("place"):
        args = dict(args, near=near_of(u))
    if name in ("search_places", "search_food", "order_food"):
        prop = "query" if name == "search_places" else "item"
        for diet, rx in _DIETS:
            if has(rf"\b(?:{rx})\b|[\u4e00-\u9fff]*(?:{rx})(?=[\u4e00-\u9fff])", u) and re.search(rf"(?<![a-z])(?:{rx})(?![a-z])", u, re.I):
                args = dict(args, diet=diet)
                if value := args.get(prop):
                    rest = re.sub(rf"^(?:{rx})[ -]*", "", value, flags=re.I).strip()
                    args[prop] = None if _GENERIC_FOOD.fullmatch(rest) else span(u, rest)
                break
    return name, args


class Mapper:
    def __init__(self, catalogue, lines):
        self.catalogue = catalogue
        menu = {line["expected"]["slots"].get("query", "").strip().lower() for line in lines if line["expected"]["intent"] in ("add_order_item", "get_menu_items")}
        menu = {m for m in menu if 3 < len(m) < 30 and not has(r"coffee drinks|drinks?$|menu|milk", m)}
        self.rules = {"hvac": hvac, "navigation": navigation, "poi": poi, "food": make_food(menu), "hotel": hotel, "ticket": ticket, "parcel": parcel,
                      "payment": payment, "chitchat": chitchat, "out_of_scope": out_of_scope, "other_vehicle": other_vehicle}

    def calls(self, line, speaker):
        """Calls of a source line, or None when it is not mapped."""
        u, lang = line["utterance"], line["lang"]
        exp = line["expected"]
        frames = [exp] + exp.get("also", [])
        raw = []
        for i, frame in enumerate(frames):
            slots = frame["slots"] if isinstance(frame["slots"], dict) else {}
            part, domain = u, line["domain"]
            if len(frames) > 1 and line["source"].endswith("MAC_SLU"):
                part = " ".join(v for k, v in slots.items() if isinstance(v, str) and v != "true")
                domain = mac_domain(frame["intent"], part) if i else domain
                if frame["intent"].startswith(("地图", "音乐", "影视", "打电话")):
                    part = u
            got = self.rules[domain](part, lang, frame["intent"], slots, speaker)
            if not got:
                return None
            raw += got
        calls = []
        for name, args in raw:
            c = self.catalogue.ordered(*general(u, name, args))
            if c not in calls:
                calls.append(c)
        calls = calls[:self.catalogue.max_calls]
        # The sources count cancelling to what was booked, the catalogue to payment.
        if calls[0]["name"] != "cancel_order" and self.catalogue.domain(calls[0]["name"]) != line["domain"]:
            return None
        return calls


def mac_domain(intent, text):
    head = intent.split("/")[0]
    if head == "地图":
        return "poi" if "搜索" in intent or "提供地址" in intent else "navigation"
    if head == "车载控制" and has("空调|风量|风速|风力|风向|温度|循环|除霜|除雾|加热|通风|AC|制冷|制热|自然风", text) and not has("后视镜|喷水|按摩|单位|车窗|门窗", text):
        return "hvac"
    return "other_vehicle"
