using System.Globalization;
using EcuAgent.Core.Commerce.Ranking;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Ranking;

public sealed class WordMatchTests
{
    [Theory]
    [InlineData("margherita pizza", "Pizza Margherita (30 cm)", 2, 2)]
    [InlineData("pizzas", "Pizza Margherita", 1, 1)]
    [InlineData("pizza", "Two Pizzas", 1, 1)]
    [InlineData("cafe creme", "CAFÉ CRÈME", 2, 2)]
    [InlineData("marios", "Mario's Pizzeria", 1, 1)]
    [InlineData("mario’s", "Mario's Pizzeria", 1, 1)]
    [InlineData("car", "Carpet", 0, 1)]
    [InlineData("egg", "Eggplant", 0, 1)]
    [InlineData("chicken chicken", "chicken soup", 1, 1)]
    [InlineData("vegan ramen bowl", "Ramen", 1, 3)]
    [InlineData("宫保鸡丁", "招牌宫保鸡丁饭", 3, 3)]
    [InlineData("鸡丁", "宫保鸡丁", 1, 1)]
    [InlineData("鸡", "宫保鸡丁", 1, 1)]
    [InlineData("宫保虾", "宫保鸡丁", 1, 2)]
    [InlineData("がんばれ", "がんばれ弁当", 3, 3)]
    [InlineData("ラーメン", "味噌ラーメン", 3, 3)]
    [InlineData("김치찌개", "김치찌개 정식", 1, 1)]
    [InlineData("latte 拿铁", "拿铁 Latte", 2, 2)]
    [InlineData("７up", "7UP", 1, 1)]
    [InlineData("हिन्दी", "हिन्दी थाली", 1, 1)]
    public void Count_WordsOfManyKinds_AreFoundOrNot(string wanted, string text, int count, int all)
    {
        var words = WordMatch.Words(wanted);

        Assert.Equal((all, count), (words.Count, WordMatch.Count(words, text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("?!… —")]
    [InlineData("\u0301")]
    public void Words_NothingSaid_None(string wanted) => Assert.Empty(WordMatch.Words(wanted));

    [Theory]
    [InlineData("\ud800", "\udfff")]
    [InlineData("ice\ud83d", "Ice \udca9")]
    public void Count_HalvesOfSurrogatePairs_AreNoFault(string wanted, string text) => Assert.InRange(WordMatch.Count(WordMatch.Words(wanted), text), 0, 1);

    [Theory]
    [InlineData("Burger King", "burger-king", true)]
    [InlineData("Burger King", "Burger King Drive-in", false)]
    [InlineData("Burger King", "King Burger", false)]
    public void AreEqual_Names_ByTheirWordsInOrder(string one, string other, bool areEqual) => Assert.Equal(areEqual, WordMatch.AreEqual(one, other));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("lt-LT")]
    [InlineData("")]
    public void Count_AnyCulture_SameWords(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(2, WordMatch.Count(WordMatch.Words("ICED TEA"), "iced tea"));
            Assert.Equal(1, WordMatch.Count(WordMatch.Words("İstanbul"), "istanbul"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
