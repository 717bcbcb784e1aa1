using System.Security.Cryptography;
using System.Text.Json;

namespace EcuAgent.Core.Policy;

/// <summary>
/// Reads and checks policy files. Every way to fail is a <see cref="PolicyException"/> that lists all faults; there is no
/// default to fall back to, because a gate without its rules must not start.
/// </summary>
public static class PolicyLoader
{
    /// <summary>Largest policy file read, in bytes. The bundled ones have about 3,000.</summary>
    public const int MaximumFileBytes = 64 * 1024;

    private const string ResourcePrefix = "EcuAgent.Core.policies.";

    /// <summary>Names of the profiles that come with the library.</summary>
    public static IReadOnlyList<string> BundledProfiles { get; } = ["strict", "voice-confirm"];

    /// <summary>Loads a profile that comes with the library.</summary>
    /// <exception cref="PolicyException">There is no such profile, or it is not usable.</exception>
    public static GatePolicy LoadBundled(string profile)
    {
        if (!BundledProfiles.Contains(profile))
        {
            throw Single(
                profile ?? "(null)", "$.profile", profile ?? "(null)", $"no such bundled profile; there are {string.Join(", ", BundledProfiles)}");
        }

        using Stream stream = typeof(PolicyLoader).Assembly.GetManifestResourceStream(ResourcePrefix + profile + ".json")
            ?? throw Single(profile, "$", "(missing)", "the library was built without this profile");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Parse(copy.ToArray(), profile);
    }

    /// <summary>Loads a policy file.</summary>
    /// <exception cref="PolicyException">The file cannot be read or is not usable.</exception>
    public static GatePolicy LoadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            long length = new FileInfo(path).Length;
            return length > MaximumFileBytes
                ? throw Single(path, "$", $"{length} bytes", $"must be at most {MaximumFileBytes} bytes")
                : Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Single(path, "$", "(missing)", $"cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Checks a policy given as UTF-8 JSON.</summary>
    /// <param name="utf8Json">The bytes of the file, with or without a byte order mark.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="PolicyException">It is not usable.</exception>
    public static GatePolicy Parse(ReadOnlyMemory<byte> utf8Json, string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(utf8Json.Span));
        ReadOnlyMemory<byte> text = utf8Json.Span.StartsWith("\uFEFF"u8) ? utf8Json[3..] : utf8Json;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return PolicyReader.Read(document.RootElement, source, sha256);
        }
        catch (JsonException e)
        {
            throw Single(source, "$", $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", $"is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // A string with an unpaired surrogate or invalid UTF-8 passes the parser and fails when it is read.
            throw Single(source, "$", "(text)", $"holds a text that is not valid Unicode: {e.Message}", e);
        }
    }

    private static PolicyException Single(string source, string path, string value, string problem, Exception? inner = null) =>
        new(source, [new PolicyFault(path, value, problem)], inner);
}
