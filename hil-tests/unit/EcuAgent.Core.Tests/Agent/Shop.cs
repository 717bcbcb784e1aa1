using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>A merchant with one offer, to reach what lies behind a configured merchant; counts what was ordered.</summary>
internal sealed class Shop : IMerchantPort
{
    internal List<MerchantRequest> Committed { get; } = [];

    internal Func<MerchantRequest, Task<MerchantAnswer>>? OnCommit { get; set; }

    public bool IsConfigured(MerchantNeed need) => true;

    public Task<MerchantAnswer> SearchAsync(MerchantRequest request, CancellationToken cancellationToken)
    {
        Searched.Add(request);
        return Task.FromResult(
            new MerchantAnswer(MerchantStatus.Done, "offers", [new MerchantOffer("noodle-house", "beef noodles", new Money(1250, "EUR"), Sponsored: false)]));
    }

    public Task<MerchantAnswer> PrepareAsync(MerchantRequest request, CancellationToken cancellationToken) => SearchAsync(request, cancellationToken);

    internal List<MerchantRequest> Searched { get; } = [];

    internal List<MerchantRequest> Canceled { get; } = [];

    internal Func<MerchantRequest, Task<MerchantAnswer>>? OnCancel { get; set; }

    public Task<MerchantAnswer> CancelAsync(MerchantRequest request, CancellationToken cancellationToken)
    {
        Canceled.Add(request);
        return OnCancel?.Invoke(request) ?? Task.FromResult(new MerchantAnswer(MerchantStatus.Done, "canceled", []));
    }

    public Task<MerchantAnswer> CommitAsync(MerchantRequest request, CancellationToken cancellationToken)
    {
        Committed.Add(request);
        return OnCommit?.Invoke(request) ?? Task.FromResult(new MerchantAnswer(MerchantStatus.Done, "placed", [], "4711"));
    }
}
