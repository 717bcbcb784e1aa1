using System.Globalization;
using CsCheck;
using EcuAgent.Core.Catalogue;
using Xunit;

namespace EcuAgent.Core.Tests.Catalogue;

public sealed class SpokenAmountsTests
{
    [Theory]
    [InlineData("pay 20 for parking", 20)]
    [InlineData("pay $20", 20)]
    [InlineData("send EUR20 to Anna", 20)]
    [InlineData("send 20€ to Anna", 20)]
    [InlineData("pay 12.50", 12.5)]
    [InlineData("zahl 12,50", 12.5)]
    [InlineData("pay 1,500 now", 1500)]
    [InlineData("pay 1,500.25 now", 1500.25)]
    [InlineData("pay 1.500,25 now", 1500.25)]
    [InlineData("send 5k to Bob", 5000)]
    [InlineData("send 2.5 thousand", 2500)]
    [InlineData("send twenty dollars", 20)]
    [InlineData("send twenty-five dollars", 25)]
    [InlineData("send one hundred and five pounds", 105)]
    [InlineData("send a hundred to Bob", 100)]
    [InlineData("send twelve hundred", 1200)]
    [InlineData("send two thousand five hundred and twelve", 2512)]
    [InlineData("twenty euros and fifty cents", 20.5)]
    [InlineData("5 dollars fifty", 5.5)]
    [InlineData("fifty cents", 0.5)]
    [InlineData("two and a half thousand", 2500)]
    [InlineData("twelve point five", 12.5)]
    [InlineData("send one dollar", 1)]
    [InlineData("转账，20元给妈妈", 20)]
    [InlineData("转２０块", 20)]
    [InlineData("给小王转五十", 50)]
    [InlineData("付十二块五", 12.5)]
    [InlineData("付12块5毛", 12.5)]
    [InlineData("付一百二十三块四毛五", 123.45)]
    [InlineData("付一百二十三元四角五分", 123.45)]
    [InlineData("两块半", 2.5)]
    [InlineData("转两百五", 250)]
    [InlineData("转三千五给他", 3500)]
    [InlineData("转一万二", 12000)]
    [InlineData("转一百零五块", 105)]
    [InlineData("转1.2万", 12000)]
    [InlineData("五毛钱", 0.5)]
    [InlineData("十二点五元", 12.5)]
    [InlineData("付一块钱", 1)]
    [InlineData("转12块5饭钱", 12.5)]
    [InlineData("a tenner for Bob", 10)]
    [InlineData("chuck a fiver over to my brother", 5)]
    [InlineData("send $20 Anna's way", 20)]
    [InlineData("send 20 to the shop at 12 Main Street", 20)]
    [InlineData("pay 20 at pump 4", 20)]
    [InlineData("send Ayo 30 and Bea 40 dollars", 30)]
    [InlineData("付50停车费", 50)]
    public void Amounts_Said_AreFound(string utterance, double amount) => Assert.True(SpokenAmounts.Say(utterance, "", amount));

    [Theory]
    [InlineData("pay the parking", 20)]
    [InlineData("pay 20 for parking", 21)]
    [InlineData("pay 200", 20)]
    [InlineData("pay fifty cents", 50)]
    [InlineData("pay twelve fifty", 12)]
    [InlineData("pay twelve fifty", 50)]
    [InlineData("pay twenty euros and fifty cents", 20)]
    [InlineData("pay twenty euros and fifty cents", 50)]
    [InlineData("pay 5 dollars fifty", 5)]
    [InlineData("pay on the 5th", 5)]
    [InlineData("pay at 7:30", 7)]
    [InlineData("pay at 7:30", 30)]
    [InlineData("pay 20-30", 20)]
    [InlineData("pay at 7 pm", 7)]
    [InlineData("pay at 7", 7)]
    [InlineData("pay the toll before seven", 7)]
    [InlineData("pay the toll at 7 a.m.", 7)]
    [InlineData("pay the bill on 5 May", 5)]
    [InlineData("pay the bill on May 5", 5)]
    [InlineData("pay the parking at 12 Main Street", 12)]
    [InlineData("pay for twelve Elm Road", 12)]
    [InlineData("pay for two coffees", 2)]
    [InlineData("pay for pump 4", 4)]
    [InlineData("pay the toll of lane three", 3)]
    [InlineData("pay invoice number 1234", 1234)]
    [InlineData("付两杯咖啡的钱", 2)]
    [InlineData("tip 15 percent", 15)]
    [InlineData("tip 15%", 15)]
    [InlineData("pay for gate G7", 7)]
    [InlineData("pay this one", 1)]
    [InlineData("pay 1.500", 1500)]
    [InlineData("pay 1.500", 1.5)]
    [InlineData("付一下停车费", 1)]
    [InlineData("付十二块五", 12)]
    [InlineData("付二十块五个人", 20.5)]
    [InlineData("付五六十块", 60)]
    [InlineData("付五六十块", 56)]
    [InlineData("三点去付停车费", 3)]
    [InlineData("十二点五十分付款", 12)]
    [InlineData("付五分钟的停车费", 5)]
    [InlineData("付三号停车场的费用", 3)]
    [InlineData("转1万2", 10000)]
    [InlineData("pay 20", 0)]
    [InlineData("pay 20", double.NaN)]
    [InlineData("pay 20", double.PositiveInfinity)]
    [InlineData("pay 20", -20)]
    public void Amounts_NotSaidOrNotClear_AreNotFound(string utterance, double amount) => Assert.False(SpokenAmounts.Say(utterance, "", amount));

    [Fact]
    public void Amounts_PresentUtteranceWithoutNumber_EarlierOneCounts()
    {
        Assert.True(SpokenAmounts.Say("no, to Anna", "send 20 dollars to Bob", 20));
        Assert.False(SpokenAmounts.Say("make it 30", "send 20 dollars to Bob", 20));
        Assert.False(SpokenAmounts.Say("make it twelve fifty", "send 20 dollars to Bob", 20));
    }

    [Fact]
    public void Amounts_AnyNumberInChineseWords_IsReadAsItIs() =>
        Gen.Int[11, 99_999].Sample(n => Assert.Equal(n, ChineseNumber.Read(InChinese(n))), iter: 3000, threads: 1);

    [Fact]
    public void Amounts_AnyNumberInEnglishWords_IsReadAsItIs() =>
        Gen.Int[2, 99_999].Sample(n => Assert.Equal([(decimal)n], SpokenAmounts.Read("send " + InEnglish(n) + " to Bob").Amounts), iter: 3000, threads: 1);

    [Fact]
    public void Amounts_AnyPriceInDigits_IsReadAsItIs() => Gen.Int[1, 9_999_999].Sample(
        cents => Assert.True(SpokenAmounts.Say($"pay {(cents / 100m).ToString("N2", CultureInfo.InvariantCulture)} now", "", cents / 100.0)), iter: 3000, threads: 1);

    [Fact]
    public void Amounts_AnyText_NeverThrows() => Gen.OneOf(Gen.String, Gen.String["0123456789.,:-$€ 一二十百千万块毛分点半零onetwhudrad"]).Sample(
        text => Assert.InRange(SpokenAmounts.Read(text).Amounts.Count, 0, text.Length), iter: 5000, threads: 1);

    private static string InEnglish(int n)
    {
        string[] small =
        [
            "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen",
        ];
        string[] tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        return (n switch
        {
            < 20 => small[n],
            < 100 => tens[n / 10] + (n % 10 > 0 ? "-" + small[n % 10] : ""),
            < 1000 => small[n / 100] + " hundred" + (n % 100 > 0 ? " and " + InEnglish(n % 100) : ""),
            _ => InEnglish(n / 1000) + " thousand" + (n % 1000 == 0 ? "" : n % 1000 < 100 ? " and " + InEnglish(n % 1000) : " " + InEnglish(n % 1000)),
        }).Trim();
    }

    private static string InChinese(int n)
    {
        const string Digits = "零一二三四五六七八九";
        if (n >= 10_000)
        {
            return InChinese(n / 10_000) + "万" + (n % 10_000 == 0 ? "" : (n % 10_000 < 1000 ? "零" : "") + InChinese(n % 10_000));
        }

        string text = "";
        bool needsZero = false;
        foreach (var (unit, name) in ((int, string)[])[(1000, "千"), (100, "百"), (10, "十"), (1, "")])
        {
            int digit = n / unit % 10;
            if (digit == 0)
            {
                needsZero = text.Length > 0;
                continue;
            }

            text += (needsZero ? "零" : "") + Digits[digit] + name;
            needsZero = false;
        }

        return text;
    }
}
