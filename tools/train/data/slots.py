"""Slot kinds of the phrase files: each gives text and, for numbers and enums, a value (None means that the text itself is the value)."""

import names as n
from text import shortest

_U = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_T = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_Z = "零一二三四五六七八九"


def en_words(v):
    i = int(v)
    w = _U[i] if i < 20 else _T[i // 10] + ("" if i % 10 == 0 else " " + _U[i % 10])
    return w + (" point five" if v != i else "")


def zh_words(v, liang=False):
    i = int(v)
    if liang and i == 2:
        w = "两"
    elif i < 10:
        w = _Z[i]
    elif i < 20:
        w = "十" + (_Z[i % 10] if i % 10 else "")
    elif i < 100:
        w = _Z[i // 10] + "十" + (_Z[i % 10] if i % 10 else "")
    else:
        w = zh_hundreds(i)
    return w + ("点五" if v != i else "")


def zh_hundreds(i):
    if i >= 1000:
        q, rest = divmod(i, 1000)
        return zh_words(q, True) + "千" + ("" if not rest else ("零" if rest < 100 else "") + zh_words(rest))
    q, rest = divmod(i, 100)
    return zh_words(q, True) + "百" + ("" if not rest else "零" + _Z[rest] if rest < 10 else zh_tens(rest))


def zh_tens(v):
    return ("一" if v < 20 else "") + zh_words(v)


def _num(lang, v, r, liang=False):
    if r.random() < .55:
        return str(v)
    return en_words(v) if lang == "en" else zh_words(v, liang)


def _deg(lang, r):
    if lang == "en" and r.random() < .45:
        v = r.randint(58, 88)
    else:
        v = r.choice([r.randint(16, 30), r.randint(18, 26), shortest(r.randint(33, 55) / 2)])
    return _num(lang, v, r), v


def _zh_degf(lang, r):
    v = r.randint(17, 28)
    return zh_words(v) + "度半", v + .5


_ZONE = {
    "en": [("driver", ["the driver", "the driver's side", "the driver side", "driver's seat", "the front left"]), ("passenger", ["the passenger", "the passenger side", "the passenger's side", "the front right", "my passenger"]),
           ("rear_left", ["the rear left", "the back left", "the left rear", "the left back seat"]), ("rear_right", ["the rear right", "the back right", "the right rear"]),
           ("front", ["the front", "the front row", "up front", "the front seats"]), ("rear", ["the rear", "the back", "the back seats", "the rear passengers", "the second row", "the kids in the back"]),
           ("all", ["everyone", "the whole car", "all zones", "all seats", "the entire cabin"])],
    "zh": [("driver", ["主驾", "驾驶位", "主驾驶", "驾驶员"]), ("passenger", ["副驾", "副驾驶", "副驾位"]), ("rear_left", ["左后", "后排左侧", "左后方", "后排左边"]), ("rear_right", ["右后", "后排右侧", "后排右边"]),
           ("front", ["前排", "主副驾", "第一排"]), ("rear", ["后排", "后座", "第二排", "二排"]), ("all", ["全车", "所有座位", "整车", "全部位置"])],
}
_SEATZ = {
    "en": [("driver", ["driver", "driver's", "front left"]), ("passenger", ["passenger", "passenger's", "front right"]), ("rear_left", ["rear left", "back left", "left rear"]), ("rear_right", ["rear right", "back right", "right rear"]),
           ("front", ["front"]), ("rear", ["rear", "back"]), ("@speaker", ["my", "my", "my own"])],
    "zh": [("driver", ["主驾", "主驾驶", "驾驶员", "驾驶位"]), ("passenger", ["副驾", "副驾驶"]), ("rear_left", ["左后", "后排左侧"]), ("rear_right", ["右后", "后排右侧"]), ("front", ["前排", "主副驾"]), ("rear", ["后排", "后座", "第二排"]),
           ("all", ["所有", "全部", "全车"]), ("@speaker", ["我的", "我这边的", "我这个"])],
}
_LEVEL3 = {"en": [("low", 1), ("level one", 1), ("one", 1), ("1", 1), ("minimum", 1), ("medium", 2), ("level two", 2), ("2", 2), ("level 2", 2), ("high", 3), ("level three", 3), ("three", 3), ("3", 3), ("max", 3), ("maximum", 3), ("full", 3)],
           "zh": [("一档", 1), ("1档", 1), ("最低档", 1), ("一挡", 1), ("最小", 1), ("低档", 1), ("二档", 2), ("2档", 2), ("两档", 2), ("中档", 2), ("二挡", 2), ("三档", 3), ("3档", 3), ("最高档", 3), ("最大", 3), ("三挡", 3), ("高档", 3)]}
_LIST = {
    "en": {
        "cuisine": "italian|chinese|thai|mexican|indian|japanese|korean|french|greek|spanish|vietnamese|turkish|lebanese|seafood|sushi|ramen|bbq|steak|ethiopian|tapas|pho|peruvian|hot pot|dumpling|fried chicken",
        "brand": "starbucks|mcdonald's|shell|ikea|costco|burger king|tesla|walmart|subway|aldi|target|seven eleven|dunkin|lidl|kfc|home depot|chipotle",
        "dish": "pepperoni pizza|margherita pizza|cheeseburger|chicken burrito|pad thai|fried rice|beef noodles|caesar salad|sushi rolls|chicken wings|green curry|dumplings|veggie burger|tomato soup|club sandwich|tuna sandwich|lamb kebab|falafel wrap|fish and chips|spring rolls|chicken tikka|ramen|burrito bowl|french fries|onion rings|chocolate cake|cheesecake|pancakes|bagels|tacos|carbonara|lasagna|chicken nuggets|bibimbap|hot dogs|spicy tofu|pulled pork sandwich|shrimp tempura|miso soup|mushroom risotto",
        "drink": "latte|flat white|iced coffee|cappuccino|espresso|bubble tea|green tea|orange juice|lemonade|hot chocolate|cold brew|mocha|cola|ginger ale|chai latte|smoothie|black coffee|oat milk latte|iced tea|mineral water",
        "item": "running shoes|headphones|new phone|phone case|coffee machine|winter jacket|books|birthday present|laptop|desk lamp|dog food|vitamins|kids bike|blue dress|keyboard|sneakers|camera lens|rug|toaster|board game|passport|watch|guitar strings|car seat|vacuum cleaner|contact lenses|t-shirts|printer ink|sofa|tent",
        "song": "yesterday|some jazz|my playlist|the beatles|rock music|the next song|classical music|my favorite album|radio one|a podcast|the news podcast|eighties hits|something relaxing|country music|hip hop",
        "time": "at seven|at 7 pm|tonight|tomorrow|tomorrow evening|on friday|for saturday night|at noon|this weekend|at half past eight|next tuesday",
    },
    "zh": {
        "cuisine": "川菜|粤菜|湘菜|火锅|日料|韩国料理|烤肉|西餐|东北菜|海鲜|面条|烧烤|泰国菜|意大利菜|小龙虾|披萨|牛排|寿司|麻辣烫|早茶|饺子|烤鱼|自助餐|酸菜鱼|羊肉泡馍|螺蛳粉|兰州拉面|重庆小面",
        "brand": "星巴克|肯德基|麦当劳|海底捞|盒马|沃尔玛|中石化|中石油|宜家|必胜客|瑞幸|喜茶|全家|山姆|华为专卖店|迪卡侬|优衣库|永辉|特斯拉超充",
        "dish": "宫保鸡丁|麻婆豆腐|牛肉面|红烧肉|糖醋排骨|扬州炒饭|鱼香肉丝|水煮鱼|小笼包|煎饼果子|黄焖鸡米饭|酸辣粉|烤鸭|肉夹馍|热干面|麻辣香锅|牛肉汉堡|香辣鸡翅|海鲜粥|皮蛋瘦肉粥|凉皮|鸡腿饭|番茄炒蛋|芝士披萨|炸鸡|薯条|三明治|寿司拼盘|叉烧饭|锅贴|羊肉串|白米饭|蛋挞|酸菜鱼|回锅肉|油条|葱油拌面",
        "drink": "拿铁|美式咖啡|奶茶|珍珠奶茶|豆浆|绿茶|可乐|橙汁|柠檬水|卡布奇诺|冰美式|杨枝甘露|矿泉水|酸奶|热巧克力|冰红茶|椰汁|生椰拿铁",
        "item": "手机|鞋子|耳机|衣服|书|咖啡机|电脑|生日礼物|羽绒服|奶粉|猫粮|键盘|手表|台灯|自行车|化妆品|空气净化器|儿童座椅|行李箱|电饭煲|裙子|眼镜|药|显示器|茶叶|水果|玩具|充电器|帐篷|打印纸",
        "song": "周杰伦的歌|稻香|轻音乐|儿歌|摇滚乐|我的歌单|邓丽君的歌|流行歌曲|一首老歌|古典音乐|相声|新闻广播|青花瓷|粤语歌|播客|交通广播|有声书|郭德纲的相声",
        "time": "今晚|明天|明天晚上|周五|周六晚上七点|中午十二点|下周二|六点半|后天|这周末",
    },
}
_CAT = {
    "en": [("restaurant", ["restaurant", "place to eat", "diner", "place for lunch", "place for dinner"]), ("cafe", ["cafe", "coffee shop", "coffee place"]), ("fuel", ["gas station", "petrol station", "filling station", "gas"]),
           ("charging", ["charging station", "charger", "fast charger", "ev charger", "place to charge the car", "charge point"]), ("parking", ["parking lot", "parking garage", "car park", "parking spot", "place to park"]),
           ("hotel", ["hotel", "motel", "hostel"]), ("attraction", ["museum", "park", "tourist attraction", "zoo", "beach", "playground"]), ("shop", ["clothing store", "shopping mall", "bookstore", "shoe shop", "hardware store", "flower shop"]),
           ("supermarket", ["supermarket", "grocery store"]), ("hospital", ["hospital", "emergency room", "clinic", "dentist"]), ("pharmacy", ["pharmacy", "drugstore", "chemist"]),
           ("bank", ["bank", "atm", "cash machine"]), ("airport", ["airport"]), ("station", ["train station", "bus station", "subway station"]), ("service", ["car wash", "mechanic", "repair shop", "restroom", "toilet", "tire shop"])],
    "zh": [("restaurant", ["餐厅", "饭店", "吃饭的地方", "饭馆", "餐馆"]), ("cafe", ["咖啡店", "咖啡馆", "咖啡厅", "奶茶店"]), ("fuel", ["加油站"]), ("charging", ["充电站", "充电桩", "快充站", "充电的地方"]), ("parking", ["停车场", "停车位", "车位", "停车的地方"]),
           ("hotel", ["酒店", "宾馆", "旅馆"]), ("attraction", ["景点", "公园", "博物馆", "好玩的地方", "动物园", "风景区"]), ("shop", ["商场", "购物中心", "书店", "花店", "服装店"]), ("supermarket", ["超市", "便利店"]),
           ("hospital", ["医院", "诊所", "急诊", "牙科"]), ("pharmacy", ["药店", "药房"]), ("bank", ["银行", "取款机", "ATM"]), ("airport", ["机场"]), ("station", ["火车站", "地铁站", "高铁站", "汽车站"]), ("service", ["洗车店", "修车厂", "厕所", "洗手间", "4S店", "修车的地方"])],
}
# What a person eats: before a noun, and said of a person.
_DIET = {
    "en": [("vegetarian", ["vegetarian", "vegetarian", "veggie", "meat free", "meatless"]), ("vegan", ["vegan", "vegan", "plant based"]), ("halal", ["halal"]), ("kosher", ["kosher"]),
           ("gluten_free", ["gluten free", "gluten-free"])],
    "zh": [("vegetarian", ["素食", "素的", "素", "吃素的"]), ("vegan", ["纯素", "全素", "纯素食"]), ("halal", ["清真", "清真的"]), ("kosher", ["犹太洁食", "洁食"]), ("gluten_free", ["无麸质", "不含麸质", "无麸质的"])],
}
_DIETP = {
    "en": [("vegetarian", ["vegetarian", "a vegetarian"]), ("vegan", ["vegan", "a vegan"]), ("gluten_free", ["gluten free", "on a gluten free diet"]), ("halal", ["eating halal only"]), ("kosher", ["keeping kosher"])],
    "zh": [("vegetarian", ["素", "素食", "素的"]), ("vegan", ["纯素", "全素"]), ("halal", ["清真", "清真的"]), ("gluten_free", ["无麸质的", "不含麸质的"]), ("kosher", ["犹太洁食"])],
}
_COPY = {
    "en": {"place": n.en_place, "town": n.en_town, "restaurant": n.en_restaurant, "landmark": n.en_landmark, "person": n.en_person, "company": n.en_company, "event": n.en_event, "title": n.en_title, "address": n.en_address},
    "zh": {"place": n.zh_place, "town": n.zh_town, "restaurant": n.zh_restaurant, "landmark": n.zh_landmark, "person": n.zh_person, "company": n.zh_company, "event": n.zh_event, "title": n.zh_title, "address": n.zh_address},
}


def make(lang, kind, r):
    if kind in _COPY[lang]:
        return _COPY[lang][kind](r), None
    if kind in _LIST[lang]:
        text = r.choice(_LIST[lang][kind].split("|"))
        return text, None
    if kind in ("cuisinen", "dishn"):
        kind = kind[:-1]
        text = r.choice([x for x in _LIST[lang][kind].split("|") if not any(w in x for w in ("veggie", "sushi", "豆", "羊", "牛", "鸡", "肉"))])
        return text, None
    if kind in ("diet", "dietp"):
        v, texts = r.choices((_DIET if kind == "diet" else _DIETP)[lang], [4, 4, 3, 1, 2] if kind == "diet" else None)[0]
        return r.choice(texts), v
    if kind == "route":
        a, b = _COPY[lang]["town"](r), _COPY[lang]["town"](r)
        return (a + " to " + b if lang == "en" else a + "到" + b), None
    if kind == "payee":
        rel = "my landlord|my sister|my brother|my mom|my dad|my roommate|my wife".split("|") if lang == "en" else "我妈|我爸|房东|我老婆|我弟|我姐|室友".split("|")
        return r.choice([_COPY[lang]["person"](r), _COPY[lang]["person"](r), _COPY[lang]["company"](r), r.choice(rel)]), None
    if kind == "deg":
        return _deg(lang, r)
    if kind == "degf":
        return _zh_degf(lang, r)
    if kind == "delta":
        v = r.choice([1, 2, 2, 3, 4, 5]) if r.random() < .9 else r.choice([.5, 1.5, 2.5])
        return _num(lang, v, r, True), v
    if kind == "level7":
        v = r.randint(1, 7)
        return _num(lang, v, r), v
    if kind == "level3":
        return r.choice(_LEVEL3[lang])
    if kind in ("zone", "seat"):
        v, texts = r.choice((_ZONE if kind == "zone" else _SEATZ)[lang])
        return r.choice(texts), v
    if kind == "people":
        v = r.choice([1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 10, 12])
        return _num(lang, v, r, True), v
    if kind == "qty":
        v = r.choice([1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10])
        return _num(lang, v, r, True), v
    if kind == "nights":
        v = r.choice([1, 2, 2, 3, 4, 5, 6, 7, 10])
        t = _num(lang, v, r, True)
        return (t + (" night" if v == 1 else " nights")) if lang == "en" else t, v
    if kind == "amount":
        v = r.choice([r.randint(5, 99), r.randint(5, 99), r.randint(1, 40) * 5, r.randint(1, 20) * 50, r.randint(100, 3000), shortest(r.randint(500, 9999) / 100)])
        if lang == "en":
            if v < 100 and v == int(v) and r.random() < .35:
                return en_words(v) + r.choice([" dollars", " bucks", " euros", " pounds"]), v
            return r.choice([f"${v}", f"{v} dollars", f"{v} euros", f"{v} bucks", f"€{v}", f"{v} pounds"]), v
        if v == int(v) and r.random() < .4:
            return zh_words(v, True) + r.choice(["元", "块", "块钱"]), v
        return f"{v}" + r.choice(["元", "块", "块钱"]), v
    if kind in ("cat", "catr"):
        v, texts = r.choice([x for x in _CAT[lang] if kind == "cat" or x[0] != "hotel"])
        return r.choice(texts), v
    raise KeyError(kind)
