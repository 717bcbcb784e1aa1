using EcuAgent.Core.Commerce.Ranking;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Ranking;

public sealed class RankingOptionsTests
{
    private static readonly RankingOptions Default = new();

    public static TheoryData<string, RankingOptions> Faults => new()
    {
        { nameof(RankingOptions.TextPoints), Default with { TextPoints = -1 } },
        { nameof(RankingOptions.TextPoints), Default with { TextPoints = 1001 } },
        { nameof(RankingOptions.DistancePoints), Default with { DistancePoints = -1 } },
        { nameof(RankingOptions.DistancePoints), Default with { DistancePoints = 1001 } },
        { nameof(RankingOptions.PricePoints), Default with { PricePoints = -1 } },
        { nameof(RankingOptions.PricePoints), Default with { PricePoints = 1001 } },
        { nameof(RankingOptions.RatingPoints), Default with { RatingPoints = -1 } },
        { nameof(RankingOptions.RatingPoints), Default with { RatingPoints = 1001 } },
        { nameof(RankingOptions.UsedBeforePoints), Default with { UsedBeforePoints = -1 } },
        { nameof(RankingOptions.UsedBeforePoints), Default with { UsedBeforePoints = 1001 } },
        { nameof(RankingOptions.OpenPoints), Default with { OpenPoints = -1 } },
        { nameof(RankingOptions.OpenPoints), Default with { OpenPoints = 1001 } },
        { nameof(RankingOptions.SponsoredPoints), Default with { SponsoredPoints = -1 } },
        { nameof(RankingOptions.SponsoredPoints), Default with { SponsoredPoints = 1001 } },
        { nameof(RankingOptions.HalfDistanceM), Default with { HalfDistanceM = 99 } },
        { nameof(RankingOptions.HalfDistanceM), Default with { HalfDistanceM = 100_001 } },
        { nameof(RankingOptions.ComfortableMargin), Default with { ComfortableMargin = TimeSpan.FromSeconds(59) } },
        { nameof(RankingOptions.ComfortableMargin), Default with { ComfortableMargin = TimeSpan.FromHours(4.1) } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void OfferRanking_OptionOutOfRange_IsRefusedByName(string name, RankingOptions options) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new OfferRanking(options)).ParamName);

    [Fact]
    public void Validate_Defaults_SumUpToAThousand()
    {
        Default.Validate();
        Assert.Equal(
            1000,
            Default.TextPoints + Default.DistancePoints + Default.PricePoints + Default.RatingPoints + Default.UsedBeforePoints + Default.OpenPoints);
    }

    [Fact]
    public void Validate_OnlySponsorshipWouldCount_IsRefused()
    {
        var none = Default with { TextPoints = 0, DistancePoints = 0, PricePoints = 0, RatingPoints = 0, UsedBeforePoints = 0, OpenPoints = 0 };

        Assert.Contains("SponsoredPoints", Assert.Throws<ArgumentException>(none.Validate).Message, StringComparison.Ordinal);
        (none with { OpenPoints = 1 }).Validate();
    }
}
