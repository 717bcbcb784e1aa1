// A second process for the tests of the purchase journal, to be killed or starved. Usage: EcuAgent.Commerce.Journal.Writer MODE FOLDER [SEED]
//   write FOLDER SEED  purchases from SEED on, state by state; prints "SEED STEP" once a state is acknowledged, or "fault MESSAGE" and ends
//   hold FOLDER        keeps the write lock until its stdin ends; prints "held"
//   keep FOLDER        keeps everybody else out until its stdin ends; prints "held"
using System.Globalization;
using EcuAgent.Commerce.Journal;
using EcuAgent.Commerce.Journal.Writer;
using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

const int MostPurchases = 10_000;

var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
switch (args)
{
    case ["write", var folder, var seed]:
        await WriteAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["hold", var folder]:
        Hold(folder, "BEGIN IMMEDIATE");
        return 0;
    case ["keep", var folder]:
        Hold(folder, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
        return 0;
    default:
        Console.Error.WriteLine("usage: EcuAgent.Commerce.Journal.Writer write FOLDER SEED | hold FOLDER | keep FOLDER");
        return 2;
}

async Task WriteAsync(string folder, int first)
{
    output.WriteLine("started");
    try
    {
        using var journal = PurchaseJournal.Open(new PurchaseJournalOptions { Directory = folder }, TimeProvider.System, NullLogger<PurchaseJournal>.Instance);
        for (var seed = first; seed < first + MostPurchases; seed++)
        {
            var states = ScriptedPurchase.States(seed);
            for (var step = 0; step < states.Count; step++)
            {
                await journal.WriteAsync(states[step], CancellationToken.None);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed} {step}"));
            }
        }
    }
    catch (JournalException error)
    {
        output.WriteLine("fault " + error.Message);
    }
}

void Hold(string folder, string sql)
{
    using var connection = new SqliteConnection($"Data Source={JournalFolder.DatabaseIn(folder)};Pooling=False");
    connection.Open();
    using var command = new SqliteCommand(sql, connection);
    command.ExecuteNonQuery();
    output.WriteLine("held");
    Console.In.ReadToEnd();
}
