using CsCheck;
using EcuAgent.QwenCloud.Leaving;

namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class TextMaskTests
{
    private static readonly string[] Separators = ["", " ", "-", ". ", ", "];

    [Theory]
    [InlineData("pay with 4111 1111 1111 1111 please", "4111", "pay with [number 1] please")]
    [InlineData("pay with 4111111111111111", "1111", "pay with [number 1]")]
    [InlineData("card 4111-1111-1111-1111 code 737", "737", "card [number 1] code [number 2]")]
    [InlineData("call +49 (89) 123 456-78", "123", "call +[number 1]")]
    [InlineData("打电话给13800138000", "138", "打电话给[number 1]")]
    [InlineData("号码是一三八零零一三八零零零", "一三八", "号码是[number 1]")]
    [InlineData("my number is five five five one two three four", "five", "my number is [number 1]")]
    [InlineData("forty-two forty-two forty-two forty-two", "forty", "[number 1]")]
    [InlineData("my pin is 4821", "4821", "my pin is [number 1]")]
    [InlineData("密码是4821", "4821", "密码是[number 1]")]
    [InlineData("the vin is WVWZZZ1JZXW386752 ok", "WVWZZZ", "the vin is [id 1] ok")]
    [InlineData("the vin is w v w z z z 1 j z x w 3 8 6 7 5 2", "3 8 6", "the vin is [id 1]")]
    [InlineData("the vin is W-V-W-Z-Z-Z-1-J-Z-X-W-3-8-6-7-5-2.", "3-8-6", "the vin is [id 1].")]
    [InlineData("车牌京A12345号", "12345", "车牌[id 1]号")]
    [InlineData("order 7F33K921 arrived", "7F33K921", "order [id 1] arrived")]
    [InlineData("go to 48.137432, 11.575491", "48.13", "go to [number 1]")]
    [InlineData("go to 48°08'14.7\"N 11°34'31.8\"E", "34'31", "go to [number 1]\"E")]
    [InlineData("go to forty-eight point one three seven four north eleven point five seven east", "seven", "go to [number 1] east")]
    [InlineData("drive to 48 degrees 8 minutes 14 seconds north 11 degrees 34 minutes", "14", "drive to [number 1] minutes")]
    [InlineData("去北纬四十八点一三七四三二度", "三七", "去北纬[number 1]度")]
    [InlineData("it is four one one one um one one one one", "one", "it is [number 1]")]
    [InlineData("call 138 dash 0013 dash 8000", "0013", "call [number 1]")]
    [InlineData("the vin is WVWZZZ 1JZ XW386752 ok", "386752", "the vin is [id 1] ok")]
    [InlineData("wvwzzz1jzxw386752", "386752", "[id 1]")]
    [InlineData("the code reads w v w z z z one j z x w three eight six seven five two", "eight", "the code reads [id 1]")]
    [InlineData("the car M-AB 1234 was parked here", "1234", "the car [id 1] was parked here")]
    [InlineData("my licence plate is m ab 1234", "1234", "my licence plate is m ab [number 1]")]
    [InlineData("车牌是京A·12345", "12345", "车牌是[id 1]")]
    [InlineData("沪 a 一二三四五 那辆车", "三四", "[id 1] 那辆车")]
    [InlineData("the wifi password is correct horse, turn it on", "horse", "the wifi password is [secret 1], turn it on")]
    [InlineData("密码是小猫咪，打开它", "猫", "密码是[secret 1]，打开它")]
    [InlineData("write to jane.doe@example.com now", "jane", "write to [address 1] now")]
    [InlineData("write to jane at example dot com now", "jane", "write to [address 1] now")]
    [InlineData("write to jane dot doe at example dot co dot uk now", "jane", "write to [address 1] now")]
    [InlineData("４１１１　１１１１　１１１１　１１１１", "４１１１", "[number 1]")]
    public void Apply_WhatLooksLikeAnIdentity_IsHidden(string text, string planted, string expected)
    {
        var masked = TextMask.Apply(text);

        Assert.DoesNotContain(planted, masked.Text, StringComparison.Ordinal);
        Assert.Equal(expected, masked.Text);
        Assert.Equal(text, masked.Unmask(masked.Text));
    }

    [Theory]
    [InlineData("set it to 22.5 degrees")]
    [InlineData("drive to 1600 Amphitheatre Parkway")]
    [InlineData("take route 66 and then the A8")]
    [InlineData("wake me in 20 minutes, no, 25")]
    [InlineData("a table for two at seven thirty")]
    [InlineData("导航到人民路88号")]
    [InlineData("温度调到二十二度")]
    [InlineData("seventeen please")]
    [InlineData("wake me at 10 30 a m")]
    [InlineData("TAKE ME TO 1600 PARK ROAD")]
    [InlineData("十二点三十分到十三点四十五分")]
    [InlineData("table 4 from 7 30 to 9 15")]
    [InlineData("is there a 7-Eleven at exit 12")]
    public void Apply_OrdinaryRequests_StayAsTheyAre(string text) => Assert.Equal(text, TextMask.Apply(text).Text);

    [Fact]
    public void Apply_AnyLongNumberAnywhere_NeverLeaves() => Gen.Select(Gen.Char['0', '9'].Array[7, 19], Gen.Int[0, 4].Select(i => Separators[i]), Gen.String[Gen.Char[" abcdefgh导航"], 0, 20])
        .Sample((digits, separator, around) =>
        {
            var number = string.Join(separator, digits);
            var masked = TextMask.Apply($"{around} {number} {around}");
            var visible = masked.Hidden.Aggregate(masked.Text, (text, hidden) => text.Replace(hidden.Mask, "", StringComparison.Ordinal));
            Assert.DoesNotContain(visible, char.IsDigit);
            Assert.Equal($"{around} {number} {around}", masked.Unmask(masked.Text));
        });
}
