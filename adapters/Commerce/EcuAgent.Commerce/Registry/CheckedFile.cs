using System.Text.Json;

namespace EcuAgent.Commerce.Registry;

/// <summary>Reads a JSON file of settings. Every way to fail is a <see cref="RegistryException"/> that lists all faults.</summary>
internal static class CheckedFile
{
    internal static readonly JsonDocumentOptions JsonForm = new() { MaxDepth = 16 };

    /// <summary>Reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Largest size.</param>
    /// <param name="read">Makes the settings of the root and of the folder that the file is in.</param>
    /// <exception cref="RegistryException">The file cannot be read or is not usable.</exception>
    internal static T Load<T>(string path, int mostBytes, Func<JsonAt, string, T> read)
    {
        var file = new FaultList(path);
        try
        {
            var length = new FileInfo(path).Length;
            if (length > mostBytes)
            {
                file.Add("$", $"{length} bytes", $"must be at most {mostBytes} bytes");
                throw new RegistryException(file.Faults);
            }

            using var document = JsonDocument.Parse(WithoutMark(File.ReadAllBytes(path)), JsonForm);
            return read(new JsonAt(document.RootElement, "$", file), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file.Add("$", "(missing)", $"cannot be read: {error.Message}");
            throw new RegistryException(file.Faults, error);
        }
        catch (JsonException error)
        {
            file.Add("$", $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}", $"is not JSON: {error.Message}");
            throw new RegistryException(file.Faults, error);
        }
        catch (InvalidOperationException error)
        {
            // A text with an unpaired surrogate passes the parser and fails when it is read.
            file.Add("$", "(text)", $"holds a text that is not valid Unicode: {error.Message}");
            throw new RegistryException(file.Faults, error);
        }
    }

    /// <summary>Checks the format's name, and lets a schema be named.</summary>
    internal static void CheckHead(IReadOnlyDictionary<string, JsonAt>? members, string form)
    {
        if (members?.TryGetValue("$schema", out var schema) == true)
        {
            schema.Text(500);
        }

        if (members?.TryGetValue("format", out var format) == true)
        {
            format.Text(text => text == form, $"\"{form}\"");
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] utf8) => utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsMemory(3) : utf8;
}
