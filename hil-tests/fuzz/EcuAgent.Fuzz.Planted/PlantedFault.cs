namespace EcuAgent.Fuzz.Planted;

/// <summary>A fault behind five bytes that have to be right one after the other: found by who sees the branches, hardly by chance.</summary>
public static class PlantedFault
{
    public static void Run(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5 || bytes[0] != 0x45)
        {
            return;
        }

        if (bytes[1] != 0x63)
        {
            return;
        }

        if (bytes[2] != 0x75)
        {
            return;
        }

        if (bytes[3] != 0x41)
        {
            return;
        }

        if (bytes[4] == 0xFE)
        {
            throw new InvalidOperationException("the planted fault");
        }
    }
}
