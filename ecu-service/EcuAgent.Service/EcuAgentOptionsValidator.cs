using System.ComponentModel.DataAnnotations;
using System.Text;
using EcuAgent.Core.Catalogue;
using EcuAgent.Qwen;
using Microsoft.Extensions.Options;

namespace EcuAgent.Service;

/// <summary>Collects every fault of the settings, so that one start shows them all.</summary>
internal sealed class EcuAgentOptionsValidator : IValidateOptions<EcuAgentOptions>
{
    private const long SmallestAuditFile = 64 * 1024;
    private const long LargestAuditFile = 256 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, EcuAgentOptions options)
    {
        var faults = new List<string>();
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options.Bus, new ValidationContext(options.Bus), results, validateAllProperties: true);
        faults.AddRange(results.Select(r => $"EcuAgent:Bus:{r.MemberNames.First()} = {ValueOf(options.Bus, r.MemberNames.First())}: {r.ErrorMessage}"));
        if (results.Count == 0 && Encoding.UTF8.GetByteCount(options.Bus.Source) > Idl.BoundedString32.CapacityBytes)
        {
            faults.Add($"EcuAgent:Bus:Source = {options.Bus.Source}; allowed: {Idl.BoundedString32.CapacityBytes} bytes of UTF-8 at most");
        }

        if (!Enum.IsDefined(options.Bus.Transport))
        {
            faults.Add($"EcuAgent:Bus:Transport = {options.Bus.Transport}; allowed: Dds, SomeIp, Both or Connext");
        }
        else if (options.Bus.Transport != BusTransport.Dds)
        {
            if (options.Bus.UsesSomeIp)
            {
                faults.AddRange(options.Bus.SomeIp.Faults().Select(f => $"EcuAgent:Bus:SomeIp:{f}"));
            }
            else if (!BusOptions.HasConnext)
            {
                faults.Add($"EcuAgent:Bus:Transport = {options.Bus.Transport}; allowed: only in a program that was built with -p:Connext=true");
            }

            if (options.Standby.IsOn)
            {
                // Service discovery knows one who offers a service instance, and no strength; the profiles for Connext have no ownership.
                faults.Add($"EcuAgent:Bus:Transport = {options.Bus.Transport}; allowed: only Dds together with EcuAgent:Standby:Role {options.Standby.Role}");
            }
        }

        faults.AddRange(options.Vehicle.Validate().Select(f => $"EcuAgent:Vehicle:{f.Name} = {f.Value}; allowed: {f.Allowed}"));
        Add(options.Agent.Validate, "EcuAgent:Agent");
        faults.AddRange(options.Agent.Preferences.Faults(ToolCatalogue.LoadEmbedded()).Select(f => $"EcuAgent:Agent:Preferences:{f}"));
        faults.AddRange(options.Standby.Faults(options.Agent.CommandExpiry).Select(f => $"EcuAgent:Standby:{f}"));
        Add(options.Deferral.Validate, "EcuAgent:Deferral");
        if (options.Model.ToQwenOptions().FirstFault() is { } modelFault)
        {
            faults.Add($"EcuAgent:Model: {modelFault}");
        }

        Add(options.Purchases.Validate, "EcuAgent:Purchases");
        faults.AddRange(options.Commerce.Faults().Select(f => $"EcuAgent:Commerce:{f}"));
        faults.AddRange(options.Tools.Faults().Select(f => $"EcuAgent:Tools:{f}"));
        faults.AddRange(options.Webhooks.Faults().Select(f => $"EcuAgent:Webhooks:{f}"));
        if (options.Webhooks.Listen is { } listen && options.Commerce.RegistryFile is null)
        {
            faults.Add($"EcuAgent:Webhooks:Listen = '{listen}'; allowed: only together with EcuAgent:Commerce:RegistryFile");
        }

        faults.AddRange(options.Journal.Faults().Select(f => $"EcuAgent:Journal:{f}"));
        faults.AddRange(options.Cloud.Faults().Select(f => $"EcuAgent:Cloud:{f}"));
        if (options.Audit.MaxFileBytes is < SmallestAuditFile or > LargestAuditFile)
        {
            faults.Add($"EcuAgent:Audit:MaxFileBytes = {options.Audit.MaxFileBytes}; allowed: {SmallestAuditFile} to {LargestAuditFile}");
        }

        if (options.Audit.Directory is { } audit && string.IsNullOrWhiteSpace(audit))
        {
            faults.Add($"EcuAgent:Audit:Directory = '{audit}'; allowed: a folder, or leave the setting out");
        }

        if (options.Policy.File is { } policy && string.IsNullOrWhiteSpace(policy))
        {
            faults.Add($"EcuAgent:Policy:File = '{policy}'; allowed: a file, or leave the setting out");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        static object? ValueOf(object section, string name) => section.GetType().GetProperty(name)?.GetValue(section);

        void Add(Action validate, string place)
        {
            try
            {
                validate();
            }
            catch (ArgumentException error)
            {
                faults.Add($"{place}: {error.Message}");
            }
        }
    }
}
