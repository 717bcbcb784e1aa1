namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>What every SOME/IP string has around its text.</summary>
internal static class SomeIpString
{
    /// <summary>Byte order mark and final zero, in bytes. tools/idlgen counts the same.</summary>
    public const int Overhead = 4;

    /// <summary>The byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];
}
