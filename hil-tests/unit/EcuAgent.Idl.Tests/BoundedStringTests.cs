using System.Text;
using CsCheck;
using EcuAgent.Dds.TypeSupport;
using Xunit;

namespace EcuAgent.Idl.Tests;

public sealed class BoundedStringTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char['a', 'z'], 0, 20],
        Gen.String[Gen.Char['\u0001', '\uFFFF'], 0, 20],
        Gen.OneOf("温度", "é", "😀", "a", " ", "\uD83D").Array[0, 12].Select(static x => string.Concat(x)));

    [Fact]
    public void TrySet_AnyText_KeptExactlyWhenItFits() =>
        Text.Sample(static text =>
        {
            var expected = Encoding.UTF8.GetBytes(text);
            var s = BoundedString16.From("before");
            var set = s.TrySet(text);
            Assert.Equal(expected.Length <= 16, set);
            Assert.Equal(set ? expected : "before"u8.ToArray(), s.Utf8.ToArray());
            Assert.True(s.IsWellFormed);
            AssertZeroBehindText(s);
        });

    [Fact]
    public void SetTruncated_AnyText_LongestPrefixOfWholeRunes() =>
        Text.Sample(static text =>
        {
            var s = BoundedString16.From("something else");
            var whole = s.SetTruncated(text);
            var expected = new StringBuilder();
            foreach (var rune in text.EnumerateRunes())
            {
                if (Encoding.UTF8.GetByteCount(expected.ToString() + rune) > 16)
                {
                    break;
                }

                expected.Append(rune);
            }

            Assert.Equal(expected.ToString(), s.ToString());
            Assert.Equal(Encoding.UTF8.GetByteCount(text) <= 16, whole);
            Assert.True(s.IsWellFormed);
            AssertZeroBehindText(s);
        });

    [Fact]
    public void Content_AnyBytesFromOutside_NeverThrowsNorReadsOutside() =>
        Gen.Select(Gen.Byte.Array[17], Gen.Byte.Array[17]).Sample(static (left, right) =>
        {
            var guarded = default(Guarded);
            guarded.Before = byte.MaxValue;
            guarded.After = byte.MaxValue;
            left.CopyTo(guarded.Text);
            BoundedString16 other = default;
            right.CopyTo(other);

            var end = Array.IndexOf(left, (byte)0);
            var expected = end >= 0 ? left[..end] : left[..16];
            Assert.Equal(expected, guarded.Text.Utf8.ToArray());
            Assert.Equal(Encoding.UTF8.GetString(expected), guarded.Text.ToString());
            Assert.Equal(end == 0, guarded.Text.IsEmpty);
            Assert.Equal(guarded.Text.Utf8.SequenceEqual(other.Utf8), guarded.Text == other);
            if (guarded.Text.IsWellFormed)
            {
                Assert.True(other.TrySetUtf8(guarded.Text.Utf8));
                Assert.Equal(guarded.Text, other);
                Assert.Equal(guarded.Text.GetHashCode(), other.GetHashCode());
            }

            Assert.Equal((byte.MaxValue, byte.MaxValue), (guarded.Before, guarded.After));
        });

    [Fact]
    public void IsWellFormed_NotTerminatedOrNoUtf8_False()
    {
        BoundedString4 full = default;
        ((Span<byte>)full).Fill((byte)'x');
        Assert.False(full.IsWellFormed);
        Assert.Equal("xxxx", full.ToString());

        BoundedString4 broken = default;
        broken[0] = 0xC3;
        Assert.False(broken.IsWellFormed);
        Assert.Equal("\uFFFD", broken.ToString());
        Assert.True(default(BoundedString4).IsWellFormed);
    }

    [Fact]
    public void Set_TextWithZero_RefusedOrCut()
    {
        var s = BoundedString16.From("old");
        Assert.False(s.TrySet("a\0b"));
        Assert.False(s.TrySetUtf8("a\0b"u8));
        Assert.Equal("old", s.ToString());
        Assert.False(s.SetTruncated("a\0b"));
        Assert.Equal("a", s.ToString());
        Assert.Contains("U+0000", Assert.Throws<ArgumentException>(static () => BoundedString16.From("a\0b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrySetUtf8_TooLongOrInvalid_RefusedAndUnchanged()
    {
        var s = BoundedString4.From("old");
        Assert.False(s.TrySetUtf8("12345"u8));
        Assert.False(s.TrySetUtf8([0xFF]));
        Assert.Equal("old", s.ToString());
        Assert.True(s.TrySetUtf8("1234"u8));
        Assert.Equal("1234", s.ToString());
    }

    [Fact]
    public void From_TooLong_ThrowsNamingBoundAndNeed()
    {
        var message = Assert.Throws<ArgumentException>(static () => BoundedString4.From("温度")).Message;
        Assert.Contains("6 bytes", message, StringComparison.Ordinal);
        Assert.Contains("string<4>", message, StringComparison.Ordinal);
        Assert.DoesNotContain("温度", message, StringComparison.Ordinal);
        Assert.Equal("温", BoundedString4.Truncated("温度").ToString());
    }

    [Fact]
    public void Use_AllButToString_AllocatesNothing()
    {
        var s = default(BoundedString32);
        var other = BoundedString32.From("温度 22");
        Use(ref s, other);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Use(ref s, other);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Capacity_OfEveryBound_IsTheBound()
    {
        var strings = typeof(BoundedString4).Assembly.GetExportedTypes().Where(static x => x.IsAssignableTo(typeof(IBoundedString))).ToList();
        Assert.Equal(10, strings.Count);
        Assert.All(strings, static x => Assert.Equal($"BoundedString{x.GetProperty("CapacityBytes")!.GetValue(null)}", x.Name));
    }

    private static void Use(ref BoundedString32 s, in BoundedString32 other)
    {
        s.TrySet("temperature 温度");
        s.SetTruncated("a text that is longer than 32 bytes, 温度");
        s.TrySetUtf8("abc"u8);
        _ = s == other || s.IsWellFormed || s.Utf8.Length == s.GetHashCode() || s.IsEmpty;
        s.Clear();
    }

    private static void AssertZeroBehindText(BoundedString16 s)
    {
        ReadOnlySpan<byte> all = s;
        Assert.False(all[s.Utf8.Length..].ContainsAnyExcept((byte)0));
    }

    private struct Guarded
    {
        public byte Before;
        public BoundedString16 Text;
        public byte After;
    }
}
