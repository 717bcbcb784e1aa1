using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EcuAgent.Core.Catalogue;

namespace EcuAgent.Eval.Sets;

/// <summary>Reads set files: one JSON object a line, UTF-8, plain or gzip (told by content, not by name).</summary>
internal sealed class EvalSetReader(ToolCatalogue catalogue)
{
    // The largest known set has 5 MB of text; a file that unpacks to more than this is not a set.
    private const int LargestTextBytes = 256 * 1024 * 1024;

    private readonly EvalLineReader _lines = new(catalogue);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>Reads one file. Ids must differ from those of all files read before by this reader.</summary>
    /// <exception cref="EvalInputException">The file or a line cannot be used; names file, line number, field and value.</exception>
    public EvalSet Read(string path)
    {
        var (text, sha256) = Load(path);
        var items = new List<EvalItem>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var place = FormattableString.Invariant($"{path}:{number}");
            var item = _lines.Read(line, place);
            if (!_places.TryAdd(item.Id, place))
            {
                throw new EvalInputException($"{place}: field 'id' is \"{item.Id}\", which {_places[item.Id]} has as well; expected an id of its own");
            }

            items.Add(item);
        }

        return items.Count > 0
            ? new EvalSet(Path.GetFileName(path), sha256, items)
            : throw new EvalInputException($"{path}: holds no utterance");
    }

    private static (string Text, string Sha256) Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var plain = bytes is [0x1F, 0x8B, ..] ? Unpack(path, bytes) : bytes;
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(plain);
            return (text.TrimStart('\uFEFF'), sha256);
        }
        catch (InvalidDataException error)
        {
            throw new EvalInputException($"{path}: the gzip data is damaged: {error.Message}", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new EvalInputException(FormattableString.Invariant($"{path}: byte {error.Index} is not UTF-8"), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new EvalInputException($"--set '{path}': cannot be read: {error.Message}", error);
        }
    }

    private static byte[] Unpack(string path, byte[] packed)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var read = zip.Read(buffer); read > 0; read = zip.Read(buffer))
        {
            if (plain.Length + read > LargestTextBytes)
            {
                throw new EvalInputException(FormattableString.Invariant($"{path}: unpacks to more than {LargestTextBytes} bytes"));
            }

            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }
}
