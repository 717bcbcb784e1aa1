using System.Globalization;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Recognizes the answer to a choice of places without the model: an ordinal ("the second one", "第二个"), a number, or a name that
/// only one of them has. Everything else is no answer and goes to the model as a request of its own.
/// </summary>
internal static class ChoiceMatcher
{
    private static readonly string[][] Ordinals =
    [
        ["first", "first one", "1", "one", "number one", "option one", "1st", "第一个", "第一", "一", "第1个", "一号", "选第一个", "去第一个"],
        ["second", "second one", "2", "two", "number two", "option two", "2nd", "第二个", "第二", "二", "第2个", "二号", "选第二个", "去第二个"],
        ["third", "third one", "3", "three", "number three", "option three", "3rd", "第三个", "第三", "三", "第3个", "三号", "选第三个", "去第三个"],
        ["fourth", "fourth one", "4", "four", "number four", "第四个", "第四", "四"],
        ["fifth", "fifth one", "5", "five", "number five", "第五个", "第五", "五"],
    ];

    private static readonly string[] Fillers = ["the ", "please ", "take ", "i mean ", "i want ", "take me to ", "go to ", "navigate to ", "我要", "就", "去"];

    /// <summary>Index of the chosen place, or null.</summary>
    public static int? Match(string said, IReadOnlyList<Place> places)
    {
        var answer = Plain(said);
        for (var i = 0; i < places.Count && i < Ordinals.Length; i++)
        {
            if (Ordinals[i].Contains(answer, StringComparer.Ordinal))
            {
                return i;
            }
        }

        var named = Enumerable.Range(0, places.Count).Where(i => answer.Length > 1 && Plain(places[i].Name) == answer).ToList();
        return named.Count == 1 ? named[0] : null;
    }

    private static string Plain(string said)
    {
        var text = said.Trim().Trim('.', '!', '?', '。', '！', '？', ',', '，').ToLower(CultureInfo.InvariantCulture);
        var shortened = true;
        while (shortened)
        {
            shortened = false;
            foreach (var filler in Fillers)
            {
                if (text.Length > filler.Length && text.StartsWith(filler, StringComparison.Ordinal))
                {
                    text = text[filler.Length..].TrimStart();
                    shortened = true;
                }
            }
        }

        return text.EndsWith(" please", StringComparison.Ordinal) ? text[..^" please".Length] : text;
    }
}
