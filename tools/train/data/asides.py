"""Remarks that ask for nothing. Training puts them before or after requests, so that a reason is not taken for a request of its own."""

ASIDES = {
    "en": """my mum is visiting this week|it's getting late|we've been driving for hours|i had a rough day|the kids are finally asleep|we had pizza yesterday|my phone is at home|i promised my sister
i'm meeting someone|the meeting was moved|my flight leaves in the evening|we just left the hotel|the parcel came this morning|i hear thunder|it's pouring outside|there's snow in the mountains
my husband is waiting|the doctor said so|i've got an hour to kill|i skipped breakfast|the boss is calling all the time|we are running late|i'm a bit early|there's plenty of time|the concert was great
my daughter has football later|the train was cancelled|i sold my old car|i've never been here before|they closed the old road|the shop was out of milk|i spent too much last month|my card is new
it's our anniversary|it's friday after all|tomorrow is a holiday|the boys are hungry|my back hurts|i have a cold|the dog needs a walk|the baby is sleeping|my friend is vegetarian by the way|the movie starts later
i forgot my wallet|we had a big lunch|the party is at eight|my interview went well|i can't find my glasses|the sun is right in front of me|the sky looks grey|the neighbours recommended it
everybody's talking about it|i read about it somewhere|my brother told me about it|i was there last year|we moved house in may|the old one broke|i ordered it ages ago|they never answer the phone
the wedding is on sunday|i've a headache coming|it's a long way to go|the last place was full|the radio said so|my glasses fog up all the time|i'm not from around here|we're in no hurry|no rush
i'm on a budget|don't ask me why|just so you know|my neighbour swears by it|the grandparents are in the back|i've got my hands full|the bridge was closed yesterday|the match is on tonight|i worked a double shift
we slept badly|the coffee was cold|there were no seats left last time|it took forever last time|the weather is turning|my battery at home is empty too|my suitcase is huge|the tickets were a present
my colleague sits next to me|we just picked up granny|that was a long tunnel|the exam is over|school is out|the office is closed today|i'm off work today|i've been up since five|the last bus is gone
the garden needs water|the bill came yesterday|rent went up again|my cousin works there|the food there was awful|the hotel was a dump|the room was too small|the view was lovely|we won the lottery, kidding""",
    "zh": """我妈这周过来|时间不早了|开了好几个小时了|今天累坏了|孩子刚睡着|昨天吃过火锅了|手机忘家里了|我答应我姐了|约了个朋友|会议改时间了|晚上的飞机|刚从酒店出来|快递早上收到了|外面打雷了|下大雨呢
山里下雪了|老公在等我|医生这么说的|还有一个小时|早饭没吃|老板一直打电话|要迟到了|来早了|时间还多|演唱会很好看|女儿等会儿踢球|火车停运了|旧车卖了|头一回来这边|老路封了|店里没牛奶了|上个月花多了
新办的卡|今天是结婚纪念日|今天周五嘛|明天放假|孩子们饿了|腰有点疼|有点感冒|狗要出去遛|宝宝在睡觉|电影晚点才开始|钱包忘带了|中午吃太饱了|八点的聚会|面试挺顺利|眼镜找不到了|太阳正对着我
天有点阴|邻居推荐的|大家都在说|网上看到的|我哥跟我说的|去年来过|五月搬的家|旧的坏了|早就下单了|电话老没人接|周日办婚礼|头有点疼|路还远着呢|上一家满了|广播里说的|我不是本地人
不着急|慢慢来|手头紧|别问为什么|跟你说一声|爷爷奶奶坐后面|手上拿着东西|昨天桥封了|晚上有球赛|加了一天班|昨晚没睡好|咖啡都凉了|上次没座了|上回等了好久|要变天了|行李箱特别大|票是朋友送的
同事坐我旁边|刚接到奶奶|刚出隧道|考试结束了|放学了|公司今天没人|我今天休息|五点就起床了|末班车没了|账单昨天到的|房租又涨了|我表哥在那上班|那家太难吃了|那酒店太差了|房间太小了|风景真不错
客户在车上|我朋友吃素|家里来客人了|下周要出差|手机快没电了|昨天刚洗的车|天气预报说有雨|这条路我不熟|我爸在后面睡觉|领导也在车上|今天我生日|娃明天开学|刚下高速|等了半天了|之前去过一次""",
}
ASIDES = {lang: [aside for row in text.split("\n") for aside in row.split("|")] for lang, text in ASIDES.items()}
