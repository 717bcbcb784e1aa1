using System.Text;

namespace EcuAgent.QwenCloud;

/// <summary>The stable text of an enum value: its name in lower case with '_' between words.</summary>
internal static class ReasonCode
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var code = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && code.Length > 0)
            {
                code.Append('_');
            }

            code.Append(char.ToLowerInvariant(c));
        }

        return code.ToString();
    }
}
