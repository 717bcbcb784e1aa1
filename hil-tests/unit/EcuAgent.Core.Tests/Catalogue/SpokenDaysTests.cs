using System.Globalization;
using EcuAgent.Core.Catalogue;
using Xunit;

namespace EcuAgent.Core.Tests.Catalogue;

public sealed class SpokenDaysTests
{
    // A Wednesday.
    private static readonly DateOnly Today = new(2026, 12, 2);

    [Theory]
    [InlineData("two tickets for the aquarium today", "2026-12-02")]
    [InlineData("Book a room for tonight", "2026-12-02")]
    [InlineData("a table this evening", "2026-12-02")]
    [InlineData("a table tomorrow at half past seven", "2026-12-03")]
    [InlineData("tomorrow's train to Ulm", "2026-12-03")]
    [InlineData("a hotel for the day after tomorrow", "2026-12-04")]
    [InlineData("a hotel in three days", "2026-12-05")]
    [InlineData("a hotel in a week", "2026-12-09")]
    [InlineData("a hotel in 2 weeks' time", "2026-12-16")]
    [InlineData("a hotel ten days from now", "2026-12-12")]
    [InlineData("tickets for Friday", "2026-12-04")]
    [InlineData("tickets for this coming friday evening", "2026-12-04")]
    [InlineData("tickets on monday", "2026-12-07")]
    [InlineData("tickets on the fifth of december", "2026-12-05")]
    [InlineData("tickets for december twenty-first", "2026-12-21")]
    [InlineData("tickets for December 24th, 2027", "2027-12-24")]
    [InlineData("tickets for 6 january", "2027-01-06")]
    [InlineData("tickets for the first of december", "2027-12-01")]
    [InlineData("a table on the 31st", "2026-12-31")]
    [InlineData("a table on the first", "2027-01-01")]
    [InlineData("a table on the thirtieth at eight", "2026-12-30")]
    [InlineData("tickets for saturday, the fifth of december", "2026-12-05")]
    [InlineData("tickets for 2026-12-24", "2026-12-24")]
    [InlineData("tickets for tomorrow, thursday", "2026-12-03")]
    [InlineData("订今晚的酒店", "2026-12-02")]
    [InlineData("订两张明天的水族馆门票", "2026-12-03")]
    [InlineData("后天的酒店", "2026-12-04")]
    [InlineData("大后天的酒店", "2026-12-05")]
    [InlineData("三天后的酒店", "2026-12-05")]
    [InlineData("两个星期以后的酒店", "2026-12-16")]
    [InlineData("订周五的票", "2026-12-04")]
    [InlineData("订星期一的票", "2026-12-07")]
    [InlineData("订本周日的票", "2026-12-06")]
    [InlineData("订下周三的票", "2026-12-09")]
    [InlineData("订下个礼拜天的票", "2026-12-13")]
    [InlineData("订十二月二十五号的票", "2026-12-25")]
    [InlineData("订12月5日周六的票", "2026-12-05")]
    [InlineData("订二十号的票", "2026-12-20")]
    [InlineData("订1号的票", "2027-01-01")]
    public void Read_OneDay_IsThatDay(string text, string day) =>
        Assert.Equal(new SpokenDay(Day(day), null, false), SpokenDays.Read(text, Today, []));

    [Theory]
    [InlineData("a hotel for next friday")]
    [InlineData("a hotel for wednesday")]
    [InlineData("tickets for next week")]
    [InlineData("tickets for the weekend of course, for the weekend")]
    [InlineData("a hotel for tonight and tickets for tomorrow")]
    [InlineData("a hotel a week from tomorrow")]
    [InlineData("a hotel a week from friday")]
    [InlineData("tickets for friday, the fifth of december")]
    [InlineData("tickets for 12/5")]
    [InlineData("tickets for february 30")]
    [InlineData("from saturday to tuesday the fifth")]
    [InlineData("订周三的票")]
    [InlineData("订本周一的票")]
    [InlineData("订周末的票")]
    [InlineData("下周的酒店")]
    [InlineData("订今晚的酒店和明天的票")]
    public void Read_NotOneDay_IsUnclear(string text) => Assert.Equal(SpokenDay.Unclear, SpokenDays.Read(text, Today, []));

    [Theory]
    [InlineData("two tickets for the aquarium")]
    [InlineData("the first one on the fifth floor")]
    [InlineData("the second hotel on the seventh avenue")]
    [InlineData("book a table for two")]
    [InlineData("a room for three days")]
    [InlineData("it may be two")]
    [InlineData("订五号线旁边的酒店")]
    [InlineData("三号门旁边的餐厅")]
    [InlineData("订三天的酒店")]
    public void Read_NoDay_IsNone(string text) => Assert.Equal(SpokenDay.None, SpokenDays.Read(text, Today, []));

    [Theory]
    [InlineData("a room from friday to sunday", "2026-12-04", 2)]
    [InlineData("a room from saturday night till tuesday", "2026-12-05", 3)]
    [InlineData("a room from tomorrow until the seventh of december", "2026-12-03", 4)]
    [InlineData("a room from sunday to saturday", "2026-12-06", 6)]
    [InlineData("订周五到周日的酒店", "2026-12-04", 2)]
    [InlineData("订12月5号到12月8号的酒店", "2026-12-05", 3)]
    public void Read_FromDayToDay_IsTheFirstWithItsNights(string text, string day, int nights) =>
        Assert.Equal(new SpokenDay(Day(day), nights, false), SpokenDays.Read(text, Today, []));

    [Theory]
    [InlineData("a room from tomorrow until today")]
    [InlineData("a room from the fifth of december until the fifth of april")]
    public void Read_SpanThatNoStayHas_IsUnclear(string text) => Assert.Equal(SpokenDay.Unclear, SpokenDays.Read(text, Today, []));

    [Theory]
    [InlineData("a table at Ruby Tuesday", "Ruby Tuesday", null)]
    [InlineData("a table at Ruby Tuesday on friday", "Ruby Tuesday", "2026-12-04")]
    [InlineData("a weekend brunch at the Sunday Grill tomorrow", "Sunday Grill", "2026-12-03")]
    [InlineData("tickets for friday", "friday", "2026-12-04")]
    [InlineData("订星期五餐厅的桌子", "星期五餐厅", null)]
    public void Read_DayInAName_IsNoDay(string text, string name, string? day) =>
        Assert.Equal(new SpokenDay(day is null ? null : Day(day), null, false), SpokenDays.Read(text, Today, [name]));

    // Whatever is said: no exception, and never a day that is over.
    [Fact]
    public void Read_AnyMixOfDayWords_GivesNoDayThatIsOver()
    {
        string[] words =
        [
            "today", "tomorrow", "the", "day after tomorrow", "on", "fifth", "31st", "of", "february", "december", "friday", "next", "week", "from", "to", "in", "three", "days", "29",
            "今天", "后天", "下", "周", "五", "二月", "三十", "号", "的", "到", "0", "99", "/", "-", "2026-13-40",
        ];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)]));
            var read = SpokenDays.Read(text, Today, []);
            Assert.True(read.Day is null || (read.Day >= Today && !read.IsUnclear), text);
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
