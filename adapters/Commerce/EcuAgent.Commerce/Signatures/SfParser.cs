using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>
/// Reads dictionaries of structured fields (RFC 9651, section 4.2), strictly: whatever breaks its rules is no dictionary. Dates and display
/// strings, which no signature has, are not read.
/// </summary>
internal ref struct SfParser
{
    private const int LongestField = 8192;
    private const int MostDigits = 15;
    private const int MostWholeDigits = 12;
    private const int MostFraction = 3;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private bool _isWrong;

    private SfParser(ReadOnlySpan<char> text)
    {
        _text = text;
        _at = 0;
        _isWrong = false;
    }

    private readonly bool IsAtEnd => _at >= _text.Length;

    private readonly char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The members of a dictionary; null where it is none, is empty, or is longer than 8 KiB.</summary>
    internal static IReadOnlyDictionary<string, SfMember>? Dictionary(string? field)
    {
        if (field is null || field.Length > LongestField)
        {
            return null;
        }

        var parser = new SfParser(field.AsSpan().Trim(' '));
        var members = parser.ReadMembers();
        return parser._isWrong || members.Count == 0 ? null : members;
    }

    private Dictionary<string, SfMember> ReadMembers()
    {
        var members = new Dictionary<string, SfMember>(StringComparer.Ordinal);
        while (!IsAtEnd && !_isWrong)
        {
            // The last of equal names holds, RFC 9651 section 4.2.2.
            members[ReadKey()] = ReadMember();
            SkipGaps();
            if (IsAtEnd)
            {
                break;
            }

            Expect(',');
            SkipGaps();
            _isWrong |= IsAtEnd;
        }

        return members;
    }

    private SfMember ReadMember()
    {
        if (!Take('='))
        {
            return new SfMember(new SfItem(SfBare.True, ReadParameters()), null);
        }

        return Next == '(' ? new SfMember(null, ReadList()) : new SfMember(ReadItem(), null);
    }

    private SfList ReadList()
    {
        var items = new List<SfItem>();
        Expect('(');
        while (!_isWrong)
        {
            SkipSpaces();
            if (Take(')'))
            {
                return new SfList(items, ReadParameters());
            }

            items.Add(ReadItem());
            _isWrong |= Next is not (' ' or ')');
        }

        return new SfList(items, SfParameters.None);
    }

    private SfItem ReadItem()
    {
        var value = ReadBare();
        return new SfItem(value, ReadParameters());
    }

    private SfParameters ReadParameters()
    {
        List<(string Key, SfBare Value)>? entries = null;
        while (!_isWrong && Take(';'))
        {
            SkipSpaces();
            var key = ReadKey();
            var value = Take('=') ? ReadBare() : SfBare.True;
            entries ??= [];
            entries.RemoveAll(known => known.Key == key);
            entries.Add((key, value));
        }

        return entries is null ? SfParameters.None : new SfParameters(entries);
    }

    private string ReadKey()
    {
        var begin = _at;
        if (char.IsAsciiLetterLower(Next) || Next == '*')
        {
            while (char.IsAsciiLetterLower(Next) || char.IsAsciiDigit(Next) || Next is '_' or '-' or '.' or '*')
            {
                _at++;
            }
        }

        _isWrong |= _at == begin;
        return _text[begin.._at].ToString();
    }

    private SfBare ReadBare() => Next switch
    {
        '"' => ReadString(),
        ':' => ReadBytes(),
        '?' => ReadFlag(),
        '-' or (>= '0' and <= '9') => ReadNumber(),
        '*' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => ReadToken(),
        _ => Wrong(),
    };

    private SfBare ReadString()
    {
        var text = new StringBuilder();
        Expect('"');
        while (!IsAtEnd)
        {
            var c = _text[_at++];
            if (c == '"')
            {
                return SfBare.Of(text.ToString());
            }

            if (c == '\\')
            {
                c = Next;
                _at++;
                if (c is not ('"' or '\\'))
                {
                    return Wrong();
                }
            }
            else if (c is < ' ' or >= '\x7f')
            {
                return Wrong();
            }

            text.Append(c);
        }

        return Wrong();
    }

    private SfBare ReadBytes()
    {
        Expect(':');
        var length = _text[_at..].IndexOf(':');
        if (length < 0)
        {
            return Wrong();
        }

        var encoded = _text.Slice(_at, length).ToString();
        _at += length + 1;
        var bytes = new byte[length];
        return encoded.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=') && Convert.TryFromBase64String(encoded, bytes, out var count)
            ? SfBare.Of(bytes.AsSpan(0, count))
            : Wrong();
    }

    private SfBare ReadFlag()
    {
        Expect('?');
        var flag = Next;
        _at++;
        return flag is '0' or '1' ? new SfBare(SfKind.Flag, flag.ToString()) : Wrong();
    }

    private SfBare ReadNumber()
    {
        var begin = _at;
        Take('-');
        var whole = CountDigits();
        if (!Take('.'))
        {
            return whole is > 0 and <= MostDigits ? new SfBare(SfKind.Integer, _text[begin.._at].ToString()) : Wrong();
        }

        var fraction = CountDigits();
        return whole is > 0 and <= MostWholeDigits && fraction is > 0 and <= MostFraction ? new SfBare(SfKind.Decimal, _text[begin.._at].ToString()) : Wrong();
    }

    private SfBare ReadToken()
    {
        var begin = _at++;
        while (char.IsAsciiLetterOrDigit(Next) || "!#$%&'*+-.^_`|~:/".Contains(Next, StringComparison.Ordinal))
        {
            _at++;
        }

        return new SfBare(SfKind.Token, _text[begin.._at].ToString());
    }

    private int CountDigits()
    {
        var begin = _at;
        while (char.IsAsciiDigit(Next))
        {
            _at++;
        }

        return _at - begin;
    }

    private SfBare Wrong()
    {
        _isWrong = true;
        return default;
    }

    private bool Take(char c)
    {
        if (Next != c || IsAtEnd)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char c) => _isWrong |= !Take(c);

    private void SkipSpaces()
    {
        while (Next == ' ')
        {
            _at++;
        }
    }

    private void SkipGaps()
    {
        while (Next is ' ' or '\t')
        {
            _at++;
        }
    }
}
