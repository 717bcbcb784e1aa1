using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Syntax;

/// <summary>The names that are known so far. As in IDL, names are found in any case but must be used in the declared one.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, (string FullName, object Meaning)> _names = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Path { get; } = [];

    /// <summary>Makes a name known in the current module.</summary>
    /// <param name="name">The token that gives the name.</param>
    /// <param name="meaning">An <see cref="IdlType"/>, an <see cref="IdlConstant"/>, a <see cref="ScopeModule"/> or a <see cref="ScopeEnumerator"/>.</param>
    public void Declare(Token name, object meaning)
    {
        var fullName = string.Join("::", [.. Path, name.Text]);
        if (Path.Count > 0 && string.Equals(Path[^1], name.Text, StringComparison.OrdinalIgnoreCase))
        {
            throw new IdlException(name.Location, IdlErrors.DuplicateName, $"'{fullName}' has the name of the module around it");
        }

        if (_names.TryGetValue(fullName, out var known))
        {
            if (known.Meaning is ScopeModule && meaning is ScopeModule && known.FullName == fullName)
            {
                return;
            }

            throw new IdlException(name.Location, IdlErrors.DuplicateName, $"name '{fullName}' is already taken by '{known.FullName}'");
        }

        _names.Add(fullName, (fullName, meaning));
    }

    /// <summary>Finds what a scoped name means, looking outwards from the current module.</summary>
    public T Find<T>(string scopedName, IdlLocation location, string what)
        where T : class
    {
        var absolute = scopedName.StartsWith("::", StringComparison.Ordinal);
        for (var depth = absolute ? 0 : Path.Count; depth >= 0; depth--)
        {
            var fullName = absolute ? scopedName[2..] : string.Join("::", [.. Path.Take(depth), scopedName]);
            if (_names.TryGetValue(fullName, out var found))
            {
                return found.FullName == fullName && found.Meaning is T meaning
                    ? meaning
                    : throw new IdlException(location, IdlErrors.UnknownName, $"'{scopedName}' names '{found.FullName}', which is no {what} of that spelling");
            }
        }

        throw new IdlException(location, IdlErrors.UnknownName, $"{what} '{scopedName}' is not declared before its use");
    }
}

/// <summary>A name that stands for a module, which may be opened again.</summary>
internal sealed record ScopeModule;

/// <summary>A name that stands for a value of an enum.</summary>
internal sealed record ScopeEnumerator;
