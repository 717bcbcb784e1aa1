using System.Globalization;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>Writes the struct of one string bound; what it does lives in BoundedUtf8.</summary>
internal static class BoundedStringEmitter
{
    private const string Template = """
        /// <summary>IDL string&lt;@BOUND@&gt;: at most @BOUND@ bytes of UTF-8 and a zero byte, in place.</summary>
        [global::System.Runtime.CompilerServices.InlineArray(@STORAGE@)]
        public struct @NAME@ : global::EcuAgent.Dds.TypeSupport.IBoundedString, global::System.IEquatable<@NAME@>
        {
            private byte _first;

            /// <inheritdoc/>
            public static int CapacityBytes => @BOUND@;

            /// <summary>The text before the first zero byte; may be invalid UTF-8 when it came from outside.</summary>
            [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
            public readonly global::System.ReadOnlySpan<byte> Utf8 => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.Content(this);

            /// <inheritdoc/>
            public readonly bool IsEmpty => this[0] == 0;

            /// <inheritdoc/>
            public readonly bool IsWellFormed => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.IsWellFormed(this);

            /// <summary>Makes a string from a text that is known to fit.</summary>
            /// <exception cref="global::System.ArgumentException">The text needs more than @BOUND@ bytes or holds U+0000.</exception>
            public static @NAME@ From(global::System.ReadOnlySpan<char> text)
            {
                var made = default(@NAME@);
                if (!made.TrySet(text))
                {
                    global::EcuAgent.Dds.TypeSupport.BoundedUtf8.ThrowDoesNotFit(CapacityBytes, text);
                }

                return made;
            }

            /// <summary>Makes a string from as much of a text as fits.</summary>
            public static @NAME@ Truncated(global::System.ReadOnlySpan<char> text)
            {
                var made = default(@NAME@);
                made.SetTruncated(text);
                return made;
            }

            /// <summary>Compares the texts byte by byte.</summary>
            public static bool operator ==(in @NAME@ left, in @NAME@ right) => left.Utf8.SequenceEqual(right.Utf8);

            /// <summary>Compares the texts byte by byte.</summary>
            public static bool operator !=(in @NAME@ left, in @NAME@ right) => !(left == right);

            /// <inheritdoc/>
            public bool TrySet(global::System.ReadOnlySpan<char> text) => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.TrySet(this, text);

            /// <inheritdoc/>
            public bool TrySetUtf8(global::System.ReadOnlySpan<byte> utf8) => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.TrySetUtf8(this, utf8);

            /// <inheritdoc/>
            public bool SetTruncated(global::System.ReadOnlySpan<char> text) => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.SetTruncated(this, text);

            /// <inheritdoc/>
            public void Clear() => this = default;

            /// <inheritdoc/>
            public readonly bool Equals(@NAME@ other) => this == other;

            /// <inheritdoc/>
            public override readonly bool Equals(object? obj) => obj is @NAME@ other && this == other;

            /// <inheritdoc/>
            public override readonly int GetHashCode() => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.HashCode(this);

            /// <summary>The text; bytes that are no UTF-8 become U+FFFD. Allocates.</summary>
            public override readonly string ToString() => global::EcuAgent.Dds.TypeSupport.BoundedUtf8.ToText(this);
        }
        """;

    public static void Emit(StringType type, SourceWriter writer)
    {
        var text = Template
            .Replace("@BOUND@", type.BoundBytes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@STORAGE@", (type.BoundBytes + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@NAME@", CSharpNames.Simple(type), StringComparison.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            writer.Line(line.TrimEnd('\r'));
        }
    }
}
