using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Calls merchants with a time limit; exceptions and silence become values.</summary>
internal sealed class MerchantGateway(AgentServices services, AgentOptions options, ILogger logger)
{
    private static readonly MerchantAnswer Failed = new(MerchantStatus.Failed, "merchant_failed", []);

    private static readonly MerchantAnswer Silent = new(MerchantStatus.Failed, AgentReasons.MerchantSilent, []);

    public static MerchantNeed NeedOf(string tool) => tool switch
    {
        ToolNames.SearchFood or ToolNames.AddToCart or ToolNames.OrderFood => MerchantNeed.Food,
        ToolNames.SearchHotels or ToolNames.BookHotel => MerchantNeed.Hotel,
        ToolNames.SearchTickets or ToolNames.BookTicket => MerchantNeed.Ticket,
        ToolNames.BookTable => MerchantNeed.Table,
        ToolNames.TrackParcel => MerchantNeed.Parcel,
        _ => MerchantNeed.Payment,
    };

    /// <summary>What <c>cancel_order</c> is about, or null when the person did not say.</summary>
    public static MerchantNeed? NeedOfKind(string? kind) => kind switch
    {
        "food" => MerchantNeed.Food,
        "hotel" => MerchantNeed.Hotel,
        "ticket" => MerchantNeed.Ticket,
        "table" => MerchantNeed.Table,
        "parcel" => MerchantNeed.Parcel,
        _ => null,
    };

    public Task<MerchantAnswer> SearchAsync(MerchantRequest request) => CallAsync(services.Merchants.SearchAsync, request);

    public Task<MerchantAnswer> PrepareAsync(MerchantRequest request) => CallAsync(services.Merchants.PrepareAsync, request);

    public Task<MerchantAnswer> CommitAsync(MerchantRequest request) => CallAsync(services.Merchants.CommitAsync, request);

    public Task<MerchantAnswer> CancelAsync(MerchantRequest request) => CallAsync(services.Merchants.CancelAsync, request);

    private async Task<MerchantAnswer> CallAsync(Func<MerchantRequest, CancellationToken, Task<MerchantAnswer>> call, MerchantRequest request)
    {
        if (!services.Merchants.IsConfigured(request.Need))
        {
            return MerchantAnswer.NotConfigured;
        }

        using var limit = new CancellationTokenSource(options.MerchantTimeout, services.Time);
        try
        {
            return await call(request, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Silent;
        }
#pragma warning disable CA1031 // A merchant's client can throw anything; the person is told that it failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MerchantFailed(logger, exception, request.OrderId);
            return Failed;
        }
    }
}
