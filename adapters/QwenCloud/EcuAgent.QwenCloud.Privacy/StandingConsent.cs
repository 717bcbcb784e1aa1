using System.Text.Json;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>The owner's yes to requests leaving the car. It names what it is a yes to; a yes to something else does not count.</summary>
public sealed record StandingConsent
{
    private const int LargestFileBytes = 4096;

    /// <summary>True for a yes, false for one that was taken back.</summary>
    public required bool Given { get; init; }

    /// <summary>Scheme, host and port that it holds for.</summary>
    public required string Endpoint { get; init; }

    /// <summary><see cref="SentFields.Version"/> that it holds for.</summary>
    public required int FieldsVersion { get; init; }

    /// <summary>When it was given or taken back, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The consent on disk; null where there is none, where the file is not readable as one, and where others than its owner can write it or its
    /// folder: all that is no yes.
    /// </summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public static StandingConsent? Read(string folder)
    {
        var path = Path.Combine(folder, PrivacyFolder.ConsentName);
        if (PrivacyFolder.ReadSmall(path, LargestFileBytes) is not { } content || PrivacyFolder.OthersMayWrite(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(content, PrivacyJson.Readable.StandingConsent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts this consent on disk in place of an earlier one. The service looks before each request.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string folder) =>
        PrivacyFolder.Replace(folder, PrivacyFolder.ConsentName, JsonSerializer.SerializeToUtf8Bytes(this, PrivacyJson.Readable.StandingConsent), durable: true);
}
