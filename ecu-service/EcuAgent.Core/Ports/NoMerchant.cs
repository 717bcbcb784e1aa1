namespace EcuAgent.Core.Ports;

/// <summary>The truth of a car without a merchant: every request is answered with <see cref="MerchantAnswer.NotConfigured"/>.</summary>
public sealed class NoMerchant : IMerchantPort
{
    /// <inheritdoc/>
    public bool IsConfigured(MerchantNeed need) => false;

    /// <inheritdoc/>
    public Task<MerchantAnswer> SearchAsync(MerchantRequest request, CancellationToken cancellationToken) => Answer;

    /// <inheritdoc/>
    public Task<MerchantAnswer> PrepareAsync(MerchantRequest request, CancellationToken cancellationToken) => Answer;

    /// <inheritdoc/>
    public Task<MerchantAnswer> CommitAsync(MerchantRequest request, CancellationToken cancellationToken) => Answer;

    /// <inheritdoc/>
    public Task<MerchantAnswer> CancelAsync(MerchantRequest request, CancellationToken cancellationToken) => Answer;

    private static Task<MerchantAnswer> Answer { get; } = Task.FromResult(MerchantAnswer.NotConfigured);
}
