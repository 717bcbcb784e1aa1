using CsCheck;
using Xunit;

namespace EcuAgent.E2E.Tests;

public sealed class StateMachineTests
{
    private static readonly E2eWindowOptions Defaults = new();

    private static readonly Gen<E2eWindowOptions> AnyOptions =
        from valid in Gen.Int[1, 12]
        from init in Gen.Int[1, valid]
        from invalid in Gen.Int[1, valid]
        from minInit in Gen.Int[1, init]
        from minValid in Gen.Int[1, valid]
        from minInvalid in Gen.Int[1, invalid]
        from errors in Gen.Select(Gen.Int[0, init], Gen.Int[0, valid], Gen.Int[0, 12], Gen.Bool)
        select new E2eWindowOptions
        {
            WindowSizeInit = init, WindowSizeValid = valid, WindowSizeInvalid = invalid,
            MinOkInit = minInit, MinOkValid = minValid, MinOkInvalid = minInvalid,
            MaxErrorInit = errors.Item1, MaxErrorValid = errors.Item2, MaxErrorInvalid = Math.Min(errors.Item3, errors.Item2),
            ClearOnInvalid = errors.Item4,
        };

    [Fact]
    public void AnyChecks_EachStep_AsThePlainModel()
    {
        var seen = new int[4];
        var status = Gen.Frequency((3, Gen.Const(E2eCheckStatus.Ok)), (2, Gen.Enum<E2eCheckStatus>()));
        Gen.Select(AnyOptions, status.Array[1, 80]).Sample(
            (options, checks) =>
            {
                var machine = new E2eStateMachine(options);
                var model = new Model(options);
                foreach (var check in checks)
                {
                    var state = machine.Add(check);
                    Assert.Equal(model.Add(check), state);
                    seen[(int)state]++;
                }
            },
            iter: 3000,
            threads: 1);
        Assert.All(seen, count => Assert.NotEqual(0, count));
    }

    [Fact]
    public void Start_ErrorsAndSilence_StaysNoData()
    {
        var machine = new E2eStateMachine(Defaults);
        Assert.Equal(E2eState.NoData, machine.Add(E2eCheckStatus.NoNewData));
        Assert.Equal(E2eState.NoData, machine.Add(E2eCheckStatus.CrcError));
        Assert.Equal(E2eState.NoData, machine.Add(E2eCheckStatus.WrongLength));
        Assert.Equal(E2eState.NoData, machine.Add((E2eCheckStatus)77));
        Assert.Equal(E2eState.Init, machine.Add(E2eCheckStatus.Initial));
        Assert.Equal(E2eState.Valid, machine.Add(E2eCheckStatus.Ok));
    }

    [Fact]
    public void Silence_InValid_InvalidWhenNoGoodOneIsLeftInTheWindow()
    {
        var machine = new E2eStateMachine(Defaults);
        machine.Add(E2eCheckStatus.Initial);
        machine.Add(E2eCheckStatus.Ok);
        for (var i = 0; i < Defaults.WindowSizeValid - 1; i++)
        {
            Assert.Equal(E2eState.Valid, machine.Add(E2eCheckStatus.NoNewData));
        }

        Assert.Equal(E2eState.Invalid, machine.Add(E2eCheckStatus.NoNewData));
        machine.Add(E2eCheckStatus.Ok);
        machine.Add(E2eCheckStatus.OkSomeLost);
        Assert.Equal(E2eState.Valid, machine.Add(E2eCheckStatus.Ok));
        machine.Reset();
        Assert.Equal(E2eState.NoData, machine.State);
    }

    [Fact]
    public void Receiver_GoodMessageInBadState_NotUsable()
    {
        var options = new P04Options();
        var receiver = new E2eReceiver(options, Defaults);
        var protector = new E2eProtector(options);
        var message = new byte[20];
        Assert.False(Next().IsUsable);
        Assert.True(Next().IsUsable);
        for (var i = 0; i < 3; i++)
        {
            protector.Protect(message);
            message[^1] ^= 1;
            Assert.Equal(E2eCheckStatus.CrcError, receiver.Receive(message).Check);
        }

        Assert.Equal(E2eState.Invalid, receiver.State);
        var verdict = Next();
        Assert.Equal(new E2eVerdict(E2eCheckStatus.WrongSequence, E2eState.Invalid), verdict);
        receiver.Reset();
        Assert.Equal(new E2eVerdict(E2eCheckStatus.Initial, E2eState.Init), Next());

        E2eVerdict Next()
        {
            protector.Protect(message);
            return receiver.Receive(message);
        }
    }

    /// <summary>The last checks in a list, counted anew at each step.</summary>
    private sealed class Model(E2eWindowOptions options)
    {
        private readonly List<E2eCheckStatus> window = [];
        private E2eState state;

        public E2eState Add(E2eCheckStatus check)
        {
            if (state == E2eState.NoData)
            {
                var isIntact = check is not (E2eCheckStatus.NoNewData or E2eCheckStatus.CrcError or E2eCheckStatus.WrongDataId or E2eCheckStatus.WrongLength);
                return state = isIntact ? E2eState.Init : E2eState.NoData;
            }

            window.Add(check);
            var size = state switch
            {
                E2eState.Valid => options.WindowSizeValid,
                E2eState.Invalid => options.WindowSizeInvalid,
                _ => options.WindowSizeInit,
            };
            window.RemoveRange(0, Math.Max(0, window.Count - size));
            var ok = window.Count(c => c is E2eCheckStatus.Ok or E2eCheckStatus.OkSomeLost);
            var errors = window.Count(c => c is E2eCheckStatus.CrcError or E2eCheckStatus.WrongDataId or E2eCheckStatus.WrongLength);
            var before = state;
            state = state switch
            {
                E2eState.Init => errors > options.MaxErrorInit ? E2eState.Invalid : ok >= options.MinOkInit ? E2eState.Valid : E2eState.Init,
                E2eState.Valid => errors <= options.MaxErrorValid && ok >= options.MinOkValid ? E2eState.Valid : E2eState.Invalid,
                _ => errors <= options.MaxErrorInvalid && ok >= options.MinOkInvalid ? E2eState.Valid : E2eState.Invalid,
            };
            if (options.ClearOnInvalid && before != E2eState.Invalid && state == E2eState.Invalid)
            {
                window.Clear();
            }

            return state;
        }
    }
}
