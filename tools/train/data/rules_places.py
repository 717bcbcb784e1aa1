"""Keyword rules for kinds of places, and names cut out of English questions."""

import re

from text import span

CATEGORIES = (
    ("charging", r"charging|charger|\bev station|充电"),
    ("fuel", r"gas ?stations?|petrol|fuel|filling station|\bgas\b|gasoline|service stations?|加油|油站"),
    ("parking", r"car ?parks?|parking|park(ing)? (lots?|garages?|spots?|spaces?)|停车"),
    ("hotel", r"\bhotels?|\bmotels?|\bhostels?|\binns?\b|bed and breakfast|lodging|酒店|宾馆|旅馆|民宿|住的地方"),
    ("cafe", r"\bcaf[eé]s?|coffee( shops?)?|starbucks|tea ?house|咖啡|奶茶|茶馆|茶室"),
    ("restaurant", r"restaura\w*|reteraunt|\bbistros?|diners?\b|pizzeria|steak ?house|eater(y|ies)|\bpubs?\b|food|\beat\b|dinner|lunch|breakfast|brunch|taco|pizza|"
                   r"burgers?|sushi|\bbars?\b|餐|饭店|饭馆|火锅|烧烤|吃|面馆|小吃|美食|菜馆"),
    ("supermarket", r"super ?markets?|grocer(y|ies)|超市|便利店|菜市场"),
    ("pharmacy", r"pharmac(y|ies)|drug ?stores?|chemist|药店|药房"),
    ("hospital", r"hospitals?|clinics?|emergency room|doctors?\b|dentists?|医院|诊所|急诊"),
    ("bank", r"\bbanks?\b|\batms?\b|cash machine|银行|取款机|ATM"),
    ("airport", r"airports?|机场"),
    ("station", r"(train|railway|bus|subway|metro) stations?|nearest station|火车站|高铁站|地铁站|车站|汽车站"),
    ("service", r"car ?wash|mechanic|garage|repair|restrooms?|toilets?|bathrooms?|washrooms?|tire shop|auto shop|洗车|修车|厕所|洗手间|卫生间|维修|4S店|服务区|补胎"),
    ("attraction", r"attractions?|museums?|\bparks?\b|\bzoos?\b|beach(es)?|theat(er|re)s?|cinemas?|galler(y|ies)|sights|things to do|landmarks?|景点|景区|公园|博物馆|"
                   r"动物园|游玩|好玩|玩"),
    ("shop", r"\bshops?|stores?\b|\bmalls?\b|markets?\b|shopping|outlet|商场|商店|购物|店|书店|花店"),
)
CUISINES = (
    "italian chinese thai mexican indian japanese korean french german greek spanish vietnamese turkish cuban lebanese american mediterranean ethiopian "
    "pakistani cambodian peruvian brazilian moroccan caribbean vegan vegetarian barbecue bbq seafood sushi pizza tacos taco burger burgers steak ramen pho "
    "chicken soul noodle hibachi tapas dim sum asian southern halal kosher").split()


def category_of(text):
    for name, rx in CATEGORIES:
        if re.search(rx, text, re.I):
            return name
    return None


def near_of(u):
    if re.search(r"(near|close to|around|by|at) (my|the|our) destination|目的地", u, re.I):
        return "destination"
    if re.search(r"(on|along) (the|my|our) (way|route)|en route|沿途|顺路|路上|途中|一路", u, re.I):
        return "route"
    return None


def open_now_of(u):
    return True if re.search(r"open (right )?now|still open|open at this|currently open|(is|are|'s) open|营业|开着|开门", u, re.I) else None


_TAIL = re.compile(r"[\s,]+(please|for me|thanks|thank you|right now|now|today|tonight|tomorrow|this \w+|at the moment|currently|by (bus|car|train|foot|plane|bike)|"
                   r"on foot|from (here|my \w+|where i am)|if .*|around \d.*|at \d.*|at (noon|around|dinner|lunch|night).*|on (mon|tues|wednes|thurs|fri|satur|sun)day.*|"
                   r"in (the )?(minutes|time)|via .*|without .*|with .*|using .*|under .*|and .*|or .*|for fun|for (a )?(party|group|\d+|two|three|four|five|six|seven|eight).*|is|are|take[sn]?|to be|like|has|have|gets?|"
                   r"during .*|between .*|after .*|before .*|as .*|when .*|because .*|so .*|per .*|at|good|bad|any good|well|rated|out|there|yet|near me|nearby|near here|around here|close by|for|on|in|late)$", re.I)


def clean_name(name):
    """Cuts words off that do not belong to a name; None when nothing good is left."""
    name = name.strip(" ?.!,")
    while (m := _TAIL.search(name)) is not None:
        name = name[:m.start()].strip(" ?.!,")
    if not name or len(name) > 60 or re.fullmatch(r"(there|here|it|that|this|them|my location|me|the|a|go|get|do)|(is|are|what|how|do|does|i|you|to|be|in) .*", name, re.I):
        return None
    return re.sub(r"^(do the ratings say for|the ratings for|the nearest|nearest|closest|the closest) ", "", name)


def name_after(u, *patterns):
    """First name that one of the patterns (group 1) cuts out of the utterance."""
    for rx in patterns:
        m = re.search(rx, u, re.I)
        if m and (n := clean_name(m.group(1))) and (s := span(u, n)):
            return s
    return None


def cuisine_query(u):
    """A cuisine, with the town that follows it when there is one."""
    for c in CUISINES:
        m = re.search(rf"\b{c}\b(?: (?:food|restaurants?|places?|cuisine|spots?|joints?))?(?: in ([a-z][a-z .']+?))?(?=[?.!,]|$)", u, re.I)
        if m:
            return span(u, clean_name(m.group()) or c) if m.group(1) else span(u, c)
    for c in CUISINES:
        if s := span(u, c):
            return s
    return name_after(u, r"\b(?:in|near|around) ([a-z][a-z .']+)$")


def keyword_search(u, keyword):
    """search_places arguments from a keyword that the source marks in the utterance."""
    s = span(u, keyword)
    cat = category_of(keyword)
    args = {"category": cat, "near": near_of(u), "open_now": open_now_of(u)}
    if s is None:
        return args if cat else None
    if cat:
        rx = dict(CATEGORIES)[cat]
        rest = re.sub(rf"\b(?:{rx})\b|(?:{rx})", "", s, flags=re.I).strip(" -")
        generic = re.fullmatch(r"(站|店|馆|厅|场|的|家|个|附近的?|最近的?|好的|the|a|an|local|nearest|close|good|best|nearby|s|shop|store|place|to|station|stations|shops)?", rest, re.I)
        args["query"] = None if generic else s if cat == "shop" else (rest if span(u, rest) == rest and len(rest) > 2 else s)
    else:
        args["query"] = s
    return args
