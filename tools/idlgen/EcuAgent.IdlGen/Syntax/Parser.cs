using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Syntax;

/// <summary>Reads definitions: modules, enums, structs, typedefs and constants. Types are read in the other part.</summary>
internal sealed partial class Parser
{
    private const int MaximumModuleDepth = 16;

    private readonly TokenReader _tokens;
    private readonly Scope _scope = new();
    private readonly List<IdlDeclaration> _declarations = [];
    private readonly List<IdlConstant> _constants = [];

    private Parser(TokenReader tokens) => _tokens = tokens;

    /// <summary>Reads one file with its includes.</summary>
    /// <param name="file">Path as it shall be shown in errors.</param>
    /// <param name="readFile">Gives the text of a file; throws <see cref="IOException"/> when it cannot.</param>
    /// <exception cref="IdlException">The first error found.</exception>
    public static IdlFile Parse(string file, Func<string, string> readFile)
    {
        var parser = new Parser(new TokenReader(TokenSource.Read(file, readFile)));
        while (!parser._tokens.AtEnd)
        {
            parser.ReadDefinition();
        }

        return new IdlFile(Path.GetFileName(file), parser._declarations, parser._constants);
    }

    private void ReadDefinition()
    {
        var first = _tokens.Current;
        var annotations = ReadAnnotations();
        var word = _tokens.Current;
        switch (word.Text)
        {
            case "module":
                Allow(annotations);
                ReadModule();
                break;
            case "enum":
                Allow(annotations, "final");
                ReadEnum(first);
                break;
            case "struct":
                Allow(annotations, "final", "nested", "topic");
                ReadStruct(first, annotations);
                break;
            case "typedef":
                Allow(annotations);
                ReadTypedef();
                break;
            case "const":
                Allow(annotations);
                ReadConstant(first);
                break;
            case var text when Keywords.UnsupportedDeclarations.Contains(text):
                throw new IdlException(word.Location, IdlErrors.Unsupported, $"construct '{text}' is not supported");
            default:
                throw new IdlException(word.Location, IdlErrors.Syntax, $"a definition expected before {word.Shown}");
        }

        _tokens.Expect(";");
    }

    private void ReadModule()
    {
        _tokens.Expect("module");
        var name = _tokens.ExpectIdentifier("name of a module");
        _scope.Declare(name, new ScopeModule());
        _scope.Path.Add(name.Text);
        if (_scope.Path.Count > MaximumModuleDepth)
        {
            throw new IdlException(name.Location, IdlErrors.TooLarge, $"modules are nested deeper than {MaximumModuleDepth}");
        }

        _tokens.Expect("{");
        if (_tokens.Current.Is("}"))
        {
            throw new IdlException(_tokens.Current.Location, IdlErrors.Empty, $"module '{name.Text}' is empty");
        }

        while (!_tokens.Current.Is("}") && !_tokens.AtEnd)
        {
            ReadDefinition();
        }

        _tokens.Expect("}");
        _scope.Path.RemoveAt(_scope.Path.Count - 1);
    }

    private void ReadEnum(Token first)
    {
        _tokens.Expect("enum");
        var name = _tokens.ExpectIdentifier("name of an enum");
        _tokens.Expect("{");
        var enumerators = new List<IdlEnumerator>();
        var names = new List<Token>();
        uint next = 0;
        do
        {
            var start = _tokens.Current;
            var annotations = ReadAnnotations();
            Allow(annotations, "value");
            var word = _tokens.ExpectIdentifier("name of an enumerator");
            var value = annotations.SingleOrDefault() is { } given ? EnumValue(given, next) : next;
            if (value > int.MaxValue)
            {
                throw new IdlException(word.Location, IdlErrors.Value, $"enumerator '{word.Text}' is above {int.MaxValue}");
            }

            var end = _tokens.Current.Is(",") ? _tokens.Current : word;
            enumerators.Add(new IdlEnumerator(word.Text, value, Doc(start, end)));
            names.Add(word);
            next = value + 1;
        }
        while (_tokens.TryRead(","));

        _tokens.Expect("}");
        var declared = new IdlEnum([.. _scope.Path], name.Text, first.Leading, name.Location, enumerators);
        _scope.Declare(name, declared);
        foreach (var word in names)
        {
            // An enumerator lives in the scope around its enum, so two enums of a module cannot share one.
            _scope.Declare(word, new ScopeEnumerator());
        }

        _declarations.Add(declared);
    }

    private static uint EnumValue(Annotation annotation, uint least)
    {
        if (annotation.Argument is null || !TryParseInteger(annotation.Argument, out var value) || value < least || value > int.MaxValue)
        {
            throw new IdlException(annotation.Location, IdlErrors.Value,
                $"'@value({annotation.Argument})' is no integer from {least} (values must rise) to {int.MaxValue}");
        }

        return (uint)value;
    }

    private void ReadStruct(Token first, List<Annotation> annotations)
    {
        var word = _tokens.Expect("struct");
        var name = _tokens.ExpectIdentifier("name of a struct");
        if (_tokens.Current.Is(";"))
        {
            throw new IdlException(word.Location, IdlErrors.Unsupported, $"construct 'forward declaration' of '{name.Text}' is not supported");
        }

        if (_tokens.Current.Is(":"))
        {
            throw new IdlException(_tokens.Current.Location, IdlErrors.Unsupported, $"construct 'inheritance' of struct '{name.Text}' is not supported");
        }

        if (annotations.All(static x => x.Name != "final"))
        {
            throw new IdlException(word.Location, IdlErrors.Extensibility,
                $"struct '{name.Text}' has no '@final'; the default differs between DDS vendors");
        }

        _tokens.Expect("{");
        var members = new List<IdlMember>();
        while (!_tokens.Current.Is("}") && !_tokens.AtEnd)
        {
            ReadMembers(name.Text, members);
        }

        _tokens.Expect("}");
        if (members.Sum(static x => (long)CLayout.SizeBytes(x.Type)) > MaximumSizeBytes)
        {
            throw new IdlException(name.Location, IdlErrors.TooLarge, $"struct '{name.Text}' is larger than {MaximumSizeBytes} bytes");
        }

        if (members.Count == 0)
        {
            throw new IdlException(name.Location, IdlErrors.Empty, $"struct '{name.Text}' has no members");
        }

        var nested = annotations.FirstOrDefault(static x => x.Name == "nested")?.IsOn ?? false;
        if (annotations.FirstOrDefault(static x => x.Name == "topic") is { } topic && (nested || topic.Argument is not null))
        {
            throw new IdlException(topic.Location, IdlErrors.Annotation, "'@topic' takes no argument here and does not go with '@nested'");
        }

        var declared = new IdlStruct([.. _scope.Path], name.Text, first.Leading, name.Location, members, nested);
        if (CLayout.Depth(declared) > MaximumDepth)
        {
            throw new IdlException(name.Location, IdlErrors.TooLarge, $"types are nested deeper than {MaximumDepth}");
        }

        _scope.Declare(name, declared);
        _declarations.Add(declared);
    }

    private void ReadMembers(string structName, List<IdlMember> members)
    {
        var first = _tokens.Current;
        var annotations = ReadAnnotations();
        Allow(annotations, "key");
        var typeName = _tokens.Current;
        var type = ReadType();
        if (members.FirstOrDefault(x => string.Equals(x.Name, typeName.Text, StringComparison.OrdinalIgnoreCase)) is { } hiding)
        {
            throw new IdlException(typeName.Location, IdlErrors.UnknownName, $"type '{typeName.Text}' is hidden by member '{hiding.Name}' above");
        }

        var added = members.Count;
        do
        {
            var name = _tokens.ExpectIdentifier("name of a member");
            if (members.FirstOrDefault(x => string.Equals(x.Name, name.Text, StringComparison.OrdinalIgnoreCase)) is { } twin)
            {
                throw new IdlException(name.Location, IdlErrors.DuplicateName, $"name '{name.Text}' is already taken by member '{twin.Name}'");
            }

            if (string.Equals(structName, name.Text, StringComparison.OrdinalIgnoreCase))
            {
                throw new IdlException(name.Location, IdlErrors.DuplicateName, $"member '{name.Text}' has the name of its struct");
            }

            var isKey = annotations.FirstOrDefault(static x => x.Name == "key")?.IsOn ?? false;
            members.Add(new IdlMember(name.Text, ReadDimensions(type), isKey, first.Leading, name.Location));
        }
        while (_tokens.TryRead(","));

        var end = _tokens.Expect(";");
        for (var i = added; i < members.Count; i++)
        {
            members[i] = members[i] with { Doc = Doc(first, end) };
        }
    }

    private void ReadTypedef()
    {
        _tokens.Expect("typedef");
        var type = ReadType();
        do
        {
            var name = _tokens.ExpectIdentifier("name of a typedef");
            _scope.Declare(name, ReadDimensions(type));
        }
        while (_tokens.TryRead(","));
    }

    private void ReadConstant(Token first)
    {
        _tokens.Expect("const");
        var location = _tokens.Current.Location;
        if (ReadType() is not PrimitiveType { Kind: not (PrimitiveKind.Boolean or PrimitiveKind.Char or PrimitiveKind.Float or PrimitiveKind.Double) } type)
        {
            throw new IdlException(location, IdlErrors.Unsupported, "construct 'const' of another type than an integer is not supported");
        }

        var name = _tokens.ExpectIdentifier("name of a constant");
        _tokens.Expect("=");
        var valueLocation = _tokens.Current.Location;
        var value = ReadInteger();
        if (!Integers.Fits(type.Kind, value))
        {
            throw new IdlException(valueLocation, IdlErrors.Value, $"{value} does not fit the type of constant '{name.Text}'");
        }

        var constant = new IdlConstant([.. _scope.Path], name.Text, type.Kind, value, Doc(first, _tokens.Current), name.Location);
        _scope.Declare(name, constant);
        _constants.Add(constant);
    }

    private static IReadOnlyList<string> Doc(Token first, Token last) =>
        last.Trailing is { } trailing ? [.. first.Leading, trailing] : first.Leading;
}
