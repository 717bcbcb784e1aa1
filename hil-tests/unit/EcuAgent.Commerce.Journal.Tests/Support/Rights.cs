namespace EcuAgent.Commerce.Journal.Tests.Support;

/// <summary>Files without the right to write them. Root may write everything, so a test that runs as root hands the folder to nobody first.</summary>
internal static class Rights
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A shell command that takes rights and then runs the program, as nobody where the test is root.</summary>
    /// <param name="take">Takes the rights from "$FOLDER".</param>
    /// <param name="folder">The journal's folder.</param>
    internal static string TakenBy(string take, string folder)
    {
        const string AsNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
        var set = $"FOLDER='{folder}'; {take}";
        return Environment.IsPrivilegedProcess
            ? $"chmod 755 \"$(dirname '{folder}')\"; chown -R 65534:65534 '{folder}'; {set}; {AsNobody} test -r '{AppContext.BaseDirectory}' || exit 0; exec {AsNobody} \"$@\""
            : $"{set}; exec \"$@\"";
    }

    internal static void GivenBack(string folder)
    {
        File.SetUnixFileMode(folder, OwnerFile | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(folder))
        {
            File.SetUnixFileMode(file, OwnerFile);
        }
    }
}
