"""Invented names, built from parts so that copying is learned and not a list of names."""

import re

_ON = "b br c cr d dr f fl g gr h j k kl l m n p pr r s sh st t th tr v w z bl ch gl".split()
_NU = "a e i o u ai ea ee oa ou ar er or an en in on un al el ol".split()
_CO = ["", "", "n", "r", "l", "s", "t", "m", "ck", "nd", "rt", "ll", "x", "ss"]
_TOWN_END = "ton ville burg ford field dale wood mouth haven ham port bridge stead holm wick berg by bury more land creek".split()
_ADJ = "old new golden silver red blue green white royal grand little sunny quiet upper lower west east north south central happy lucky crystal iron stone wild twin hidden".split()
_NOUN = ("dragon lion oak maple river lake hill garden moon star rose tower bridge harbor mill anchor lantern panda bamboo fox eagle swan willow cedar orchard valley "
         "meadow castle crown spoon kettle fork barrel wagon compass falcon otter pine").split()
_FIRST = ("anna ben carla david elena frank grace henry ivy jack karen leo maria nora oscar paul quinn rosa sam tina umar vera walter xenia yusuf zoe amir bella "
          "chen diego emma fatima george hana ines jamal kofi lena mateo priya").split()
_ROAD = "street|road|avenue|lane|drive|boulevard|way|court|place|square|terrace|crescent".split("|")
_LAND = ("museum|park|airport|mall|library|stadium|university|hospital|train station|theater|high school|market|beach|zoo|church|gallery|office park|convention center|"
         "golf club|shopping center|town hall|harbor|botanical garden|business park|elementary school|plaza|castle|cinema|arena|clinic|hotel|bakery|pharmacy").split("|")
_REST = "grill|bistro|kitchen|diner|cafe|house|tavern|pizzeria|noodle bar|steakhouse|sushi|bbq|taqueria|deli|brasserie|curry house|eatery|trattoria|burger bar|bakery".split("|")
_COMP = "logistics|energy|motors|bank|electronics|foods|insurance|consulting|systems|pharma|telecom|water|media|solutions|builders|dental care|gym|parking|electric".split("|")
_EV = "festival|concert|fair|exhibition|show|musical|marathon|derby|final|night|opera|expo|parade|comedy tour|jazz evening".split("|")
_REAL_TOWN = ("boston chicago denver seattle dallas austin portland phoenix miami atlanta london paris berlin madrid rome munich hamburg dublin toronto vancouver sydney "
              "oslo vienna prague lisbon zurich geneva lyon milan leeds bristol york glasgow").split() + ["new york", "los angeles", "san jose", "san diego", "las vegas", "salt lake city"]


def invented(r):
    s = r.choice(_ON) + r.choice(_NU) + r.choice(_CO)
    if r.random() < .6:
        s += r.choice(_ON) + r.choice(_NU) + r.choice(_CO)
    return re.sub(r"(.)\1+", lambda m: m.group(1) * min(2, len(m.group())), s)


def en_town(r):
    x = r.random()
    if x < .35:
        return r.choice(_REAL_TOWN)
    if x < .8:
        return invented(r) + r.choice(_TOWN_END)
    return r.choice(_ADJ) + " " + invented(r)


def en_surname(r):
    return invented(r) + r.choice(["son", "man", "er", "", "ez", "ini", "ov", "sen", "ley"])


def en_person(r):
    f = r.choice(_FIRST)
    return f if r.random() < .5 else f + " " + en_surname(r)


def en_street(r):
    n = r.choice([invented(r) + r.choice(["", "ton", "ley", "field"]), r.choice(_NOUN), r.choice(_ADJ) + " " + r.choice(_NOUN), en_surname(r), r.choice("first second third fourth fifth ninth main".split())])
    return n + " " + r.choice(_ROAD)


def en_address(r):
    return f"{r.choice([r.randint(1, 99), r.randint(100, 9999)])} {en_street(r)}" + (r.choice([" in ", ", "]) + en_town(r) if r.random() < .3 else "")


def en_restaurant(r):
    x = r.random()
    if x < .35:
        return r.choice(["", "the "]) + r.choice(_ADJ) + " " + r.choice(_NOUN) + r.choice(["", " " + r.choice(_REST)])
    if x < .6:
        return r.choice(_FIRST) + "'s " + r.choice(_REST)
    if x < .8:
        return invented(r) + " " + r.choice(_REST)
    return r.choice([invented(r), invented(r) + " " + invented(r), r.choice(_NOUN) + " and " + r.choice(_NOUN)])


def en_landmark(r):
    x = r.random()
    if x < .45:
        return r.choice([invented(r), r.choice(_NOUN), r.choice(_ADJ) + " " + r.choice(_NOUN), en_surname(r), en_town(r)]) + " " + r.choice(_LAND)
    if x < .6:
        return "the " + r.choice(_LAND) + " " + r.choice(["in ", "on ", "near "]) + r.choice([en_town(r), en_street(r)])
    return r.choice([en_town(r) + " " + r.choice(_LAND), "the " + r.choice(_NOUN) + " " + r.choice(_LAND)])


def en_company(r):
    return r.choice([invented(r), r.choice(_NOUN), en_surname(r), r.choice(_ADJ) + " " + r.choice(_NOUN)]) + " " + r.choice(_COMP)


def en_place(r):
    x = r.random()
    if x < .25:
        return en_address(r)
    if x < .35:
        return en_street(r)
    if x < .55:
        return en_town(r)
    if x < .8:
        return en_landmark(r)
    if x < .88:
        return en_restaurant(r)
    if x < .94:
        return r.choice([en_person(r) + "'s house", en_person(r) + "'s place", "my " + r.choice("mother sister brother friend uncle dentist doctor gym school parents".split()) + ("" if r.random() < .3 else "'s place")])
    return en_company(r)


def en_event(r):
    return r.choice([invented(r), en_town(r), r.choice(_NOUN), r.choice(_ADJ) + " " + r.choice(_NOUN)]) + " " + r.choice(_EV)


def en_title(r):
    return r.choice(["the " + r.choice(_ADJ) + " " + r.choice(_NOUN), r.choice(_NOUN) + " of " + invented(r), "return to " + en_town(r), r.choice(_ADJ) + " " + r.choice(_NOUN) + " " + r.choice(["two", "rising", "forever", "nights", "returns"]),
                     "the last " + r.choice(_NOUN), invented(r)])


_ZC = list("安宝北昌长朝春大德东丰福高光广海和恒红湖华怀吉嘉建江金锦京景康乐丽利联林龙鹿隆梅民明南宁平青清泉仁荣瑞三山上盛世松泰天万文西祥新兴旭雅阳宜永玉远云泽正中紫")
_ZSUR = list("王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘")
_ZGIV = list("伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红建文辉力宇浩然欣怡子涵思雨晨博雪梦琪")
_ZROAD = "路|街|大道|大街|东路|西路|南路|北路|中路|巷|胡同".split("|")
_ZLAND = ("大厦|广场|公园|小区|花园|医院|中学|小学|大学|博物馆|图书馆|体育馆|购物中心|机场|火车站|高铁站|地铁站|商场|科技园|产业园|国际中心|美术馆|古镇|湖|山庄|温泉|植物园|动物园|"
          "宾馆|大酒店|幼儿园|家属院|写字楼|步行街|市场|剧院|电影院|加油站|停车场|汽车城|会展中心|寺|森林公园").split("|")
_ZREST = "饭店|餐厅|火锅|烧烤|面馆|小吃店|私房菜|酒楼|食府|咖啡|奶茶店|饺子馆|烤鸭店|海鲜坊|串串香|麻辣烫|茶餐厅|川菜馆|湘菜馆|披萨店|小馆|大排档|快餐".split("|")
_ZCITY = ("北京 上海 广州 深圳 杭州 南京 苏州 成都 重庆 武汉 西安 天津 长沙 青岛 大连 厦门 郑州 济南 昆明 沈阳 合肥 无锡 宁波 福州 哈尔滨 长春 贵阳 南宁 海口 三亚 丽江 桂林 洛阳 珠海 东莞 "
          "佛山 温州 绍兴 扬州 烟台 兰州 银川 西宁 太原 南昌").split()
_ZCOMP = "物流|电力|银行|科技|燃气公司|自来水公司|物业|保险|健身房|培训班|超市|停车公司|传媒|建设|便利店|装修公司".split("|")


def zh_core(r):
    return "".join(r.choice(_ZC) for _ in range(r.choice([2, 2, 2, 3])))


def zh_person(r):
    return r.choice(_ZSUR) + "".join(r.choice(_ZGIV) for _ in range(r.choice([1, 2, 2]))) if r.random() < .6 else r.choice(["老", "小"]) + r.choice(_ZSUR)


def zh_town(r):
    return r.choice(_ZCITY) if r.random() < .5 else zh_core(r) + r.choice(["市", "区", "县", "镇", "村"])


def zh_street(r):
    return zh_core(r) + r.choice(_ZROAD)


def zh_digits(r, n):
    from_digits = "零一二三四五六七八九"
    return str(n) if r.random() < .6 else "".join(from_digits[int(c)] for c in str(n))


def zh_address(r):
    return (r.choice([zh_town(r), ""]) if r.random() < .5 else "") + zh_street(r) + zh_digits(r, r.randint(1, 999)) + "号" + (r.choice(["", "楼", "院"]))


def zh_landmark(r):
    return r.choice(["", "", "", r.choice(_ZCITY)]) + zh_core(r) + r.choice(_ZLAND)


def zh_restaurant(r):
    return r.choice([zh_core(r), r.choice(_ZSUR) + "记", r.choice(["老", "小", "阿"]) + r.choice(_ZSUR) + "家", zh_core(r) + "阁", "川" + r.choice(_ZC) + r.choice(_ZC)]) + r.choice(_ZREST)


def zh_company(r):
    return zh_core(r) + r.choice(_ZCOMP)


def zh_place(r):
    x = r.random()
    if x < .2:
        return zh_address(r)
    if x < .3:
        return zh_street(r) + ("和" + zh_street(r) + r.choice(["路口", "交叉口"]) if r.random() < .3 else "")
    if x < .45:
        return zh_town(r)
    if x < .8:
        return zh_landmark(r)
    if x < .9:
        return zh_restaurant(r)
    if x < .95:
        return r.choice([zh_person(r) + r.choice(["家", "公司", "那里"]), r.choice(["我妈家", "我姐家", "奶奶家", "丈母娘家", "孩子学校", "女朋友公司", "外婆家", "健身房", "我爸单位"])])
    return zh_company(r)


def zh_event(r):
    return r.choice([zh_core(r), zh_town(r), zh_person(r)]) + r.choice("音乐节|演唱会|话剧|展览|车展|马拉松|脱口秀|画展|漫展|灯会|音乐会|相声专场|足球赛|篮球赛".split("|"))


def zh_title(r):
    return r.choice([zh_core(r) + "往事", zh_core(r) + "传奇", "寻找" + zh_person(r), "最后的" + r.choice(["骑士", "夏天", "列车", "守护者", "春天"]), zh_core(r) + r.choice(["之夜", "风云", "奇缘", "行动"]), r.choice(["星际", "深海", "雪山", "沙漠"]) + r.choice(["救援", "迷途", "归途", "危机"])])
