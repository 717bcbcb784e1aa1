using System.Text.Json;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>What the service last said about its helper. Holds no speech, no place and no key.</summary>
public sealed record HelperStatus
{
    private const int LargestFileBytes = 64 * 1024;

    /// <summary>Most entries of <see cref="LastRefusals"/>.</summary>
    public const int MostRefusals = 16;

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the settings switch the helper on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Scheme, host and port of the endpoint; empty where none is set.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Name of the model there.</summary>
    public string Model { get; init; } = "";

    /// <summary>Where the key comes from ("environment NAME", "file", "missing: reason"), never the key.</summary>
    public string Key { get; init; } = "";

    /// <summary>Consent as a code: none, yes, revoked, expired, other_terms, given_while_moving.</summary>
    public string Consent { get; init; } = "";

    /// <summary>The circuit: closed, open, half_open.</summary>
    public string Circuit { get; init; } = "";

    /// <summary>Counts since the service's start, by code.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>The last requests that stayed in the car for a reason, or failed; oldest first, at most <see cref="MostRefusals"/>.</summary>
    public IReadOnlyList<Refusal> LastRefusals { get; init; } = [];

    /// <summary>The status on disk; null where there is none or it is not readable as one.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public static HelperStatus? Read(string folder)
    {
        if (PrivacyFolder.ReadSmall(Path.Combine(folder, PrivacyFolder.StatusName), LargestFileBytes) is not { } content)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(content, PrivacyJson.Readable.HelperStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts the status on disk.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string folder) =>
        PrivacyFolder.Replace(folder, PrivacyFolder.StatusName, JsonSerializer.SerializeToUtf8Bytes(this, PrivacyJson.Readable.HelperStatus), durable: false);

    /// <summary>A request that was not answered from outside.</summary>
    /// <param name="Time">When, UTC.</param>
    /// <param name="Reason">Reason code.</param>
    public sealed record Refusal(DateTimeOffset Time, string Reason);
}
