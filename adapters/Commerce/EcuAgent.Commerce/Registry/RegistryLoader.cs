namespace EcuAgent.Commerce.Registry;

/// <summary>
/// Reads and checks <c>merchants.json</c> and the files that it names. Every way to fail is a <see cref="RegistryException"/> that lists all
/// faults; a registry with a fault is not used in part. Its form is also stated by <c>merchants.schema.json</c> and <c>buyer.schema.json</c>.
/// </summary>
internal static class RegistryLoader
{
    /// <summary>Largest registry file in bytes.</summary>
    internal const int LargestFileBytes = 256 * 1024;

    private const int MostMerchants = 64;

    /// <exception cref="RegistryException">The file cannot be read or is not usable.</exception>
    internal static MerchantRegistry Load(string path) => CheckedFile.Load(path, LargestFileBytes, Read);

    private static MerchantRegistry Read(JsonAt root, string folder)
    {
        var others = new List<RegistryFault>();
        var secrets = new SecretReader(folder);
        var members = root.Members(["format", "merchants"], ["$schema", "payment", "buyerFile", "ucp"]);
        CheckedFile.CheckHead(members, RegistryWords.Format);
        var items = members?.TryGetValue("merchants", out var list) == true ? list.Items(0, MostMerchants) ?? [] : [];
        var merchants = ReadMerchants(items, new MerchantReader(secrets));

        // One mistake among the merchants shall not be reported again as an id that payment does not know.
        var known = root.Faults.Faults.Count == 0 ? merchants.Select(merchant => merchant.Id).ToHashSet(StringComparer.Ordinal) : null;
        var payment = members?.TryGetValue("payment", out var paymentAt) == true
            ? new PaymentReader(secrets, MostMerchants).Read(paymentAt, known)
            : null;
        var buyer = members?.TryGetValue("buyerFile", out var buyerAt) == true && buyerAt.Text(1024) is { } name
            ? BuyerReader.Read(Path.Combine(folder, name), others)
            : null;
        var ucp = members?.TryGetValue("ucp", out var ucpAt) == true ? new UcpReader(secrets).Read(ucpAt) : null;
        if (members?.ContainsKey("ucp") == false && merchants.Exists(merchant => merchant.Protocol == MerchantProtocol.Ucp))
        {
            root.Faults.Add("$.ucp", "(missing)", "must be given where a merchant has protocol ucp");
        }

        RegistryFault[] faults = [.. root.Faults.Faults, .. others];
        return faults.Length == 0 ? new MerchantRegistry(merchants, payment, buyer, ucp) : throw new RegistryException(faults);
    }

    private static List<MerchantEntry> ReadMerchants(IReadOnlyList<JsonAt> items, MerchantReader reader)
    {
        var merchants = new List<MerchantEntry>();
        foreach (var item in items)
        {
            if (reader.Read(item) is not { } merchant)
            {
                continue;
            }

            if (merchants.Exists(known => known.Id == merchant.Id))
            {
                item.Faults.Add(item.Path + ".id", merchant.Id, "another merchant has the same id");
            }
            else
            {
                merchants.Add(merchant);
            }
        }

        return merchants;
    }
}
